"""The translation engines of this site in words for readers: what each is, and whose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class EngineWords:
    """An engine: name as stored with each sentence, what it is, its model, and their licences.

    elsewhere: whether sentences leave this site's own machines to be translated.
    """

    name: str
    meaning: str
    model: str
    licence: str
    elsewhere: bool


def engines_in_use(
    language_pair: str,
    engines: Mapping[str, Mapping[str, Any]],
    chains: Sequence[Mapping[str, Any]],
) -> list[EngineWords]:
    """Return the engines that some chain asks for `language_pair` ("en-ja"), in their order.

    `engines` and `chains` are those of the settings.
    """
    names: dict[str, None] = {}
    for chain in chains:
        languages = chain.get("languages", "*")
        if languages == "*" or language_pair in (
            [languages] if isinstance(languages, str) else languages
        ):
            names.update(dict.fromkeys(chain["engines"]))
    return [_words(name, engines[name].get("OPTIONS", {})) for name in names if name in engines]


def _words(name: str, options: Mapping[str, Any]) -> EngineWords:
    if name == "memory":
        return EngineWords(
            name,
            _("The translation memory: sentences that a person approved or added."),
            "",
            _("Each entry keeps the licence it was added with."),
            elsewhere=False,
        )
    if name == "bergamot":
        return EngineWords(
            name,
            _("Mozilla's translation engine for Firefox, run on this site's own servers."),
            "Firefox Translations",
            _("Models: CC BY-SA 4.0. Software: MPL 2.0."),
            elsewhere=False,
        )
    if name == "ctranslate2":
        return EngineWords(
            name,
            _("A neural model, run on this site's own servers."),
            PurePath(str(options.get("model", ""))).name,
            _("Model: licence of its publisher. Software (CTranslate2): MIT."),
            elsewhere=False,
        )
    if name == "deepl":
        return EngineWords(
            name,
            _("DeepL, a commercial service. Sentences of titles and abstracts are sent to it."),
            "",
            _("DeepL's terms of service."),
            elsewhere=True,
        )
    if name == "openai":
        return EngineWords(
            name,
            _(
                "A large language model. It receives sentences with the paper's title and "
                "abstract, glossary terms, and similar sentences that a person approved."
            ),
            str(options.get("model", "")),
            _("The terms of the model's publisher and of its provider."),
            elsewhere=True,
        )
    return EngineWords(
        name, _("An engine added by this site's operator."), "", _("not known"), elsewhere=True
    )
