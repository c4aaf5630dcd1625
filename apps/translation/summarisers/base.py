"""The shape of every summariser that writes sentences of its own."""

from typing import Protocol


class SummariserUnavailable(Exception):
    """The summariser cannot answer now; the extracted summary stays and it is asked again later."""


class Summariser(Protocol):
    """One way to sum up. version: the model and a digest of what affects the text."""

    version: str

    def summarise(self, abstract: str, language: str) -> str:
        """Return two or three sentences in `language` on `abstract`, which is in `language` too.

        Raises SummariserUnavailable.
        """
        ...
