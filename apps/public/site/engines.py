"""The translation engines of this site, described for readers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.core.labels import label_text
from apps.translation.engines import describe_engine


@dataclass(frozen=True, slots=True)
class EngineDescription:
    """An engine for readers. elsewhere: whether sentences leave this site's own machines."""

    name: str
    meaning: str
    model: str
    licence: str
    elsewhere: bool


def engines_in_use(
    language_pair: str,
    engines: Mapping[str, Mapping[str, Any]],
    chains: Sequence[Mapping[str, Any]],
) -> list[EngineDescription]:
    """Return the engines in the chains of a language pair, in their order.

    Args:
        language_pair: Such as "en-ja".
        engines: The engines of the settings, by name.
        chains: The chains of the settings.
    """
    names: dict[str, None] = {}
    for chain in chains:
        languages = chain.get("languages", "*")
        if languages == "*" or language_pair in (
            [languages] if isinstance(languages, str) else languages
        ):
            names.update(dict.fromkeys(chain["engines"]))
    return [_words(name, engines[name]) for name in names if name in engines]


def _words(name: str, entry: Mapping[str, Any]) -> EngineDescription:
    said = describe_engine(name, entry)
    if said is None:
        return EngineDescription(
            name,
            _("An engine added by this site's operator."),
            "",
            _("not known"),
            elsewhere=True,
        )
    return EngineDescription(
        name,
        label_text(said.label),
        said.model(entry.get("OPTIONS", {})),
        label_text(said.licence),
        elsewhere=said.sends_text,
    )
