"""The shape of every outside source, and the errors it may end in."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from apps.core.variables import Variables, variable


class SignalsUnavailable(Exception):
    """The source did not answer; the message names it and says what happened."""


class SourceVariables(Variables):
    """Variables that every source has."""

    seconds_per_request: float = variable(
        1.0, "seconds from one request to the next, over all workers", internal=True, ge=0, le=3600
    )


class OutsideSignals(Protocol):
    """One service that counts citations.

    name: as it is stored with each count. batch: how many papers it takes in one request.
    """

    name: str
    batch: int

    def citations(self, arxiv_ids: Sequence[str]) -> Mapping[str, int]:
        """Return how often each paper is cited, by arXiv identifier without version.

        At most `batch` of them. A paper that the source does not know is left out. Raises
        SignalsUnavailable when there was no answer that can be read.
        """
        ...
