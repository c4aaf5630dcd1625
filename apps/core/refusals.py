"""Refusals: the exceptions by which a service says no, to people and programs."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.functional import Promise


class Refusal(Exception):
    """A service does not do what it was asked to; the message says why and what to do about it.

    Each kind of refusal is a class with its own `code`, unless programs should treat it as its
    base class. The first paragraph of its docstring is the public description of the code.

    Attributes:
        code: a stable name for programs, lower case with hyphens.
        status: the HTTP status of the answer on pages and at the desk.
        retry_after: seconds until another try makes sense; None if waiting does not help.
        message: the message, where it is always the same.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400
    retry_after: int | None = None
    message: ClassVar[str | Promise] = ""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or str(self.message))

    @property
    def extensions(self) -> Mapping[str, Any]:
        """Further members of the answer to a program."""
        return {}

    @property
    def detail(self) -> str:
        """The message of the API, if it differs from that of the pages."""
        return str(self)
