"""Requests of OAI-PMH 2.0: the arguments of each verb, and error codes.

Protocol: https://www.openarchives.org/OAI/openarchivesprotocol.html.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

RESUMPTION = "resumptionToken"


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of a verb. resumes: it accepts a resumptionToken, as the only argument."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    resumes: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all arguments."""
        return (*self.required, *self.optional, *((RESUMPTION,) if self.resumes else ()))


_LIST: Final = Arguments(
    required=("metadataPrefix",), optional=("from", "until", "set"), resumes=True
)

VERBS: Final[dict[str, Arguments]] = {
    "Identify": Arguments(),
    "ListMetadataFormats": Arguments(optional=("identifier",)),
    "ListSets": Arguments(resumes=True),
    "ListIdentifiers": _LIST,
    "ListRecords": _LIST,
    "GetRecord": Arguments(required=("identifier", "metadataPrefix")),
}


class OaiProblem(Exception):
    """An error of a request. code: the error code of the protocol."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class OaiRequest:
    """A valid request: its verb and arguments."""

    verb: str
    arguments: dict[str, str]

    @property
    def token(self) -> str | None:
        """The resumption token, if the request continues a list."""
        return self.arguments.get(RESUMPTION)


def read_request(pairs: Iterable[tuple[str, str]]) -> OaiRequest:
    """Return the request of raw arguments. Raises OaiProblem: badVerb, badArgument."""
    arguments: dict[str, str] = {}
    repeated = []
    for name, value in pairs:
        if name in arguments:
            repeated.append(name)
        arguments[name] = value
    verb = arguments.pop("verb", "")
    if verb not in VERBS or "verb" in repeated:
        raise OaiProblem("badVerb", f"Give one verb, once. Use one of: {', '.join(VERBS)}.")
    takes = VERBS[verb]
    if unknown := [name for name in arguments if name not in takes.names]:
        allowed = ", ".join(takes.names) or "no argument"
        raise OaiProblem(
            "badArgument", f"{verb} does not take {unknown[0][:80]!r}; it takes {allowed}."
        )
    if repeated:
        raise OaiProblem("badArgument", f"Give {repeated[0]} once.")
    if RESUMPTION in arguments:
        if len(arguments) > 1:
            raise OaiProblem("badArgument", "A resumptionToken stands alone beside the verb.")
        return OaiRequest(verb, arguments)
    if missing := [name for name in takes.required if not arguments.get(name)]:
        raise OaiProblem("badArgument", f"{verb} needs {' and '.join(missing)}.")
    return OaiRequest(verb, arguments)
