"""store_records against a real database: what is written, what is not, and by how many at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.papers.models import ChangeKind, Paper, PaperChange, PaperVersion
from apps.papers.store.service import StoreCounts, store_records
from apps.text.arxiv.author_strings import Author
from tests.support.sample_records import atom, day, lossy, moment, raw

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


def snapshot():
    """Everything that is stored."""
    return [
        list(model.objects.order_by("pk").values()) for model in (Paper, PaperVersion, PaperChange)
    ]


@pytest.mark.django_db
class TestStoring:
    def test_a_new_paper_with_every_field(self):
        record = raw(2, journal_ref="J. 1", doi="10.1/2", report_number="TR-7", comments="2 pp")
        assert store_records([record], now=NOW) == StoreCounts(created=1)
        paper = Paper.objects.get(arxiv_id="2502.00001")
        assert (paper.title, paper.abstract) == (record.title, record.abstract)
        assert paper.author_names == ["Ana García", "Bo Li"]
        assert paper.authors[0] == {
            "name": "Ana García",
            "keyname": "García",
            "forenames": "Ana",
            "suffix": "",
            "affiliations": [],
        }
        assert (paper.primary_category, paper.categories) == ("cs.CL", ["cs.CL", "cs.LG"])
        assert (paper.journal_ref, paper.doi, paper.report_number) == ("J. 1", "10.1/2", "TR-7")
        assert (paper.submitted_at, paper.revised_at) == (moment(1), moment(2))
        assert (paper.harvested_at, paper.changed_at) == (NOW, NOW)
        assert paper.datestamp == record.datestamp
        assert len(paper.text_fingerprint) == 32
        versions = paper.versions.values_list("number", "submitted_at", "size_kb")
        assert list(versions) == [(1, moment(1), 10), (2, moment(2), 20)]
        assert not paper.changes.exists()

    @pytest.mark.parametrize("record", [raw(2), atom(2), lossy(2)], ids=["raw", "atom", "arXiv"])
    def test_the_same_record_twice_changes_nothing(self, record):
        store_records([record], now=NOW)
        before = snapshot()
        assert store_records([record], now=LATER) == StoreCounts(unchanged=1)
        assert snapshot() == before

    def test_awkward_characters_arrive_as_they_are(self):
        text = 'tab\\t, "quoted", back\\slash \\N, {braces}, NULL, ε, 😀, line\n\nnext'
        record = raw(1, title=text, abstract=text, categories=('a"b', "c\\d", "e,f"))
        store_records([record], now=NOW)
        paper = Paper.objects.get()
        assert (paper.title, paper.abstract) == (text, text)
        assert paper.categories == ['a"b', "c\\d", "e,f"]

    def test_a_new_version(self):
        store_records([raw(1)], now=NOW)
        old_text = Paper.objects.get().text_fingerprint
        assert store_records([raw(2)], now=LATER) == StoreCounts(changed=1)
        paper = Paper.objects.get()
        assert (paper.latest_version, paper.title) == (2, raw(2).title)
        assert (paper.harvested_at, paper.changed_at) == (NOW, LATER)
        assert paper.text_fingerprint != old_text
        assert paper.versions.get(number=1).abstract == raw(1).abstract
        changes = {change.kind: (change.before, change.after) for change in paper.changes.all()}
        assert changes == {
            ChangeKind.NEW_VERSION: (1, 2),
            ChangeKind.TITLE: (raw(1).title, raw(2).title),
            ChangeKind.ABSTRACT: (raw(1).abstract, raw(2).abstract),
        }

    def test_a_datestamp_alone_moves_quietly(self):
        store_records([raw(1)], now=NOW)
        moved = raw(1, datestamp=day("2025-12-01"))
        assert store_records([moved], now=LATER) == StoreCounts(unchanged=1)
        paper = Paper.objects.get()
        assert (paper.datestamp, paper.changed_at) == (day("2025-12-01"), NOW)

    def test_an_affiliation_alone_is_a_change(self):
        store_records([raw(1)], now=NOW)
        with_place = (Author("Ana García", "García", "Ana", "", ("CSIC",)), raw(1).authors[1])
        assert store_records([raw(1, authors=with_place)], now=LATER) == StoreCounts(changed=1)
        assert Paper.objects.get().authors[0]["affiliations"] == ["CSIC"]

    def test_a_withdrawal_and_its_undoing(self):
        gone = raw(2, abstract="This paper has been withdrawn by the author.")
        store_records([raw(1), gone], now=NOW)
        assert Paper.objects.get().withdrawn_at == moment(2)
        assert not Paper.objects.not_withdrawn().exists()
        store_records([raw(3)], now=LATER)
        assert Paper.objects.get().withdrawn_at is None
        kinds = set(PaperChange.objects.values_list("kind", flat=True))
        assert {ChangeKind.WITHDRAWN, ChangeKind.RESTORED} <= kinds

    def test_several_records_of_a_paper_in_one_batch(self):
        counts = store_records([raw(1), raw(3), raw(2), raw(3)], now=NOW)
        assert counts == StoreCounts(created=1, changed=2, unchanged=1)
        assert Paper.objects.get().latest_version == 3
        texts = PaperVersion.objects.order_by("number").values_list("abstract", flat=True)
        assert list(texts) == [raw(1).abstract, raw(2).abstract, ""]

    def test_batches_do_not_matter(self):
        records = [raw(1), atom(2), lossy(2), raw(2), raw(1), lossy(3), raw(3)]
        store_records(records, now=NOW)
        together = Paper.objects.values_list("title", "latest_version", "source_format").get()
        Paper.objects.all().delete()
        for record in records:
            store_records([record], now=NOW)
        one_by_one = Paper.objects.values_list("title", "latest_version", "source_format").get()
        assert together == one_by_one

    def test_all_or_nothing(self):
        with pytest.raises(Exception, match="too long"), transaction.atomic():
            store_records([raw(1), raw(1, arxiv_id="9" * 40)], now=NOW)
        assert not Paper.objects.exists()

    def test_nothing_to_store(self):
        assert store_records([], now=NOW) == StoreCounts()

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        tellings=st.lists(
            st.tuples(st.sampled_from([raw, atom]), st.integers(1, 5)), min_size=1, max_size=12
        ),
        cut=st.integers(0, 12),
    )
    def test_any_order_ends_with_the_latest_version_and_every_date(self, tellings, cut):
        Paper.objects.all().delete()
        records = [tell(version) for tell, version in tellings]
        counts = StoreCounts()
        for batch in (records[:cut], records[cut:]):
            counts += store_records(batch, now=NOW)
        assert counts.created + counts.changed + counts.unchanged == len(records)
        latest = max(version for _, version in tellings)
        paper = Paper.objects.get()
        assert (paper.latest_version, paper.title) == (latest, raw(latest).title)
        assert (paper.submitted_at, paper.revised_at) == (moment(1), moment(latest))
        told = {stamp.number for record in records for stamp in record.versions}
        dates = dict(paper.versions.values_list("number", "submitted_at"))
        assert dates == {number: moment(number) for number in told}
        before = snapshot()
        assert store_records(records, now=LATER) == StoreCounts(unchanged=len(records))
        assert snapshot() == before


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_store_the_same_papers_add_them_once():
    records = [raw(1, arxiv_id=f"2502.{number:05d}") for number in range(1, 301)]

    def store(batch):
        try:
            return store_records(batch, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        batches = [records, records[::-1], records[100:], records[:200]]
        counts = sum(workers.map(store, batches), StoreCounts())
    assert counts.created == 300
    assert counts.unchanged == 700
    assert Paper.objects.count() == 300
