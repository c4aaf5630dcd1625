"""The interface of outside sources, and their error."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from apps.core.variables import Variables, variable


class SignalsUnavailable(Exception):
    """The source gave no usable answer; the message names it and says why."""


class SourceVariables(Variables):
    """Variables of every source."""

    seconds_per_request: float = variable(
        1.0, "seconds from one request to the next, over all workers", internal=True, ge=0, le=3600
    )


class OutsideSignals(Protocol):
    """A service that counts citations.

    name: stored with each count. batch: the most papers of one request.
    """

    name: str
    batch: int

    def citations(self, arxiv_ids: Sequence[str]) -> Mapping[str, int]:
        """Return the citation counts of at most `batch` papers, by arXiv identifier.

        Identifiers have no version. Unknown papers are left out. Raises SignalsUnavailable
        without a readable answer.
        """
        ...
