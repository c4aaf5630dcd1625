"""The interface of translation engines.

An engine takes a batch of texts and returns one result for each, in order. It gets its settings
through its constructor. Masking, memory, glossary, batching and checks happen outside
(`apps.translation.pipeline.translate`).
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Protocol

from pydantic import AfterValidator

from apps.core.plugins import About
from apps.core.refusals import Refusal
from apps.core.variables import Accepts, Variables, variable
from apps.text.checks import Term
from apps.text.protection.placeholders import Style


class EngineUnavailable(Refusal):
    """The engine cannot answer now: unreachable, overloaded, over its quota.

    The batch goes to the next engine of the chain, or is retried later. Editors see the message.
    """

    code = "engine-unavailable"
    status = 503


class EngineMissing(EngineUnavailable):
    """The engine cannot answer until a person acts, for example because its model is missing.

    Sentences wait with the message as the reason and are not retried in the meantime.
    """


@dataclass(frozen=True, slots=True)
class Result:
    """The answer of an engine for one text.

    text: the translation; None if there is none (no match in the memory, or an unusable answer,
    explained by `error`). memory_entry: the key of the memory entry it came from. unavailable:
    whether the request for this text failed. tokens_in, tokens_out: the text's share of the
    tokens of the request; 0 if the engine does not count them.
    """

    text: str | None
    error: str = ""
    memory_entry: int | None = None
    unavailable: bool = False
    tokens_in: int = 0
    tokens_out: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """The context of a text; an engine uses what it supports.

    field: "title" or "abstract". document: the paper's title and abstract without placeholders.
    terms: the glossary terms in the text. examples: (source, target) of similar sentences in the
    memory.
    """

    field: str = "abstract"
    document: str = ""
    terms: tuple[Term, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()


NO_CONTEXT = Context()


def model_option(options: Mapping[str, Any]) -> str:
    """Return the option `model` of an engine."""
    return str(options.get("model", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineAbout(About):
    """The description of an engine.

    order: its default place in the chain, the lowest first. text_licence: SPDX identifier of the
    licence of its output; "no" if its terms forbid redistribution, empty if they impose nothing.
    examples: the default number of similar sentences of the memory in its context. model: returns
    the name of its model from its options, for readers.
    """

    order: int = 50
    text_licence: str = ""
    examples: int = 0
    model: Callable[[Mapping[str, Any]], str] = model_option


def _language_pair(given: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}-[a-z]{2,3}(-[A-Za-z]+)?", given):
        raise ValueError("Set it to two language codes: en-ja.")
    return given


LanguagePair = Annotated[
    str, AfterValidator(_language_pair), Accepts("two language codes: `en-ja`")
]


class PricedVariables(Variables):
    """Variables of an engine that charges by the token."""

    price_in: Decimal = variable(
        Decimal(0), "cost of a million tokens sent, stored with each sentence", internal=True, ge=0
    )
    price_out: Decimal = variable(
        Decimal(0),
        "cost of a million tokens received, stored with each sentence",
        internal=True,
        ge=0,
    )


class Engine(Protocol):
    """A translation engine.

    name: stored with each segment. version: the model and a digest of every parameter that affects
    the text. mask_style: the style of placeholders; None if it receives the source unmasked.
    batch_size: the preferred number of texts per call.
    """

    name: str
    version: str
    mask_style: Style | None
    batch_size: int

    def translate(
        self,
        texts: Sequence[str],
        source: str,
        target: str,
        contexts: Sequence[Context] = (),
    ) -> list[Result]:
        """Translate a batch.

        Args:
            texts: the masked texts.
            source: the language of the texts.
            target: the language of the translations.
            contexts: one for each text, or empty.

        Returns:
            One result for each text, in order.

        Raises:
            EngineUnavailable: nothing can be translated now.
        """
        ...

    def check(self) -> None:
        """Raise EngineUnavailable, with what to do, if the engine could not answer now."""
        ...


def digest_of(parameters: object) -> str:
    """Return 12 hex digits that change whenever a parameter changes."""
    written = json.dumps(parameters, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2b(written.encode(), digest_size=6).hexdigest()
