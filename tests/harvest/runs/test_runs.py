"""Runs from the first page to the last, over real HTTP into a real database."""

from datetime import date

import pytest
from django.db import connections

from apps.harvest.models import HarvestRun, RunKind, RunStatus
from apps.harvest.runs.execute import harvest
from apps.harvest.runs.service import RunFailed, RunTaken, resume_run, start_run, stop_run
from apps.papers.models import Paper, PaperVersion
from apps.papers.records import SourceFormat
from tests.support import arxiv_responses as r
from tests.support.servers.base import Answer, ScriptedServer

pytestmark = pytest.mark.django_db

# Tokens as arXiv's are: a query string that is percent-encoded already.
TOKENS = [f"verb%3DListRecords%26metadataPrefix%3DarXivRaw%26skip%3D{n}" for n in range(10)]


def chain(pages, faults=None):
    """A list in pages; `faults` are given, once each, in place of the page with that number."""
    left = dict(faults or {})

    def answer(number, arguments):
        token = arguments.get("resumptionToken")
        index = TOKENS.index(token) if token else 0
        if left.get(index):
            return left[index].pop(0)
        following = TOKENS[index + 1] if index + 1 < len(pages) else ""
        return Answer(r.papers(*pages[index], token=following))

    return answer


@pytest.fixture
def oai_run(clock):
    def start(**fields):
        return start_run(RunKind.OAI, SourceFormat.ARXIV_RAW, now=clock.now(), **fields)

    return start


@pytest.fixture
def work(settings, clock):
    settings.ARXIV_SECONDS_PER_REQUEST = 0

    def on(run, server, **options):
        settings.ARXIV_OAI_URL = settings.ARXIV_API_URL = server.url
        return harvest(run, clock=clock.as_clock, **options)

    return on


PAGES = [(1, 2, 3), (4, 5, 6), (7, 8)]


def stored():
    return sorted(Paper.objects.values_list("arxiv_id", flat=True))


def all_of(pages):
    return [r.identifier(number) for page in pages for number in page]


class TestAList:
    def test_is_read_to_its_end(self, oai_run, work):
        run = oai_run(set_spec="cs:cs:CL", from_date=date(2025, 2, 1), until_date=date(2025, 3, 1))
        seen = []
        with ScriptedServer(chain(PAGES)) as server:
            run = work(run, server, on_page=lambda run: seen.append(run.pages))
        assert stored() == all_of(PAGES)
        assert (run.status, run.cursor, run.attempts) == (RunStatus.COMPLETE, "", 0)
        assert (run.pages, run.seen, run.created, run.rejected) == (3, 8, 8, 0)
        assert seen == [1, 2, 3]
        assert server.queries == [
            "verb=ListRecords&metadataPrefix=arXivRaw&set=cs%3Acs%3ACL"
            "&from=2025-02-01&until=2025-03-01",
            "verb=ListRecords&resumptionToken=" + TOKENS[1].replace("%", "%25"),
            "verb=ListRecords&resumptionToken=" + TOKENS[2].replace("%", "%25"),
        ]

    def test_survives_what_goes_wrong_on_the_way(self, oai_run, work, clock):
        faults = {
            0: [
                Answer(b"<html>busy</html>", 503, {"Retry-After": "10"}),
                Answer(b"<html><body>Maintenance</body></html>"),
            ],
            1: [Answer(r.papers(4, 5, 6, token=TOKENS[2]), cut=400), Answer(status=429)],
            2: [Answer(r.papers(7, 8)[:-40]), Answer(status=500), Answer(b"")],
        }
        with ScriptedServer(chain(PAGES, faults)) as server:
            run = work(oai_run(), server)
        assert stored() == all_of(PAGES)
        assert (run.status, run.seen, run.created, run.changed) == (RunStatus.COMPLETE, 8, 8, 0)
        assert len(server.seen) == 3 + 7
        assert clock.slept[0] == 10.0

    def test_is_the_same_when_compressed(self, oai_run, work):
        with ScriptedServer(lambda n, a: Answer(r.papers(1, 2), gzipped=True)) as server:
            assert work(oai_run(), server).created == 2

    def test_stays_whole_when_a_page_is_larger_than_a_batch(self, oai_run, work):
        numbers = range(1, 1203)
        with ScriptedServer(lambda n, a: Answer(r.papers(*numbers, token=""))) as server:
            run = work(oai_run(), server)
        assert run.created == Paper.objects.count() == len(numbers)

    def test_may_be_empty(self, oai_run, work):
        with ScriptedServer(lambda n, a: Answer(r.error("noRecordsMatch", "No."))) as server:
            run = work(oai_run(), server)
        assert (run.status, run.seen) == (RunStatus.COMPLETE, 0)
        assert "noRecordsMatch" in run.errors[0]["message"]

    def test_without_an_end_day_ends_with_the_day_of_the_first_answer(self, oai_run, work):
        with ScriptedServer(chain(PAGES)) as server:
            run = work(oai_run(), server)
        assert run.until_date == date(2025, 3, 2)

    def test_rejects_single_records_and_says_why(self, oai_run, work):
        body = r.page(
            r.record(r.raw_metadata(1), 1),
            r.record(r.raw_metadata(2, title=""), 2),
            r.record(r.raw_metadata(3, id=""), 3),
        )
        with ScriptedServer(lambda n, a: Answer(body)) as server:
            run = work(oai_run(), server)
        assert (run.status, run.seen, run.created, run.rejected) == (RunStatus.COMPLETE, 3, 1, 2)
        assert [entry["what"] for entry in run.errors] == ["rejected", "rejected"]
        assert "2502.00002" in run.errors[0]["message"]
        assert "no title" in run.errors[0]["message"]


