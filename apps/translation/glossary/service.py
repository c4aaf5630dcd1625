"""The glossary: the index of terms in use, and changes of terms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.utils.translation import gettext as _

from apps.text.checks import Term
from apps.translation.glossary.entries import BadTerm, TermEntry, fold_term, validate_entry
from apps.translation.glossary.history import (
    ChangeContext,
    TermChange,
    entry_of,
    record_changes,
    term_snapshot,
)
from apps.translation.glossary.index import TermIndex
from apps.translation.models import GlossaryTerm

# Every write changes a row's place (ctid) or transaction (xmin). A time of change is less reliable,
# because transactions may commit in another order.
_VERSION = """
    SELECT count(*), sum(hashtextextended(ctid::text || ' ' || xmin::text, 0))
    FROM translation_glossaryterm WHERE source_language = %s AND target_language = %s
"""
Version = tuple[object, ...]
_indexes: dict[tuple[str, str], tuple[Version, TermIndex]] = {}


def glossary_index(source: str, target: str) -> TermIndex:
    """Return the terms in use of a language pair as an index.

    The index is cached in the process; one query per call checks that it is current. Call it once
    per batch of sentences.

    Args:
        source: the source language.
        target: the target language.

    Returns:
        The index.
    """
    with connection.cursor() as cursor:
        cursor.execute(_VERSION, [source, target])
        version = cursor.fetchone()
    known = _indexes.get((source, target))
    if known is not None and known[0] == version:
        return known[1]
    terms = GlossaryTerm.objects.of_pair(source, target).in_use().order_by("id")
    index = TermIndex(map(entry_of, terms))
    _indexes[source, target] = version, index
    return index


def terms_for(text: str, source: str, target: str, category: str = "") -> tuple[Term, ...]:
    """Find glossary terms in one sentence. For many sentences, call `glossary_index` once.

    Args:
        text: the sentence.
        source: its language.
        target: the language of the renderings.
        category: the primary category of its paper.

    Returns:
        The terms, in order.
    """
    return glossary_index(source, target).find(text, category)


def stored_entries(source: str, target: str, origin: str | None = None) -> Iterable[TermEntry]:
    """Yield the stored terms of a language pair, or of one `origin`, in alphabetical order."""
    terms = GlossaryTerm.objects.of_pair(source, target).order_by("folded", "scope")
    if origin is not None:
        terms = terms.filter(origin=origin)
    return map(entry_of, terms.iterator(chunk_size=2000))


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """Numbers of imported terms: new, changed, unchanged, and kept as editors changed them."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0


@transaction.atomic
def store_terms(
    given: Iterable[TermEntry],
    *,
    origin: str,
    now: datetime,
    actor: AbstractBaseUser | None = None,
    keep_edited: bool = False,
) -> ImportCounts:
    """Import entries: add new terms and update those that differ, with history.

    Other terms stay, and so does `is_in_use`.

    Args:
        given: the entries.
        origin: the name of their file.
        now: the time of the change.
        actor: the editor; None for a command.
        keep_edited: whether terms that an editor changed stay as they are.

    Returns:
        The numbers of terms by outcome.

    Raises:
        BadTerm: an entry is invalid or two have the same key; nothing is stored.
    """
    wanted = _by_key(given)
    pairs = {key[:2] for key in wanted}
    there = {
        (term.source_language, term.target_language, term.folded, term.scope): term
        for source, target in sorted(pairs)
        for term in GlossaryTerm.objects.of_pair(source, target).select_for_update().order_by("id")
    }
    new: list[GlossaryTerm] = []
    changed: list[GlossaryTerm] = []
    earlier: dict[int, dict[str, Any]] = {}
    kept = 0
    for key, entry in wanted.items():
        term = there.get(key)
        if term is None:
            term = GlossaryTerm(origin=origin[:64], created_at=now, created_by_id=_key(actor))
            new.append(term)
        elif entry_of(term) == entry:
            continue
        elif keep_edited and term.updated_by_id is not None:
            kept += 1
            continue
        else:
            changed.append(term)
            earlier[term.pk] = term_snapshot(term)
        fill_term(term, entry, actor=actor, now=now)
    GlossaryTerm.objects.bulk_create(new, batch_size=1000)
    GlossaryTerm.objects.bulk_update(changed, WRITTEN, batch_size=1000)
    record_changes(
        ((term, earlier.get(term.pk), term_snapshot(term)) for term in [*new, *changed]),
        ChangeContext(actor, now, origin=origin),
    )
    unchanged = len(wanted) - len(new) - len(changed) - kept
    return ImportCounts(len(new), len(changed), unchanged, kept)


