"""What a paper becomes when one more record about it arrives."""

import pytest

from apps.papers.models import ChangeKind
from apps.papers.records import SourceFormat
from apps.papers.store.changes import changes_between
from apps.papers.store.merge import (
    first_state,
    first_versions,
    have_same_words,
    is_older,
    merge_record,
    merge_versions,
)
from apps.text.arxiv.author_strings import Author
from tests.support.sample_records import atom, day, lossy, midnight, moment, raw, stamps


def after(*records):
    """The state after storing the records one by one."""
    state = first_state(records[0])
    for record in records[1:]:
        state = merge_record(state, record)
    return state


def versions_after(*records):
    state, versions = first_state(records[0]), first_versions(records[0])
    for record in records[1:]:
        new = merge_record(state, record)
        versions = merge_versions(versions, state, new, record)
        state = new
    return versions


def kinds(*records):
    """The kinds of change that the last record brings."""
    before = after(*records[:-1])
    return {change.kind for change in changes_between(before, merge_record(before, records[-1]))}


STANDINGS = {
    "same record": (raw(2), raw(2), False),
    "new version": (raw(1), raw(2), False),
    "old version": (raw(3), raw(2), True),
    "same version, later datestamp": (
        raw(1, datestamp=day("2025-03-01")),
        raw(1, datestamp=day("2025-03-02")),
        False,
    ),
    "same version, earlier datestamp": (
        raw(1, datestamp=day("2025-03-02")),
        raw(1, datestamp=day("2025-03-01")),
        True,
    ),
    "atom has no datestamp and counts as current": (raw(1), atom(1), False),
    "atom of an old version": (raw(2), atom(1), True),
    "arXiv of the same day says nothing new": (raw(2), lossy(2), True),
    "arXiv of a later day": (raw(1), lossy(2), False),
    "arXiv without datestamp after atom, an older day": (atom(2), lossy(1), True),
    "arXiv after atom, the same day": (atom(2), lossy(2), False),
    "arXivRaw of the same day after arXiv": (lossy(2), raw(2), False),
    "arXivRaw of an earlier day after arXiv": (lossy(2), raw(1), True),
}


@pytest.mark.parametrize(("first", "second", "expected"), STANDINGS.values(), ids=STANDINGS.keys())
def test_a_record_is_older_or_current(first, second, expected):
    assert is_older(first_state(first), second) is expected


SAME_WORDS = {
    "greek": (r"the $\alpha$ decay", "the $α$ decay", True),
    "accent": ("Schrödinger", "Schro\u0308dinger", True),
    "command": (r"an {\it ab initio} study", r"an {\it ab initio} study", True),
    "degree": (r"at 5{\deg}C", "at 5°C", True),
    "spaces and dashes": ("high-energy  limit", "high energy limit", True),
    "a word more": ("high energy limit", "the high energy limit", False),
    "a number": ("of 12 runs", "of 13 runs", False),
    "case": ("dna", "DNA", False),
}


@pytest.mark.parametrize(("one", "other", "same"), SAME_WORDS.values(), ids=SAME_WORDS.keys())
def test_same_words(one, other, same):
    assert have_same_words(one, other) is same


def test_none_means_not_said_and_keeps_what_is_stored():
    state = after(raw(1, report_number="TR-7"), atom(2))
    assert state.latest_version == 2
    assert state.licence_url == "http://arxiv.org/licenses/nonexclusive-distrib/1.0/"
    assert state.report_number == "TR-7"


def test_empty_means_that_there_is_nothing():
    assert after(raw(1, comments="wrong"), raw(2, comments="")).comments == ""


def test_the_order_of_the_further_categories_is_no_change():
    categories = ("cs.CL", "cs.LG", "stat.ML")
    stored = raw(1, categories=categories)
    assert after(stored, atom(1, categories=("cs.CL", "stat.ML", "cs.LG"))) == first_state(stored)
    assert after(stored, atom(1, categories=("cs.LG", "cs.CL", "stat.ML"))).categories[0] == "cs.LG"


def test_affiliations_stay_when_the_same_names_come_without():
    author = Author("Ana García", "García", "Ana", "", ("CSIC",))
    state = after(raw(1, authors=(author,)), raw(2, authors=(Author.from_name("Ana García"),)))
    assert state.authors[0]["affiliations"] == ["CSIC"]