BROKEN = {
    "HTML": b"<!DOCTYPE html><html><body>Maintenance</body></html>",
    "a cut page": r.papers(4, 5, 6, token=TOKENS[2])[:-30],
    "wrong encoding": r.papers(4, 5).replace(b"trees", b"tr\xe9es"),
    "a document type": b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + r.papers(4).split(b"\n", 1)[1],
    "an error": r.error("badArgument", "No."),
}


class TestAFailure:
    @pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
    def test_leaves_whole_pages_and_a_reason(self, oai_run, work, body):
        run = oai_run()
        with (
            ScriptedServer(chain(PAGES, {1: [Answer(body)] * 20})) as server,
            pytest.raises(RunFailed),
        ):
            work(run, server)
        run.refresh_from_db()
        assert stored() == all_of(PAGES[:1])
        assert (run.status, run.cursor, run.pages) == (RunStatus.FAILED, TOKENS[1], 1)
        assert run.errors[-1]["what"] == "error"
        assert server.url in run.errors[-1]["message"]

    def test_is_resumed_where_it_was(self, oai_run, work):
        run = oai_run()
        with ScriptedServer(chain(PAGES, {1: [Answer(b"Rate exceeded.")] * 3})) as server:
            with pytest.raises(RunFailed, match="Rate exceeded"):
                work(run, server)
            asked = len(server.seen)
            run = work(run, server)
        assert stored() == all_of(PAGES)
        assert (run.status, run.pages, run.seen, run.created) == (RunStatus.COMPLETE, 3, 8, 8)
        assert "resumptionToken" in server.queries[asked]

    def test_in_the_middle_of_a_large_page_takes_back_its_first_batches(self, oai_run, work):
        body = r.papers(*range(1, 1203))[:-60]
        with ScriptedServer(lambda n, a: Answer(body)) as server, pytest.raises(RunFailed):
            work(oai_run(), server)
        assert not Paper.objects.exists()
        assert not PaperVersion.objects.exists()

    def test_of_a_server_that_repeats_its_token(self, oai_run, work):
        endless = Answer(r.papers(1, token=TOKENS[5]))
        with (
            ScriptedServer(lambda n, a: endless) as server,
            pytest.raises(RunFailed, match="would never end"),
        ):
            work(oai_run(), server)
        assert len(server.seen) == 2

    def test_of_a_server_that_goes_in_circles(self, oai_run, work):
        def circle(number, arguments):
            return Answer(r.papers(number, token=TOKENS[number % 3 + 1]))

        with ScriptedServer(circle) as server, pytest.raises(RunFailed, match="would never end"):
            work(oai_run(), server)
        assert len(server.seen) == 4

    def test_that_is_our_own_mistake_is_on_the_run_too(self, oai_run, work, monkeypatch):
        def broken(*args, **kwargs):
            raise ZeroDivisionError("by zero")

        monkeypatch.setattr("apps.harvest.runs.service.store_records", broken)
        run = oai_run()
        with ScriptedServer(chain(PAGES)) as server, pytest.raises(ZeroDivisionError):
            work(run, server)
        run.refresh_from_db()
        assert run.status == RunStatus.FAILED
        assert "ZeroDivisionError" in run.errors[-1]["message"]


