"""The changes between two states of a paper."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apps.papers.models import ChangeKind
from apps.papers.store.merge import PaperState, have_same_words

_OTHER_FIELDS = (
    "source_format",
    "comments",
    "journal_ref",
    "doi",
    "report_number",
    "submitted_at",
    "revised_at",
)


@dataclass(frozen=True, slots=True)
class Change:
    """One change, with JSON values from before and after."""

    kind: ChangeKind
    before: Any
    after: Any


def changes_between(before: PaperState, after: PaperState) -> list[Change]:
    """Return the changes, one for each kind; a new datestamp alone is no change.

    A text that another format writes differently (TeX or Unicode) is not a replaced text; the
    change of format is part of the other metadata.
    """
    found: list[Change] = []
    versions_are_known = before.version_is_known and after.version_is_known
    if versions_are_known and after.latest_version > before.latest_version:
        found.append(Change(ChangeKind.NEW_VERSION, before.latest_version, after.latest_version))
    if _differs(before, after, before.title, after.title):
        found.append(Change(ChangeKind.TITLE, before.title, after.title))
    if _differs(before, after, before.abstract, after.abstract):
        found.append(Change(ChangeKind.ABSTRACT, before.abstract, after.abstract))
    if _names(before) != _names(after):
        found.append(Change(ChangeKind.AUTHORS, _names(before), _names(after)))
    if before.categories != after.categories:
        found.append(Change(ChangeKind.CATEGORIES, before.categories, after.categories))
    if before.licence_url != after.licence_url:
        found.append(Change(ChangeKind.LICENCE, before.licence_url, after.licence_url))
    if before.withdrawn_at is None and after.withdrawn_at is not None:
        found.append(Change(ChangeKind.WITHDRAWN, None, after.withdrawn_at.isoformat()))
    if before.withdrawn_at is not None and after.withdrawn_at is None:
        found.append(Change(ChangeKind.RESTORED, before.withdrawn_at.isoformat(), None))
    compared = _OTHER_FIELDS if versions_are_known else (*_OTHER_FIELDS, "latest_version")
    others = [name for name in compared if getattr(before, name) != getattr(after, name)]
    if others and not _is_only_a_revision(others, found):
        found.append(
            Change(
                ChangeKind.METADATA,
                {name: _plain(getattr(before, name)) for name in others},
                {name: _plain(getattr(after, name)) for name in others},
            )
        )
    return found


def _is_only_a_revision(others: list[str], found: list[Change]) -> bool:
    """Whether the only other change is the time of a new version, which is reported already."""
    return others == ["revised_at"] and any(c.kind == ChangeKind.NEW_VERSION for c in found)


def _differs(before: PaperState, after: PaperState, old: str, new: str) -> bool:
    if before.source_format != after.source_format:
        return not have_same_words(old, new)
    return old != new


def _names(state: PaperState) -> list[str]:
    return [author["name"] for author in state.authors]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
