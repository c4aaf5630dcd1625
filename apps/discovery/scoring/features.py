"""The facts of the score, read for a batch of papers.

Neither the number of queries nor the cost of one depends on the size of the batch or the site.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db import connection
from django.db.models import Max, Min

from apps.core.bulk_sql import fetch_rows
from apps.discovery.models import AuthorPaper, RelatedPaper, Score
from apps.discovery.scoring.formulas import AuthorRecord, Facts, Neighbour
from apps.discovery.scoring.formulas.authors import BUSY
from apps.papers.models import Paper
from apps.text.arxiv.author_key import author_keys

YEAR = timedelta(days=365)
AUTHORS_LOOKED_UP = 40
PAST_PAPERS_OF_AN_AUTHOR = 5
SITE_SAMPLE = 2000


@dataclass(slots=True)
class PastScores:
    """Scores of papers under one formula.

    computed: unsaved scores by paper, of a run that writes nothing (`rescore --compare`).
    """

    formula: int
    computed: Mapping[int, float] | None = None

    def of(self, paper_keys: Sequence[int]) -> dict[int, float]:
        """Return the scores of those papers that have one."""
        stored = dict(
            Score.objects.filter(paper__in=paper_keys, formula=self.formula).values_list(
                "paper_id", "value"
            )
        )
        computed = self.computed or {}
        return stored | {key: computed[key] for key in paper_keys if key in computed}


class _Site:
    """A sample of this site's papers: (submitted, key), oldest first.

    score: their mean score, None without any.
    """

    def __init__(self, sample: Sequence[tuple[datetime, int]], past: PastScores) -> None:
        self._dates = [moment for moment, _ in sample]
        self._place = {key: place for place, (_, key) in enumerate(sample)}
        scores = past.of(list(self._place)).values()
        self.score = sum(scores) / len(scores) if scores else None

    def dates_without(self, paper: int) -> list[datetime]:
        """Return the dates, oldest first, without one paper."""
        place = self._place.get(paper)
        if place is None:
            return self._dates
        return self._dates[:place] + self._dates[place + 1 :]


def facts_about(papers: Sequence[Paper], past: PastScores) -> dict[int, Facts]:
    """Return the facts of each paper, in six queries. past: the scores of earlier papers."""
    neighbours = _neighbours_of([paper.pk for paper in papers])
    authors = _authors_of(papers, past)
    site = _Site(_dates_of_site(), past)
    return {
        paper.pk: Facts(
            submitted_at=paper.submitted_at,
            abstract=paper.abstract,
            comments=paper.comments,
            journal_ref=paper.journal_ref,
            categories=paper.categories,
            author_count=len(paper.authors),
            neighbours=neighbours[paper.pk],
            site_dates=site.dates_without(paper.pk),
            site_score=site.score,
            authors=authors[paper.pk],
        )
        for paper in papers
    }


def _neighbours_of(paper_keys: Sequence[int]) -> dict[int, list[Neighbour]]:
    """Return the neighbours of each paper, nearest first, with its place in their lists."""
    table = connection.ops.quote_name(RelatedPaper._meta.db_table)
    papers = connection.ops.quote_name(Paper._meta.db_table)
    statement = f"""
        WITH near AS (
            SELECT paper_id, other_id, similarity FROM {table} WHERE paper_id = ANY(%s)
        ), ranked AS (
            SELECT paper_id, other_id,
                   row_number() OVER (
                       PARTITION BY paper_id ORDER BY similarity DESC, other_id
                   ) AS place,
                   count(*) OVER (PARTITION BY paper_id) AS listed
            FROM {table} WHERE paper_id IN (SELECT other_id FROM near)
        )
        SELECT near.paper_id, near.similarity, p.submitted_at, ranked.place, lists.listed
        FROM near
        JOIN {papers} AS p ON p.id = near.other_id
        LEFT JOIN ranked ON ranked.paper_id = near.other_id AND ranked.other_id = near.paper_id
        LEFT JOIN (SELECT DISTINCT paper_id, listed FROM ranked) AS lists
            ON lists.paper_id = near.other_id
        ORDER BY near.paper_id, near.similarity DESC, near.other_id
    """
    found: dict[int, list[Neighbour]] = defaultdict(list)
    for key, similarity, submitted_at, place, listed in fetch_rows(statement, [list(paper_keys)]):
        found[key].append(Neighbour(similarity, submitted_at, place, listed or 0))
    return found


def _authors_of(papers: Sequence[Paper], past: PastScores) -> dict[int, list[AuthorRecord]]:
    """Return the record of each author of each paper, in order.

    An earlier paper of several of the authors counts for the first of them.
    """
    asked = [
        (paper.pk, key, paper.submitted_at)
        for paper in papers
        for key in islice(author_keys(paper.author_names), AUTHORS_LOOKED_UP)
    ]
    earlier = _earlier_papers(asked)
    looked_at = {
        at: [key for key, _ in found[:PAST_PAPERS_OF_AN_AUTHOR]] for at, found in earlier.items()
    }
    scores = past.of(sorted({key for keys in looked_at.values() for key in keys}))
    authors: dict[int, list[AuthorRecord]] = defaultdict(list)
    counted: dict[int, set[int]] = defaultdict(set)
    for paper, author, submitted_at in asked:
        found = earlier.get((paper, author), [])
        in_year = sum(moment >= submitted_at - YEAR for _, moment in found)
        fresh = [key for key in looked_at.get((paper, author), []) if key not in counted[paper]]
        counted[paper].update(fresh)
        past_scores = [scores[key] for key in fresh if key in scores]
        authors[paper].append(AuthorRecord(in_year, past_scores))
    return authors


def _earlier_papers(
    asked: Sequence[tuple[int, str, datetime]],
) -> dict[tuple[int, str], list[tuple[int, datetime]]]:
    """Return the newest papers of each author in the two years before the paper, newest first.

    Limited, so that a common name costs no more than a rare one.
    """
    table = connection.ops.quote_name(AuthorPaper._meta.db_table)
    statement = f"""
        SELECT asked.paper, asked.author, earlier.paper_id, earlier.submitted_at
        FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::timestamptz[])
            AS asked(paper, author, came, since)
        CROSS JOIN LATERAL (
            SELECT paper_id, submitted_at FROM {table}
            WHERE author_key = asked.author
                AND submitted_at < asked.came AND submitted_at >= asked.since
            ORDER BY submitted_at DESC, paper_id DESC
            LIMIT {max(BUSY, PAST_PAPERS_OF_AN_AUTHOR)}
        ) AS earlier
    """
    keys, names, came = zip(*asked, strict=True) if asked else ((), (), ())
    since = [moment - 2 * YEAR for moment in came]
    found: dict[tuple[int, str], list[tuple[int, datetime]]] = defaultdict(list)
    for paper, author, key, submitted_at in fetch_rows(
        statement, [list(keys), list(names), list(came), since]
    ):
        found[paper, author].append((key, submitted_at))
    return found


def _dates_of_site() -> list[tuple[datetime, int]]:
    """Return (submitted, key) of embedded papers that are not withdrawn, oldest first.

    Of a large site, an even sample of about two thousand keys.
    """
    ends = Paper.objects.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return []
    step = max((ends["last"] - ends["first"] + 1) / SITE_SAMPLE, 1.0)
    count = int((ends["last"] - ends["first"]) / step) + 1
    keys = [ends["first"] + int(place * step) for place in range(count)]
    found = Paper.objects.not_withdrawn().filter(pk__in=keys, embedding__isnull=False)
    return sorted(found.values_list("submitted_at", "pk").order_by())
