"""Reports: the stored list of rising terms of each week and category."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from apps.core.bulk_sql import fetch_rows
from apps.discovery.models import Trend, TrendReport, TrendWeek
from apps.discovery.trends import statistic
from apps.discovery.trends.counting import (
    WEEKS,
    Papers,
    Span,
    TermCounts,
    papers_by_category,
    papers_with_terms,
    terms_by_category,
)  # fmt: skip
from apps.discovery.trends.statistic import Rise
from apps.papers.models import Paper
from apps.text.terms.key_terms import key_terms

SETTLING = timedelta(days=3)
"""By then, papers of the Sunday that ended a week are announced and harvested."""

LOOKED_AT = 3 * statistic.KEPT
EXAMPLES = 8
PAPERS_FOR_LABEL = 5
PAPERS_FOR_GROUPS = 40

# Any number that no other advisory lock of this database uses.
_LOCK = 0x7472656E


def last_complete_week(now: datetime) -> date:
    """Return the Monday of the latest week whose papers have all been announced."""
    day = (now.astimezone(UTC) - SETTLING).date()
    return day - timedelta(days=day.weekday() + 7)


def weeks_to_compute(now: datetime) -> list[tuple[date, int, int]]:
    """Return the weeks whose trends are missing or outdated, latest first.

    Each with the number of changes in its last weeks and in all its weeks. Trends are outdated
    after a new version of the statistic, or when either number has grown by more than half a
    percent since; single replaced papers do not count.
    """
    lately, in_all = statistic.LAST_WEEKS - 1, WEEKS - 1
    statement = f"""
        WITH spans AS (
            SELECT week, statistic, seen_lately, seen_in_all,
                (sum(changes) OVER (by_week RANGE INTERVAL '{lately} weeks' PRECEDING))::bigint
                    AS lately,
                (sum(changes) OVER (by_week RANGE INTERVAL '{in_all} weeks' PRECEDING))::bigint
                    AS in_all
            FROM {TrendWeek._meta.db_table} WINDOW by_week AS (ORDER BY week)
        )
        SELECT week, lately, in_all FROM spans
        WHERE week <= %s AND (
            statistic IS DISTINCT FROM %s
            OR lately - seen_lately > seen_lately / 200
            OR in_all - seen_in_all > seen_in_all / 200
        )
        ORDER BY week DESC
    """
    return fetch_rows(statement, [last_complete_week(now), statistic.VERSION])


@transaction.atomic
def compute_next_week(*, now: datetime) -> int:
    """Compute the trends of the latest pending week; return 1, or 0 where none is pending.

    Also 0 while another worker computes: the counts take much memory.
    """
    is_locked = fetch_rows("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])[0][0]
    waiting = weeks_to_compute(now) if is_locked else []
    if not waiting:
        return 0
    week, lately, in_all = waiting[0]
    compute_week(week, now=now)
    TrendWeek.objects.filter(week=week).update(
        statistic=statistic.VERSION, seen_lately=lately, seen_in_all=in_all
    )
    return 1


@transaction.atomic
def compute_week(week: date, *, now: datetime) -> int:
    """Replace the reports of `week`, a Monday, and return how many there are."""
    span = Span(week)
    papers = papers_by_category(span)
    found = _rising_terms(span, papers) if papers else {}
    TrendReport.objects.filter(week=week).delete()
    reports = TrendReport.objects.bulk_create(
        TrendReport(
            week=week,
            category=category,
            papers=of_category.sizes.papers,
            papers_before=of_category.sizes.before,
            weekly_papers=of_category.weekly,
            statistic=statistic.VERSION,
            computed_at=now,
        )
        for category, of_category in papers.items()
    )
    Trend.objects.bulk_create(
        (
            _trend(report, rank, item, papers[report.category])
            for report in reports
            for rank, item in enumerate(found.get(report.category, ()), start=1)
        ),
        batch_size=500,
    )
    return len(reports)


@dataclass(frozen=True, slots=True)
class _RisingTerm:
    """A rise with its counts, the usual spelling of the term, and example papers."""

    rise: Rise
    counts: TermCounts
    label: str
    acronym: str
    examples: list[int]


def _rising_terms(span: Span, papers: Mapping[str, Papers]) -> dict[str, list[_RisingTerm]]:
    rises: dict[str, list[Rise]] = defaultdict(list)
    counts: dict[tuple[str, str], TermCounts] = {}
    for counted in terms_by_category(span, papers):
        sizes = papers[counted.category].sizes
        rise = statistic.rise_of(counted.term, counted.papers, counted.before, sizes)
        if rise is not None:
            rises[counted.category].append(rise)
            counts[counted.category, counted.term] = counted
    looked_at = {
        category: statistic.ranked(of_category)[:LOOKED_AT]
        for category, of_category in rises.items()
    }
    terms = {category: [rise.term for rise in some] for category, some in looked_at.items()}
    keys = papers_with_terms(span, terms, papers)
    kept = _without_duplicates(looked_at, keys)
    labels = _labels(
        {rise.term: keys[category, rise.term] for category, some in kept.items() for rise in some}
    )
    return {
        category: [
            _RisingTerm(
                rise,
                counts[category, rise.term],
                *labels.get(rise.term, (rise.term, "")),
                keys[category, rise.term][:EXAMPLES],
            )
            for rise in some
        ]
        for category, some in kept.items()
    }


def _without_duplicates(
    looked_at: Mapping[str, Sequence[Rise]], keys: Mapping[tuple[str, str], list[int]]
) -> dict[str, list[Rise]]:
    """Return the rises of each category without duplicates and terms of few author groups."""
    asked = {key for found in keys.values() for key in found[:PAPERS_FOR_GROUPS]}
    authors = {
        pk: {author["name"] for author in names}
        for pk, names in Paper.objects.filter(pk__in=asked).values_list("pk", "authors")
    }
    kept = {}
    for category, rises in looked_at.items():
        common = [
            rise
            for rise in rises
            if statistic.independent_groups(
                authors[key]
                for key in keys[category, rise.term][:PAPERS_FOR_GROUPS]
                if key in authors
            )
            >= statistic.FEWEST_GROUPS
        ]
        papers_of = {rise.term: set(keys[category, rise.term]) for rise in common}
        kept[category] = statistic.without_duplicates(common, papers_of)
    return kept


def _labels(keys: Mapping[str, list[int]]) -> dict[str, tuple[str, str]]:
    """Return the label and the acronym of each term.

    An acronym that papers explain is written out and shown beside the label; others are "".
    """
    asked = {key for found in keys.values() for key in found[:PAPERS_FOR_LABEL]}
    written: dict[str, list[str]] = defaultdict(list)
    written_out: dict[str, list[str]] = defaultdict(list)
    texts = Paper.objects.filter(pk__in=asked).order_by("pk").values_list("title", "abstract")
    for pair in texts.iterator(chunk_size=500):
        # Titles have capitals, so each text is processed separately.
        for term in (term for text in pair for term in key_terms("", text)):
            # Prefer "vision-language-action model" to "VLA", which is the same term.
            if term.term in keys and not (" " in term.term and term.written.isalnum()):
                written[term.term].append(term.written)
            if term.acronym in keys:
                written_out[term.acronym].append(term.written)
    labels = {term: (_usual_form(forms), "") for term, forms in written.items()}
    for acronym, forms in written_out.items():
        labels[acronym] = _usual_form(forms), labels.get(acronym, (acronym.upper(), ""))[0]
    return labels


def _usual_form(forms: Iterable[str]) -> str:
    """Return the most frequent form, in its spelling with the fewest capitals."""
    by_letters: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        one_line = " ".join(form.split())
        by_letters[one_line.casefold()].append(one_line)
    _, same = max(by_letters.items(), key=lambda item: (len(item[1]), item[0]))
    often = Counter(same)
    return min(often, key=lambda form: (sum(map(str.isupper, form)), -often[form], form))


def _trend(report: TrendReport, rank: int, found: _RisingTerm, papers: Papers) -> Trend:
    rise = found.rise
    return Trend(
        report=report,
        rank=rank,
        term=rise.term,
        label=found.label,
        acronym=found.acronym,
        papers=rise.papers,
        share=rise.papers / papers.sizes.papers,
        share_before=rise.before / papers.sizes.before,
        growth=rise.growth,
        evidence=rise.evidence,
        weekly=found.counts.weekly,
        examples=found.examples,
    )