class TestAnExpiredToken:
    def test_makes_the_list_begin_again(self, oai_run, work):
        expired = Answer(r.error("badResumptionToken", "Expired."))
        run = oai_run(from_date=date(2025, 2, 1))
        with ScriptedServer(chain(PAGES, {2: [expired]})) as server:
            run = work(run, server)
        assert stored() == all_of(PAGES)
        assert (run.status, run.created, run.unchanged) == (RunStatus.COMPLETE, 8, 6)
        (note,) = run.errors
        assert note["what"] == "restart"
        assert "read again from 2025-02-01" in note["message"]

    def test_is_not_accepted_for_ever(self, oai_run, work):
        expired = [Answer(r.error("badResumptionToken", "Expired.")) for _ in range(20)]
        run = oai_run()
        with (
            ScriptedServer(chain(PAGES, {2: expired})) as server,
            pytest.raises(RunFailed, match="badResumptionToken"),
        ):
            work(run, server)
        run.refresh_from_db()
        assert run.status == RunStatus.FAILED
        assert sum(entry["what"] == "restart" for entry in run.errors) == 3


class TestStopping:
    def test_between_two_pages(self, oai_run, work, clock):
        run = oai_run()

        def stop(run):
            if run.pages == 2:
                stop_run(run.pk, clock.now())

        with ScriptedServer(chain(PAGES)) as server:
            with pytest.raises(RunTaken, match="stopped"):
                work(run, server, on_page=stop)
            run.refresh_from_db()
            assert (run.status, run.cursor) == (RunStatus.STOPPED, TOKENS[2])
            assert stored() == all_of(PAGES[:2])
            resume_run(run.pk, clock.now())
            run = work(run, server)
        assert (run.status, run.seen, run.created) == (RunStatus.COMPLETE, 8, 8)

    def test_for_now_leaves_the_run_running(self, oai_run, work, clock):
        with ScriptedServer(chain(PAGES)) as server:
            run = work(oai_run(), server, pause_at=clock.now())
        assert (run.status, run.pages) == (RunStatus.RUNNING, 0)

    def test_a_complete_run_does_not_start_again(self, oai_run, work):
        with ScriptedServer(chain(PAGES)) as server:
            run = work(oai_run(), server)
            with pytest.raises(RunTaken, match="complete"):
                work(run, server)
        assert len(server.seen) == 3


def test_one_worker_at_a_time(oai_run, work):
    run = oai_run()
    other = connections.create_connection("default")
    other.settings_dict["NAME"] = connections["default"].settings_dict["NAME"]
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [0x68617276, run.pk])
        with ScriptedServer(chain(PAGES)) as server:
            with pytest.raises(RunTaken, match="another process"):
                work(run, server)
            assert server.seen == []
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock_all()")
            assert work(run, server).status == RunStatus.COMPLETE
    finally:
        other.close()


