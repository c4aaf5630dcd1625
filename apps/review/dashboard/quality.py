"""The quality of engines and checks, measured by what editors changed and approved."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db import connection

from apps.review.models import Decision, DecisionKind, QueueEntry
from apps.text.diff.chrf import GramCounts, chrf, count_grams
from apps.translation.models import Segment, SegmentOrigin, Translation

EDIT_DAYS: Final = 30
MOST_SENTENCES: Final = 1000
"""Only the latest approved sentences are read, because their texts are compared."""
JUDGED_DAYS: Final = 90
MOST_DECISIONS: Final = 5000
OPEN_DAYS: Final = 30
FEWEST_JUDGEMENTS: Final = 10
"""A check with fewer judged findings shows no precision."""

_SENTENCES = f"""
    WITH latest AS (
        SELECT id, translation_id, engine, origin, machine_text, text
        FROM {Segment._meta.db_table}
        WHERE approved_at IS NOT NULL AND approved_at >= %(since)s AND machine_text <> ''
        ORDER BY approved_at DESC LIMIT %(most)s
    ), replaced_engine AS (
        SELECT DISTINCT ON (segment) (change ->> 'segment')::bigint AS segment,
               change -> 'was' ->> 'engine' AS engine
        FROM {Decision._meta.db_table} AS decision,
             jsonb_array_elements(decision.detail -> 'segments') AS change
        WHERE decision.translation_id IN (
                SELECT translation_id FROM latest WHERE origin = %(person)s
            ) AND change -> 'was' ->> 'engine' <> ''
        ORDER BY segment, decision.id
    )
    SELECT COALESCE(NULLIF(latest.engine, ''), replaced_engine.engine, ''), paper.primary_category,
           latest.machine_text, latest.text
    FROM latest
    JOIN {Translation._meta.db_table} AS translation ON translation.id = latest.translation_id
    JOIN papers_paper AS paper ON paper.id = translation.paper_id
    LEFT JOIN replaced_engine ON replaced_engine.segment = latest.id
    WHERE translation.language = %(language)s
"""
_JUDGED = f"""
    WITH recent AS (
        SELECT detail FROM {Decision._meta.db_table}
        WHERE kind = ANY(%(kinds)s) AND decided_at >= %(since)s
        ORDER BY decided_at DESC LIMIT %(most)s
    ), judged AS (
        SELECT jsonb_array_elements_text(change -> 'settled') AS name, true AS was_right
        FROM recent, jsonb_array_elements(detail -> 'segments') AS change
        UNION ALL
        SELECT jsonb_array_elements_text(change -> 'kept'), false
        FROM recent, jsonb_array_elements(detail -> 'segments') AS change
        UNION ALL
        SELECT jsonb_array_elements_text(change -> 'dismissed'), false
        FROM recent, jsonb_array_elements(detail -> 'approved') AS change
    )
    SELECT name, count(*) FILTER (WHERE was_right), count(*) FROM judged GROUP BY name
"""
_OPEN = f"""
    SELECT name, count(*) FILTER (WHERE name = ANY(blocking)), count(*)
    FROM {QueueEntry._meta.db_table}, unnest(blocking || others) AS name
    WHERE day >= %s AND language = %s GROUP BY name
"""
_JUDGING = (
    DecisionKind.EDIT,
    DecisionKind.FIX,
    DecisionKind.SUGGESTION,
    DecisionKind.SENTENCES,
    DecisionKind.APPROVE,
)


@dataclass(frozen=True, slots=True)
class EditRate:
    """How many of the approved sentences of an engine or a category people had changed.

    chrf: similarity of the machine's texts to the final ones, 0 to 100.
    """

    name: str
    sentences: int
    changed: int
    chrf: float | None

    @property
    def share(self) -> float:
        """The share of changed sentences, 0 to 1."""
        return self.changed / self.sentences


@dataclass(frozen=True, slots=True)
class CheckFigures:
    """The figures of one check.

    open: translations of the last OPEN_DAYS days with such a finding; blocking: those it blocks.
    judged: findings a person decided on; right: those that a change of the text resolved.
    """

    name: str
    open: int
    blocking: int
    right: int
    judged: int

    @property
    def precision(self) -> float | None:
        """The share of findings that were right, 0 to 1; None with too few judged ones."""
        return self.right / self.judged if self.judged >= FEWEST_JUDGEMENTS else None


def edit_rates(language: str, now: datetime) -> tuple[list[EditRate], list[EditRate]]:
    """Return the edit rates by engine and by primary category, most sentences first.

    They cover the last EDIT_DAYS days, at most the latest MOST_SENTENCES sentences. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _SENTENCES,
            {
                "since": now - timedelta(days=EDIT_DAYS),
                "most": MOST_SENTENCES,
                "person": SegmentOrigin.PERSON,
                "language": language,
            },
        )
        rows = cursor.fetchall()
    by_engine: dict[str, list[_Sentence]] = defaultdict(list)
    by_category: dict[str, list[_Sentence]] = defaultdict(list)
    for engine, category, written, final in rows:
        sentence = _Sentence(written != final, count_grams(written, final))
        by_engine[engine].append(sentence)
        by_category[category].append(sentence)
    return _rates(by_engine), _rates(by_category)


def check_figures(language: str, now: datetime) -> list[CheckFigures]:
    """Return the figures of all checks, most open findings first. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(
            _JUDGED,
            {
                "kinds": list(_JUDGING),
                "since": now - timedelta(days=JUDGED_DAYS),
                "most": MOST_DECISIONS,
            },
        )
        judged = {name: (right, total) for name, right, total in cursor.fetchall()}
        cursor.execute(_OPEN, [(now - timedelta(days=OPEN_DAYS)).date(), language])
        open_now = {name: (blocking, total) for name, blocking, total in cursor.fetchall()}
    figures = []
    for name in judged.keys() | open_now.keys():
        blocking, total = open_now.get(name, (0, 0))
        figures.append(CheckFigures(name, total, blocking, *judged.get(name, (0, 0))))
    return sorted(figures, key=lambda check: (-check.open, -check.judged, check.name))


class _Sentence(NamedTuple):
    is_changed: bool
    grams: GramCounts


def _rates(groups: Mapping[str, Sequence[_Sentence]]) -> list[EditRate]:
    rates = [
        EditRate(
            of,
            len(sentences),
            sum(sentence.is_changed for sentence in sentences),
            chrf(sentence.grams for sentence in sentences),
        )
        for of, sentences in groups.items()
    ]
    return sorted(rates, key=lambda rate: (-rate.sentences, rate.name))
