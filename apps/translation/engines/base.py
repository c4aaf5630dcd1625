"""The shape of every translation engine.

An engine takes a batch of texts and gives back one result for each, in order. It knows nothing of
models, settings or queues: everything it needs comes through its constructor. Masking, memory,
glossary, batching and checks happen around it (`apps.translation.pipeline.translate`).
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

    The batch goes to the next engine of the chain, or rests and is tried again. The message is
    shown to editors, so it says what is wrong and what to do.
    """

    code = "engine-unavailable"
    status = 503


class EngineMissing(EngineUnavailable):
    """A person has to do something before the engine can answer: its model is not there.

    Sentences then wait, with the message as the reason, instead of being tried again and again.
    """


@dataclass(frozen=True, slots=True)
class Result:
    """What an engine made of one text.

    text: the translation, or None where the engine has none (a memory without a match, or an
    answer that could not be used; then `error` says why).
    memory_entry: the key of the memory entry it came from, for the memory only.
    unavailable: the engine could not be asked for this text, while it could be for others.
    tokens_in, tokens_out: what the text cost a paid engine, its share of the whole request;
    0 where nothing is counted.
    """

    text: str | None
    error: str = ""
    memory_entry: int | None = None
    unavailable: bool = False
    tokens_in: int = 0
    tokens_out: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around a text; an engine uses what it can and ignores the rest.

    field: "title" or "abstract". document: the paper's title and abstract, bare, so that a
    sentence is understood where it stands. terms: the glossary's renderings of terms in the text.
    examples: translations of like sentences that a person approved, (source, target).
    """

    field: str = "abstract"
    document: str = ""
    terms: tuple[Term, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()


NO_CONTEXT = Context()


def model_option(options: Mapping[str, Any]) -> str:
    """Return the name of the model that an engine is given as its option `model`."""
    return str(options.get("model", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineAbout(About):
    """What an engine says about itself.

    order: its place in the chain where the settings name no order; the lowest is asked first.
    text_licence: SPDX identifier of the licence of what it writes; "no" where its terms forbid to
    pass that on, empty where they impose nothing. examples: how many like sentences of the memory
    it is sent with each sentence by default. model: its model out of its options, for readers.
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
    """Variables of an engine that is paid by the token."""

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
    """One way to translate.

    name: as it is stored with each segment.
    version: the model and a digest of every parameter that affects the text.
    mask_style: how protected spans are written for this engine; None gives it the bare source.
    batch_size: how many texts it likes at once.
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
        """Translate `texts` from language `source` to `target`; one result each, in order.

        `contexts` is empty or has one for each text. Raises EngineUnavailable when nothing can
        be translated now.
        """
        ...

    def check(self) -> None:
        """Raise EngineUnavailable, with what to do, where the engine could not answer now."""
        ...


def digest_of(parameters: object) -> str:
    """Return 12 hex digits that change whenever a parameter changes."""
    written = json.dumps(parameters, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2b(written.encode(), digest_size=6).hexdigest()
