"""The interface of summarisers that generate text."""

from typing import Protocol


class SummariserUnavailable(Exception):
    """The summariser cannot answer now; the extracted summary stays until a later attempt."""


class Summariser(Protocol):
    """A summariser. version: the model and a digest of what affects the text."""

    version: str

    def summarise(self, abstract: str, language: str) -> str:
        """Return a summary of two or three sentences of an abstract in `language`.

        Raises SummariserUnavailable.
        """
        ...