WRITTEN = (
    "source_language", "target_language", "source", "folded", "target", "scope", "part_of_speech",
    "forbidden", "case_rule", "note", "licence", "updated_at", "updated_by",
)  # fmt: skip


def fill_term(
    term: GlossaryTerm, entry: TermEntry, *, actor: AbstractBaseUser | None, now: datetime
) -> None:
    """Copy a valid entry to a term, unsaved; `actor` is None for an import by a command."""
    term.source_language = entry.source_language
    term.target_language = entry.target_language
    term.source = entry.source
    term.folded = fold_term(entry.source)
    term.target = entry.target
    term.scope = entry.scope
    term.part_of_speech = entry.part_of_speech
    term.forbidden = list(entry.forbidden)
    term.case_rule = entry.case_rule
    term.note = entry.note
    term.licence = entry.licence
    term.updated_at = now
    term.updated_by_id = _key(actor)


@transaction.atomic
def save_term(
    entry: TermEntry,
    *,
    term: GlossaryTerm | None = None,
    is_in_use: bool = True,
    actor: AbstractBaseUser | None,
    reason: str = "",
    now: datetime,
) -> GlossaryTerm:
    """Create or change a term, with history. Saving an equal entry changes nothing.

    Args:
        entry: a valid entry.
        term: the term to change; None for a new one.
        is_in_use: whether checks and engines use it.
        actor: the editor.
        reason: the editor's reason.
        now: the time of the change.

    Returns:
        The saved term.
    """
    before = None
    if term is None:
        term = GlossaryTerm(created_at=now, created_by_id=_key(actor))
    else:
        term = GlossaryTerm.objects.select_for_update().get(pk=term.pk)
        before = term_snapshot(term)
        if entry_of(term) == entry and term.is_in_use == is_in_use:
            return term
    term.is_in_use = is_in_use
    fill_term(term, entry, actor=actor, now=now)
    term.save()
    record_changes([(term, before, term_snapshot(term))], ChangeContext(actor, now, reason))
    return term


@transaction.atomic
def switch_terms(
    keys: Iterable[int],
    *,
    is_in_use: bool,
    actor: AbstractBaseUser,
    now: datetime,
) -> int:
    """Set whether terms are in use, with history; return the number of changed terms."""
    changes: list[TermChange] = []
    terms = GlossaryTerm.objects.filter(pk__in=list(keys)).exclude(is_in_use=is_in_use)
    for term in terms.select_for_update().order_by("pk"):
        before = term_snapshot(term)
        term.is_in_use = is_in_use
        term.updated_at, term.updated_by_id = now, actor.pk
        changes.append((term, before, term_snapshot(term)))
    GlossaryTerm.objects.bulk_update(
        [term for term, _before, _after in changes], ["is_in_use", "updated_at", "updated_by"]
    )
    record_changes(changes, ChangeContext(actor, now))
    return len(changes)


@transaction.atomic
def delete_terms(
    keys: Iterable[int], *, actor: AbstractBaseUser, reason: str = "", now: datetime
) -> int:
    """Delete terms, with history, so that each can be restored.

    Args:
        keys: their keys.
        actor: the editor.
        reason: the editor's reason.
        now: the time of the change.

    Returns:
        The number of deleted terms.
    """
    terms = list(GlossaryTerm.objects.filter(pk__in=list(keys)).select_for_update().order_by("pk"))
    record_changes(
        ((term, term_snapshot(term), None) for term in terms), ChangeContext(actor, now, reason)
    )
    GlossaryTerm.objects.filter(pk__in=[term.pk for term in terms]).delete()
    return len(terms)


def existing_term(entry: TermEntry) -> GlossaryTerm | None:
    """Find the stored term with the same key.

    Args:
        entry: a valid entry.

    Returns:
        The term, if there is one.
    """
    return (
        GlossaryTerm.objects.of_pair(entry.source_language, entry.target_language)
        .filter(folded=fold_term(entry.source), scope=entry.scope)
        .first()
    )


def _key(actor: AbstractBaseUser | None) -> int | None:
    return None if actor is None else actor.pk


def _by_key(given: Iterable[TermEntry]) -> dict[tuple[str, str, str, str], TermEntry]:
    wanted: dict[tuple[str, str, str, str], TermEntry] = {}
    for entry in map(validate_entry, given):
        earlier = wanted.setdefault(entry.key, entry)
        if earlier is not entry:
            raise BadTerm(
                _("%(where)s: “%(term)s” is already in %(earlier)s with the same scope.")
                % {"where": entry.where, "term": entry.source, "earlier": earlier.where}
            )
    return wanted
