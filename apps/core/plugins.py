"""Plugins: classes in the modules of a package that describe themselves.

Engines, embedders, summarisers and signal sources have an `about`; checks have a `label`.
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
        """Return the text in a language of the interface; in Japanese for None."""
        return self.ja if (code or "ja").startswith("ja") else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A plugin's description of itself.

    name: its name in settings. label: what it is and which texts it receives, for readers. licence:
    the terms of the plugin and its output, for readers. sends_text: whether texts leave this site.
    variables: the environment variables whose values are the arguments of its constructor.
    """

    name: str
    label: Label
    licence: Label
    sends_text: bool = False
    variables: type[Variables] | None = None


def classes_with(attribute: str, package: str) -> list[type[Any]]:
    """Find the classes in the modules of a package that define an attribute.

    Args:
        attribute: such as "about" or "label".
        package: the dotted name of the package.

    Returns:
        The classes in the order of their modules' names.
    """
    folder = import_module(package).__path__
    modules = [import_module(f"{package}.{info.name}") for info in pkgutil.iter_modules(folder)]
    return [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type)
        and value.__module__ == module.__name__
        and attribute in vars(value)
        and not getattr(value, "_is_protocol", False)
    ]
