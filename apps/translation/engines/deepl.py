"""DeepL by its Python package, with placeholders as XML tags."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from html import escape, unescape
from typing import TYPE_CHECKING, TypeVar, cast

from apps.core.plugins import Label
from apps.core.variables import Address, Variables, variable
from apps.text.protection.placeholders import XML, Style
from apps.translation.engines.base import (
    Context,
    EngineAbout,
    EngineMissing,
    EngineUnavailable,
    Result,
    digest_of,
)

if TYPE_CHECKING:
    import deepl

Answer = TypeVar("Answer")

MOST_TEXTS = 50
MOST_BYTES = 100_000
"""DeepL takes 50 texts and 128 KiB per request; tags and quoting need some of that."""
TARGETS = {"en": "EN-US", "pt": "PT-BR", "zh": "ZH-HANS"}
PLAIN_STYLE = {"ja": "prefer_less"}
"""DeepL's less formal Japanese is である, not です."""
_TAG = re.compile(r"</?[^<>]+>")


class DeepLVariables(Variables):
    """DeepL."""

    prefix = "DEEPL_"
    auth_key: str = variable(..., "the key of an account; turns the engine on", secret=True)
    server_url: Address = variable("", "address of a proxy", shown="DeepL's own")
    glossary: str = variable("", "identifier of one of the account's glossaries")


class DeepLEngine:
    """Translates with DeepL's API, a glossary of the account included."""

    about = EngineAbout(
        name="deepl",
        label=Label(
            "商用サービスのDeepLです。タイトルと要旨の文を送信します。",
            "DeepL, a commercial service. Sentences of titles and abstracts are sent to it.",
        ),
        licence=Label("DeepLの利用規約に従います。", "DeepL's terms of service."),
        sends_text=True,
        variables=DeepLVariables,
        order=20,
        text_licence="no",
        model=lambda options: "",
    )
    name = about.name
    mask_style: Style | None = XML
    batch_size = MOST_TEXTS

    def __init__(
        self,
        *,
        auth_key: str,
        server_url: str = "",
        glossary: str = "",
        model_type: str = "prefer_quality_optimized",
        timeout: float = 30.0,
        retries: int = 2,
    ) -> None:
        """Use the account of `auth_key`; `server_url` is for tests and proxies.

        glossary: the identifier of one of the account's glossaries, "" for none. model_type: see
        DeepL's documentation. timeout: seconds a request. retries: after a timeout, 429 or 5xx.
        """
        self._auth_key = auth_key
        self._server_url = server_url or None
        self._glossary = glossary
        self._model_type = model_type
        self._timeout = timeout
        self._retries = retries
        self._client: deepl.DeepLClient | None = None

    @property
    def version(self) -> str:
        """The type of model and a digest of what affects the text; DeepL has no versions."""
        decided = [self._glossary, self._model_type, PLAIN_STYLE]
        return f"{self._model_type} {digest_of(decided)}"

    def check(self) -> None:
        """Raise EngineUnavailable unless the key is right and characters are left."""
        usage = _call(self._connect().get_usage)
        if usage.any_limit_reached:
            raise EngineUnavailable(
                "DeepL's quota is used up; wait for the next month or raise it."
            )

    def translate(
        self,
        texts: Sequence[str],
        source: str,
        target: str,
        contexts: Sequence[Context] = (),
    ) -> list[Result]:
        client = self._connect()
        ask = partial(
            client.translate_text,
            source_lang=source.upper(),
            target_lang=TARGETS.get(target, target.upper()),
            tag_handling="xml",
            split_sentences="off",
            preserve_formatting=True,
            formality=PLAIN_STYLE.get(target),
            glossary=self._glossary or None,
            model_type=self._model_type,
        )
        answers: list[deepl.TextResult] = []
        for batch in batches([to_xml(text) for text in texts]):
            answers += cast("list[deepl.TextResult]", _call(partial(ask, batch)))
        return [Result(from_xml(answer.text)) for answer in answers]

    def _connect(self) -> "deepl.DeepLClient":
        if self._client is None:
            try:
                import deepl
            except ImportError as error:
                raise EngineMissing(
                    "The package deepl is not installed; install papersite[deepl]."
                ) from error
            if not self._auth_key:
                raise EngineMissing("DeepL needs a key: set DEEPL_AUTH_KEY.")
            # The package has these for the whole process only.
            deepl.http_client.min_connection_timeout = self._timeout
            deepl.http_client.max_network_retries = self._retries
            self._client = deepl.DeepLClient(self._auth_key, server_url=self._server_url)
        return self._client


def _call(ask: Callable[[], Answer]) -> Answer:
    """Call `ask`, and turn DeepL's exceptions into those of engines."""
    import deepl

    try:
        return ask()
    except deepl.AuthorizationException as error:
        raise EngineMissing(f"DeepL refuses the key (DEEPL_AUTH_KEY): {error}") from error
    except deepl.GlossaryNotFoundException as error:
        raise EngineMissing(f"DeepL has no such glossary (DEEPL_GLOSSARY): {error}") from error
    except deepl.QuotaExceededException as error:
        raise EngineUnavailable(f"DeepL's quota is used up: {error}") from error
    except deepl.DeepLException as error:
        raise EngineUnavailable(f"DeepL did not translate: {error}") from error


def to_xml(text: str) -> str:
    """Return `text` as XML: its placeholders stay tags, everything else is quoted."""
    return "".join(
        XML.placeholder(int(piece)) if at % 2 else escape(piece, quote=False)
        for at, piece in enumerate(XML.exact.split(text))
    )


def from_xml(text: str) -> str:
    """Return DeepL's answer as plain text, with its tags unchanged."""
    pieces = re.split(f"({_TAG.pattern})", text)
    return "".join(unescape(piece) if at % 2 == 0 else piece for at, piece in enumerate(pieces))


def batches(texts: Sequence[str]) -> list[list[str]]:
    """Divide `texts`, in order, into requests within DeepL's limits."""
    divided: list[list[str]] = []
    size = 0
    for text in texts:
        length = len(text.encode())
        if not divided or len(divided[-1]) == MOST_TEXTS or size + length > MOST_BYTES:
            divided.append([])
            size = 0
        divided[-1].append(text)
        size += length
    return divided