class TestTheApi:
    @pytest.fixture
    def api_run(self, clock):
        def start(kind, query):
            return start_run(kind, SourceFormat.ATOM, now=clock.now(), query=query)

        return start

    def test_gives_papers_by_identifier(self, api_run, work):
        numbers = range(1, 251)

        def answer(number, arguments):
            wanted = arguments["id_list"].split(",")
            return Answer(
                r.feed(*(r.entry(int(i.split(".")[1]), 2) for i in wanted), total=len(wanted))
            )

        ids = "\n".join(r.identifier(n) for n in numbers)
        with ScriptedServer(answer) as server:
            run = work(api_run(RunKind.IDS, ids), server)
        assert (run.status, run.pages, run.created) == (RunStatus.COMPLETE, 3, 250)
        paper = Paper.objects.get(arxiv_id=r.identifier(7))
        assert (paper.latest_version, paper.categories) == (2, ["cs.CL", "cs.LG"])
        assert paper.authors[0]["affiliations"] == ["CSIC"]
        assert paper.versions.count() == 2

    def test_says_which_papers_do_not_exist(self, api_run, work):
        with ScriptedServer(lambda n, a: Answer(r.feed(r.entry(1), total=1))) as server:
            run = work(api_run(RunKind.IDS, "2502.00001\n2502.99999"), server)
        assert (run.created, run.rejected) == (1, 1)
        assert "2502.99999" in run.errors[0]["message"]

    def test_gives_the_results_of_a_query(self, api_run, work):
        def answer(number, arguments):
            start = int(arguments["start"])
            # Pages of arXiv are at times shorter than asked for: the next begins where it ended.
            numbers = range(start + 1, min(start + 4, 10) + 1)
            return Answer(r.feed(*map(r.entry, numbers), total=10))

        with ScriptedServer(answer) as server:
            run = work(api_run(RunKind.QUERY, "cat:cs.CL AND ti:trees"), server)
        assert (run.status, run.created, run.total) == (RunStatus.COMPLETE, 10, 10)
        starts = [query.split("start=")[1].split("&")[0] for query in server.queries]
        assert starts == ["0", "4", "8"]

    def test_asks_again_for_an_empty_page_that_should_not_be_empty(self, api_run, work):
        answers = [r.feed(r.entry(1), total=2), r.feed(total=2), r.feed(r.entry(2), total=2)]
        with ScriptedServer(lambda n, a: Answer(answers[n - 1])) as server:
            run = work(api_run(RunKind.QUERY, "trees"), server)
        assert (run.status, run.created) == (RunStatus.COMPLETE, 2)

    def test_never_passes_results_that_do_not_come(self, api_run, work):
        def answer(number, arguments):
            return Answer(r.feed(*([r.entry(1)] if arguments["start"] == "0" else []), total=2))

        run = api_run(RunKind.QUERY, "trees")
        with (
            ScriptedServer(answer) as server,
            pytest.raises(RunFailed, match="no results came from 1 of 2"),
        ):
            work(run, server)
        run.refresh_from_db()
        assert (run.status, run.cursor) == (RunStatus.FAILED, "1")

    @pytest.mark.parametrize("status", [200, 400])
    def test_passes_on_what_the_server_found_wrong(self, api_run, work, status):
        with (
            ScriptedServer(lambda n, a: Answer(r.API_ERROR, status)) as server,
            pytest.raises(RunFailed, match="start must be non-negative"),
        ):
            work(api_run(RunKind.QUERY, "trees"), server)
        assert len(server.seen) == 1

    def test_may_find_nothing(self, api_run, work):
        with ScriptedServer(lambda n, a: Answer(r.feed(total=0))) as server:
            run = work(api_run(RunKind.QUERY, "trees"), server)
        assert (run.status, run.seen) == (RunStatus.COMPLETE, 0)


def test_runs_name_themselves(oai_run):
    assert "2025-03-02 01:15" in str(oai_run())
    assert HarvestRun.objects.unfinished().count() == 1
