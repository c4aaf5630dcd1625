"""Refusals: how a service says no, to people and to programs alike."""

from collections.abc import Mapping
from typing import Any, ClassVar


class Refusal(Exception):
    """A service does not do what was asked; the message says why and what to do about it.

    Each kind of refusal is a class with a `code` of its own, unless a program should treat it as
    its base class. The first paragraph of its docstring is the public description of the code.

    Attributes:
        code: A stable name for programs, lower case with hyphens.
        status: The HTTP status of the answer where the answer is a page or belongs to the desk.
        retry_after: Seconds until asking again makes sense; None where waiting does not help.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400
    retry_after: int | None = None

    @property
    def extensions(self) -> Mapping[str, Any]:
        """What a program learns beside the message, by member of the answer."""
        return {}

    @property
    def detail(self) -> str:
        """What the API says; the message where a subclass does not say it in other words."""
        return str(self)
