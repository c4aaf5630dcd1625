"""Glossary entries from files and forms, and their validation."""

import re
import unicodedata
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from apps.core.refusals import Refusal
from apps.text.arxiv.taxonomy import category_name
from apps.translation.models import LONGEST_TERM, CaseRule, PartOfSpeech

WORD = re.compile(r"([^\W_]+(?:[+#*]+(?![^\W_]))?)")
"""A word of a term or a sentence, including C++, F# and A*."""

HYPHENS = frozenset("-\u2010\u2011\u2012\u2013")
GAPS = HYPHENS | frozenset((" ", "\n", "/", "'", "\u2019", "' ", "\u2019 "))
"""The allowed separators between two words of a term."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SPACES = re.compile(r"\s+")


class BadTerm(Refusal):
    """A glossary term is invalid; the detail says what to change."""

    code = "bad-term"


class TermExists(BadTerm):
    """The glossary already has this term with this scope."""

    code = "already-exists"
    status = 409


@dataclass(frozen=True, slots=True)
class TermEntry:
    """One entry of a glossary.

    scope: arXiv categories such as "cs.* stat.ML", empty for all. where: the place in a file.
    """

    source_language: str
    target_language: str
    source: str
    target: str
    scope: str = ""
    part_of_speech: str = ""
    forbidden: tuple[str, ...] = ()
    case_rule: str = CaseRule.ANY.value
    note: str = ""
    licence: str = ""
    where: str = field(default="", compare=False)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The unique key of an entry: languages, folded source and scope."""
        return self.source_language, self.target_language, fold_term(self.source), self.scope


def fold_term(source: str) -> str:
    """Fold the spellings of a term into one: "Pre-training", "pre training", "pretraining".

    Args:
        source: the term.

    Returns:
        Its words in lower case, without gaps.
    """
    return "".join(WORD.findall(unicodedata.normalize("NFKC", source))).lower()


def validate_entry(entry: TermEntry) -> TermEntry:
    """Normalise and validate an entry.

    Args:
        entry: the entry from a file, a form or a request.

    Returns:
        The entry to store: trimmed, in NFC, its scope sorted.

    Raises:
        BadTerm: it is invalid.
    """
    normalised = replace(
        entry,
        source_language=entry.source_language.strip(),
        target_language=entry.target_language.strip(),
        source=_one_line(entry.source),
        target=_one_line(entry.target),
        scope=" ".join(sorted(set(entry.scope.split()))),
        part_of_speech=entry.part_of_speech.strip(),
        forbidden=tuple(dict.fromkeys(filter(None, map(_one_line, entry.forbidden)))),
        case_rule=entry.case_rule.strip() or CaseRule.ANY.value,
        note=unicodedata.normalize("NFC", "\n".join(entry.note.splitlines())).strip(),
        licence=_one_line(entry.licence),
    )
    problem = _problem(normalised)
    if problem:
        raise BadTerm(f"{entry.where}: {problem}" if entry.where else problem)
    return normalised


def is_scope(text: str) -> bool:
    """Whether `text` is arXiv categories or archives: "cs.CL", "cs.* stat.ML"."""
    # Only the archive is checked, so that new categories of arXiv are accepted.
    return all(category_name(pattern.removesuffix(".*")).group_en for pattern in text.split())


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _problem(entry: TermEntry) -> str:
    for language in (entry.source_language, entry.target_language):
        if not _LANGUAGE.fullmatch(language) or len(language) > 12:
            return _("“%s” is not a language code. Write it like en or ja.") % language
    return _problem_of_texts(entry) or _problem_of_choices(entry)


def _problem_of_texts(entry: TermEntry) -> str:
    if not entry.source or not entry.target:
        return _("A term and its rendering are both needed.")
    texts = (entry.source, entry.target, *entry.forbidden, entry.note, entry.licence)
    if any(not _is_plain(text) for text in texts):
        return _("“%s” contains a control character. Type it again.") % entry.source
    if max(map(len, texts[:-2])) > LONGEST_TERM or len(entry.licence) > 64:
        return _("“%(term)s” is too long: at most %(most)s characters, the licence at most 64.") % {
            "term": entry.source[:40],
            "most": LONGEST_TERM,
        }
    pieces = WORD.split(entry.source)
    if len(pieces) < 3 or pieces[0] or pieces[-1] or not GAPS.issuperset(pieces[2:-1:2]):
        return (
            _(
                "“%s” could not be found in a sentence. A term is words with a space, a hyphen, a "
                "slash or an apostrophe between them."
            )
            % entry.source
        )
    if len(fold_term(entry.source)) > LONGEST_TERM:
        return _("“%s” is too long.") % entry.source[:40]
    if any("|" in text for text in entry.forbidden):
        return _("A forbidden rendering cannot contain “|”, the separator in files.")
    if entry.target in entry.forbidden:
        return _("“%s” is both the rendering and a forbidden rendering.") % entry.target
    return ""


def _problem_of_choices(entry: TermEntry) -> str:
    if not is_scope(entry.scope):
        return (
            _("“%s” is not a scope. Write categories like cs.CL or cs.*, or leave it empty.")
            % entry.scope
        )
    if len(entry.scope) > LONGEST_TERM:
        return _("The scope is too long. Write whole archives such as cs.*.")
    if entry.part_of_speech and entry.part_of_speech not in PartOfSpeech.values:
        return _(
            "“%(word)s” is not a part of speech. Write one of %(known)s, or leave it empty."
        ) % {
            "word": entry.part_of_speech,
            "known": ", ".join(PartOfSpeech.values),
        }
    if entry.case_rule not in CaseRule.values:
        return _("“%s” is not a rule for capitals. Write any or exact.") % entry.case_rule
    return ""


def _is_plain(text: str) -> bool:
    return all(
        letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cs", "Cn") for letter in text
    )
