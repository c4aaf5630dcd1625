"""The desk page: every figure, and the number of queries."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from lxml import html

from apps.core.stages import stages
from apps.discovery.models import Score
from apps.harvest.models import HarvestRun, RunKind, RunStatus
from apps.harvest.runs.gaps import missing_days
from apps.papers.records import SourceFormat
from apps.review.dashboard.health import check_workers
from apps.review.dashboard.quality import FEWEST_JUDGEMENTS, CheckFigures, check_figures, edit_rates
from apps.review.dashboard.throughput import flow_by_category, flow_by_day, publication_lag
from apps.review.models import Decision
from apps.review.publishing.policy import publish_ready
from apps.review.templatetags.desk import duration, percent, percent_of
from apps.text.diff.chrf import chrf, count_grams
from apps.translation.models import Segment, Translation
from tests.support.acts import edit_segments, publish
from tests.support.builders import NOW, build_paper
from tests.support.queue_entries import refresh
from tests.support.translations import RIGHT, WRONG, translated

pytestmark = pytest.mark.django_db
DESK = "/admin/desk/"
LATER = NOW + timedelta(hours=1)


def machine_made(text: str = RIGHT, engine: str = "bergamot", **fields) -> Translation:
    """A translation whose sentences a machine wrote."""
    translation = translated(text, **fields)
    for segment in translation.segments.all():
        Segment.objects.filter(pk=segment.pk).update(machine_text=segment.text, engine=engine)
    return translation


def edited(translation, text, actor):
    segment = translation.segments.get(field="abstract")
    edit_segments(translation.pk, {segment.pk: text}, actor=actor, now=LATER)


def test_days_count_submitted_waiting_and_published_papers(admin_user):
    yesterday = NOW - timedelta(days=1)
    translated(submitted_at=yesterday)
    held = translated(WRONG, submitted_at=yesterday)
    approved = translated(submitted_at=NOW)
    translated(submitted_at=NOW - timedelta(days=40))
    refresh()
    publish(approved.pk, actor=admin_user, reviewed=True, now=NOW)
    publish_ready(policy="clean", now=NOW)
    days = {day.day: day for day in flow_by_day("ja", NOW)}
    assert len(days) == 14
    first, last = days[yesterday.date()], days[NOW.date()]
    assert (first.submitted, first.public, first.waiting) == (2, 1, 1)
    assert (last.submitted, last.public, last.waiting) == (1, 1, 0)
    assert (first.published, last.published, last.approved) == (0, 3, 1)
    edited(held, RIGHT, admin_user)
    assert flow_by_day("ja", NOW)[-1].edited == 1


def test_categories_count_cross_lists():
    translated(categories=["cs.CL", "cs.LG"], submitted_at=NOW)
    translated(WRONG, categories=["cs.CL"], submitted_at=NOW)
    refresh()
    publish_ready(policy="clean", now=LATER)
    flows = {flow.category: flow for flow in flow_by_category("ja", NOW)}
    assert (flows["cs.CL"].submitted, flows["cs.CL"].public, flows["cs.CL"].waiting) == (2, 1, 1)
    assert (flows["cs.LG"].submitted, flows["cs.LG"].neither) == (1, 0)


def test_the_lag_covers_only_new_papers():
    for hours in (1, 2, 30, 24 * 50):
        translated(submitted_at=NOW - timedelta(hours=hours))
    publish_ready(policy="clean", now=NOW)
    lag = publication_lag("ja", NOW)
    assert (lag.papers, lag.late, lag.median) == (3, 1, timedelta(hours=2))
    assert timedelta(hours=2) < lag.p90 < timedelta(hours=30)
    assert publication_lag("ja", NOW + timedelta(days=8)).median is None


def test_edit_rates_count_for_the_engine_also_after_a_person_edited(admin_user):
    changed, kept = machine_made(WRONG), machine_made(RIGHT, primary_category="math.CO")
    edited(changed, RIGHT, admin_user)
    publish(changed.pk, actor=admin_user, reviewed=True, now=LATER)
    publish(kept.pk, actor=admin_user, reviewed=True, now=LATER)
    engines, categories = edit_rates("ja", LATER)
    (rate,) = engines
    assert (rate.name, rate.sentences, rate.changed, rate.share) == ("bergamot", 4, 1, 0.25)
    pairs = [(WRONG, RIGHT), (RIGHT, RIGHT), ("題名", "題名"), ("題名", "題名")]
    assert rate.chrf == pytest.approx(chrf(count_grams(*pair) for pair in pairs))
    assert {one.name: (one.sentences, one.changed) for one in categories} == {
        "cs.CL": (2, 1),
        "math.CO": (2, 0),
    }
    assert edit_rates("ja", LATER + timedelta(days=31)) == ([], [])


def test_a_finding_is_right_if_the_text_was_changed_and_wrong_if_it_was_approved(admin_user):
    settled, kept, dismissed, waiting = (translated(WRONG, submitted_at=NOW) for _ in range(4))
    edited(settled, RIGHT, admin_user)
    edited(kept, "8つの場合に成り立つ。", admin_user)
    publish(dismissed.pk, actor=admin_user, reviewed=True, now=LATER)
    refresh()
    (numbers,) = [found for found in check_figures("ja", LATER) if found.name == "numbers"]
    assert (numbers.right, numbers.judged, numbers.open, numbers.blocking) == (1, 3, 1, 1)
    assert numbers.precision is None
    assert waiting.queue_entry.blocking == ["numbers"]


@pytest.mark.parametrize(
    ("right", "judged", "precision"),
    [(9, FEWEST_JUDGEMENTS - 1, None), (5, FEWEST_JUDGEMENTS, 5 / FEWEST_JUDGEMENTS)],
)
def test_few_judged_findings_give_no_precision(right, judged, precision):
    assert CheckFigures("math", 0, 0, right, judged).precision == precision


def run_over(first: date | None, last: date | None, status: str = RunStatus.COMPLETE) -> None:
    HarvestRun.objects.create(
        kind=RunKind.OAI,
        status=status,
        source_format=SourceFormat.ARXIV_RAW,
        set_spec="cs",
        from_date=first,
        until_date=last,
        started_at=NOW,
        touched_at=NOW,
    )


def may(day: int) -> date:
    return date(2026, 5, day)


GAPS = {
    "none": ([], []),
    "one run": ([(1, 3)], []),
    "days that touch": ([(1, 3), (4, 5)], []),
    "days that overlap": ([(1, 5), (2, 3), (5, 9)], []),
    "one day": ([(1, 3), (5, 6)], [(4, 4)]),
    "two gaps, runs in any order": ([(10, 11), (1, 2), (5, 6)], [(3, 4), (7, 9)]),
}


@pytest.mark.parametrize(("spans", "gaps"), GAPS.values(), ids=GAPS)
def test_gaps_are_days_without_a_complete_run(spans, gaps):
    for first, last in spans:
        run_over(may(first), may(last))
    run_over(may(1), may(28), RunStatus.FAILED)
    assert missing_days("cs") == [(may(first), may(last)) for first, last in gaps]


def test_a_run_from_the_beginning_leaves_no_gap_before_it():
    run_over(may(1), may(2))
    run_over(None, may(9))
    assert missing_days("cs") == []


def test_an_unreachable_broker_is_reported():
    found = check_workers("redis://127.0.0.1:1/0", seconds=0.05)
    assert found.error
    assert (found.workers, found.queues) == ([], [])


def test_queue_lengths_and_missing_workers_are_reported(settings):
    found = check_workers(settings.REDIS_URL, seconds=0.05)
    assert not found.error
    assert found.workers == []
    assert [name for name, _ in found.queues] == ["celery"]


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (None, "–"),
        (timedelta(minutes=80), "1"),
        (timedelta(hours=47), "47"),
        (timedelta(days=3, hours=12), "3.5"),
    ],
)
def test_a_duration_is_in_hours_then_in_days(time, words):
    assert words in duration(time)


def test_shares_and_bars():
    assert (percent(0.256), percent(None)) == ("26%", "–")
    assert (percent_of(1, 4), percent_of(1, 0)) == ("25.00", "0")


def test_the_page_shows_all_sections_without_inline_scripts_or_styles(
    admin_client, admin_user, settings
):
    settings.HARVEST_SETS = ["cs"]
    run_over(may(1), may(2))
    run_over(may(4), may(5))
    edited(machine_made(WRONG, submitted_at=NOW), RIGHT, admin_user)
    translated(WRONG)
    refresh()
    content = admin_client.get(DESK).content.decode()
    tree = html.fromstring(content)
    assert len(tree.xpath("//main//svg[@role='img'][@aria-label]")) == 4
    assert not tree.xpath("//main//script | //main//style | //main//*[@style]")
    for place in ("desk-flow", "desk-edits", "desk-checks", "desk-machinery"):
        assert tree.xpath(f"//h2[@id='{place}']")
    assert "2026-05-03" in content


def test_every_stage_with_progress_has_a_row_on_the_desk(admin_client):
    build_paper(changed_at=timezone.now())
    tree = html.fromstring(admin_client.get(DESK).content.decode())
    rows = {
        row.xpath("string(th)"): row.xpath("string(td)").strip()
        for row in tree.xpath("//section[@aria-labelledby='desk-machinery']//tr[td]")
    }
    with override("ja"):
        wanted = [str(stage.label) for stage in stages() if stage.pending is not None]
    assert list(rows) == wanted
    assert (rows["翻訳の準備"], rows["文の翻訳"]) == ("1", "0")


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(
    admin_client, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(22) as few:
        admin_client.get(DESK)
    for number in range(5):
        item = translated(WRONG if number % 2 else RIGHT, categories=[f"cs.{number}"])
        Score.objects.create(paper=item.paper, formula=2, value=9, components=[], scored_at=NOW)
    refresh()
    publish_ready(policy="clean", now=NOW)
    assert Decision.objects.exists()
    with django_assert_num_queries(len(few)):
        admin_client.get(DESK)


def test_the_desk_needs_the_right_to_see_the_queue(client, django_user_model):
    assert client.get(DESK).status_code == 302
    user = django_user_model.objects.create_user("reader", password="x", is_staff=True)
    client.force_login(user)
    assert client.get(DESK).status_code == 403


def test_the_queue_and_the_index_of_the_admin_link_to_the_desk(admin_client):
    assert reverse("review_desk") == DESK
    for address in ("/admin/", "/admin/review/queueentry/"):
        tree = html.fromstring(admin_client.get(address).content.decode())
        assert tree.xpath(f"//a[@href='{DESK}']")