class TestTheLossyFormat:
    def test_degrades_nothing(self):
        assert after(raw(2), lossy(2)) == first_state(raw(2))

    def test_degrades_nothing_with_a_later_datestamp_and_the_same_words(self):
        later = lossy(2, datestamp=day("2025-12-01"))
        state = after(raw(2), later)
        assert state.title == raw(2).title
        assert state.source_format == SourceFormat.ARXIV_RAW
        assert state.datestamp == day("2025-12-01")
        assert changes_between(first_state(raw(2)), state) == []

    def test_brings_new_words_with_a_later_datestamp(self):
        state = after(raw(2), lossy(3))
        assert state.abstract == lossy(3).abstract
        assert state.source_format == SourceFormat.ARXIV
        assert not state.version_is_known
        assert (state.submitted_at, state.revised_at) == (moment(1), midnight(moment(3)))

    def test_keeps_the_text_that_it_replaces(self):
        assert versions_after(raw(2), lossy(3))[2].abstract == raw(2).abstract

    def test_gives_way_to_a_better_record(self):
        assert after(lossy(2), raw(2)) == first_state(raw(2))
        assert kinds(lossy(2), raw(2)) == {ChangeKind.METADATA}

    def test_gives_way_when_the_new_version_becomes_known(self):
        assert after(raw(2), lossy(3), raw(3)) == first_state(raw(3))
        versions = versions_after(raw(2), lossy(3), raw(3))
        assert [versions[n].abstract for n in (1, 2, 3)] == ["", raw(2).abstract, ""]

    def test_was_a_correction_of_the_latest_version(self):
        corrected = {"abstract": "Wholly other words.", "datestamp": day("2025-12-01")}
        versions = versions_after(raw(2), lossy(2, **corrected), raw(2, **corrected))
        assert versions[2].abstract == ""

    def test_adds_the_licence_that_atom_does_not_tell(self):
        assert after(atom(2), lossy(2)).licence_url == lossy(2).licence_url
        assert after(atom(2), lossy(2)).title == atom(2).title


class TestVersions:
    def test_the_replaced_text_is_archived(self):
        versions = versions_after(raw(1), raw(2))
        assert (versions[1].title, versions[1].abstract) == (raw(1).title, raw(1).abstract)
        assert versions[2].abstract == ""

    def test_an_older_record_fills_dates_and_text_only(self):
        first, second = atom(4), raw(3)
        assert after(first, second) == first_state(first)
        versions = versions_after(first, second)
        assert {n: v.submitted_at for n, v in versions.items()} == {
            n: moment(n) for n in (1, 2, 3, 4)
        }
        assert versions[3].abstract == second.abstract

    def test_an_older_record_does_not_replace_an_archived_text(self):
        other = raw(1, abstract="Another wording of version 1.")
        assert versions_after(raw(1), raw(2), other)[1].abstract == raw(1).abstract

    def test_a_shorter_list_drops_nothing(self):
        assert sorted(versions_after(raw(2), raw(3, versions=stamps(3)))) == [1, 2, 3]


CHANGES = {
    "nothing": ((raw(1), raw(1)), set()),
    "only the datestamp": ((raw(1), raw(1, datestamp=day("2025-12-01"))), set()),
    "new version": (
        (raw(1), raw(2)),
        {ChangeKind.NEW_VERSION, ChangeKind.TITLE, ChangeKind.ABSTRACT},
    ),
    "categories": ((raw(1), raw(1, categories=("cs.CL",))), {ChangeKind.CATEGORIES}),
    "licence": ((raw(1), raw(1, licence_url="http://x.org/")), {ChangeKind.LICENCE}),
    "authors": ((raw(1), raw(1, authors=())), {ChangeKind.AUTHORS}),
    "other metadata": ((raw(1), raw(1, doi="10.1/2")), {ChangeKind.METADATA}),
    "abstract within the version": ((raw(1), raw(1, abstract="New.")), {ChangeKind.ABSTRACT}),
    "withdrawn": (
        (raw(1), raw(2, title=raw(1).title, abstract="This paper has been withdrawn.")),
        {ChangeKind.NEW_VERSION, ChangeKind.ABSTRACT, ChangeKind.WITHDRAWN},
    ),
    "restored": (
        (raw(1, comments="withdrawn"), raw(1, comments="")),
        {ChangeKind.RESTORED, ChangeKind.METADATA},
    ),
}


@pytest.mark.parametrize(("records", "expected"), CHANGES.values(), ids=CHANGES.keys())
def test_changes(records, expected):
    assert kinds(*records) == expected


def test_a_withdrawal_is_dated_by_the_version_that_says_so():
    gone = "This paper has been withdrawn by the author."
    state = after(raw(1), raw(2, abstract=gone), raw(3, abstract=gone))
    assert state.withdrawn_at == moment(2)
