"""Plugins: classes that say themselves what they are, found by importing the modules of a package.

An engine, an embedder, a summariser and a source of signals carry an `about`; a check carries a
`label`. No list of them is kept anywhere else.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apps.core.variables import Variables


@dataclass(frozen=True, slots=True)
class Label:
    """A text in both languages of the interface."""

    ja: str
    en: str

    def in_language(self, code: str | None) -> str:
        """Return the text for the interface language `code`; Japanese where it is None."""
        return self.ja if (code or "ja").startswith("ja") else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a plugin says about itself.

    name: how settings name it. label: what it is and what it is sent, for readers. licence: whose
    terms apply to it and to its output, for readers. sends_text: whether texts leave the machines
    of this site. variables: the environment variables that it reads; their values are the
    arguments of its constructor.
    """

    name: str
    label: Label
    licence: Label
    sends_text: bool = False
    variables: type[Variables] | None = None


def classes_with(attribute: str, package: str) -> list[type[Any]]:
    """Return the classes that define `attribute` in the modules of `package`, by module name."""
    folder = import_module(package).__path__
    modules = [import_module(f"{package}.{found.name}") for found in pkgutil.iter_modules(folder)]
    return [
        found
        for module in modules
        for found in vars(module).values()
        if isinstance(found, type)
        and found.__module__ == module.__name__
        and attribute in vars(found)
        and not getattr(found, "_is_protocol", False)
    ]
