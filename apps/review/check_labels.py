"""What checks say, in words: their names for lists, their messages in the language of the page."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.text.checks import Finding

CHECK_WORDS: Final[Mapping[str, object]] = {
    "acronyms": _("acronym"),
    "brackets": _("brackets"),
    "ending": _("cut off"),
    "identical": _("not translated"),
    "leakage": _("leaked prompt"),
    "leftover_english": _("left-over English"),
    "length": _("length"),
    "links": _("link"),
    "list_markers": _("list markers"),
    "math": _("math"),
    "negation": _("negation"),
    "numbers": _("number"),
    "placeholders": _("placeholder"),
    "punctuation": _("punctuation"),
    "repetition": _("repetition"),
    "style": _("mixed style"),
    "terms": _("glossary"),
    "title_form": _("form of the title"),
    "untranslated": _("no engine could translate it"),
}


def check_words(name: str) -> str:
    """Return what a check looks for in a word or two; a check that is no more is its own name."""
    return str(CHECK_WORDS.get(name, name))


def message_of(finding: Finding) -> str:
    """Return what a check says about a text, in the language of the interface."""
    japanese = (get_language() or "ja").startswith("ja")
    return finding.message_ja if japanese else finding.message_en
