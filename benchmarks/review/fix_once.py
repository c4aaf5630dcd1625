"""What it costs to find the same error everywhere, next to `text__contains`.

Fills a database with --papers made papers and made Japanese of them, sentence by sentence, three in
ten unpublished, and errors planted in some. Then asks for each kind of error with `find_same_error`
and with a plain `text__contains` over all sentences, and prints the time of both, their ratio, and
how much of what the plain way finds is found. At the end corrects up to 500 sentences and takes it
back, and prints the time for each.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.discovery.search.indexing import index_batch
from apps.discovery.search.lexicon import recount
from apps.papers.models import Paper
from apps.review.corrections.apply import apply_fix, text_digest, undo_batch
from apps.review.corrections.find import find_same_error
from apps.translation.models import Segment, SegmentState, Translation
from apps.translation.status import TranslationStatus
from benchmarks.scaffold.environment import empty_database
from benchmarks.scaffold.made_japanese import Writer
from benchmarks.scaffold.made_papers import papers as made_papers
from benchmarks.scaffold.rows import (
    LANGUAGE,
    NOW,
    copy_in,
    papers_of,
    segments_of,
    settle,
    translation_of,
)
from benchmarks.scaffold.timing import timed
from benchmarks.sites.published import blocks_of, until_done

TINY = "--papers 60 --often 20"
BLOCK = 2_000
SHARE_UNPUBLISHED = 0.3
ROUNDS = 5
LIMIT = 500
# What was planted: (one in so many papers, English, Japanese). The third is right as it stands.
PLANTED = (
    (400, "We train an LLM on the data.", "LSMをデータで訓練する。"),
    (400, "We use off-policy learning.", "政治の学習を用いる。"),
    (50, "We ask about politics.", "政治について尋ねる。"),
)
# (what is asked for, wrong, right, term in the source)
ASKED = (
    ("an acronym", "LSM", "LLM", "LLM"),
    ("a word that is right elsewhere", "政治", "オフポリシー", "off-policy"),
    ("a word that is right elsewhere, no term", "政治", "オフポリシー", ""),
    ("a word of every second paper", "手法", "方式", ""),
    ("a word that is nowhere", "素早い工学", "プロンプト工学", "prompt engineering"),
)


def fill(count: int, often: int) -> int:
    """Store papers, translations and sentences, index what is published; return the sentences."""
    writer = Writer()
    stored = sentences = 0
    for block in blocks_of(made_papers(count), BLOCK):
        papers = papers_of(block, stored + 1)
        rows = [rows_of(paper, writer, often) for paper in papers]
        copy_in(papers)
        copy_in(translation for translation, _segments in rows)
        sentences += copy_in(segment for _translation, segments in rows for segment in segments)
        stored += len(block)
    until_done(index_batch, changed_since=None, limit=BLOCK)
    recount()
    settle()
    return sentences


def rows_of(paper: Paper, writer: Writer, often: int) -> tuple[Translation, list[Segment]]:
    """Return the translation of a paper and its sentences, each with a source.

    Errors are planted `often` times as often as PLANTED says.
    """
    fields = ("arxiv_id", "title", "abstract", "categories")
    title, summary, abstract = writer.write({name: getattr(paper, name) for name in fields})
    japanese = [f"{text}。" for text in abstract.split("。") if text]
    pairs = list(zip(paper.abstract.split(". "), japanese, strict=False))
    chance = random.Random(paper.pk)
    for one_in, source, text in PLANTED:
        if chance.random() < often / one_in:
            pairs[chance.randrange(len(pairs))] = source, text
    paper.abstract = " ".join(source for source, _text in pairs)
    is_public = chance.random() >= SHARE_UNPUBLISHED
    translation = translation_of(
        paper,
        title,
        "".join(text for _source, text in pairs),
        summary=summary,
        status=TranslationStatus.PUBLISHED if is_public else TranslationStatus.READY,
        published_at=NOW if is_public else None,
    )
    return translation, list(segments_of(paper.pk, [(paper.title, title), *pairs]))


def plain(wrong: str, term: str) -> list[int]:
    """Return what anybody would write first: every sentence that holds the text."""
    rows = (
        Segment.objects.open_to_machines()
        .filter(state=SegmentState.DONE, text__contains=wrong, translation__language=LANGUAGE)
        .exclude(translation__status=TranslationStatus.SUPERSEDED)
    )
    if term:
        rows = rows.filter(source__icontains=term)
    return list(rows.values_list("pk", flat=True))


def median_of(ask: Callable[[], Any]) -> tuple[float, Any]:
    """Return the median milliseconds of some rounds after one to warm up, and the answer."""
    ask()
    rounds = [timed(ask) for _ in range(ROUNDS)]
    return statistics.median(took for took, _answer in rounds), rounds[-1][1]


def compare() -> Iterator[str]:
    """Yield a line for each kind of error."""
    for name, wrong, right, term in ASKED:

        def ours(wrong: str = wrong, right: str = right, term: str = term) -> Any:
            return find_same_error(wrong, term, LANGUAGE, right=right, limit=LIMIT, now=NOW)

        def theirs(wrong: str = wrong, term: str = term) -> list[int]:
            return plain(wrong, term)

        milliseconds, found = median_of(ours)
        scanned, all_of_them = median_of(theirs)
        with CaptureQueriesContext(connection) as made:
            ours()
        keys = {segment.pk for segment in found.segments}
        share = len(keys & set(all_of_them)) / max(1, min(LIMIT, len(all_of_them)))
        yield (
            f"{name:40} {milliseconds:9.0f} ms {len(made):4} statements  "
            f"text__contains {scanned:7.0f} ms  ratio {scanned / milliseconds:6.1f}  "
            f"found {len(keys):4} of {len(all_of_them):6} ({share:.0%})"
            f"{'' if found.is_all else ', and says that there may be more'}"
        )


def correct() -> Iterator[str]:
    """Correct and take back, and yield a line for each."""
    actor = User.objects.create(username="editor", is_superuser=True)
    _name, wrong, right, term = ASKED[3]
    found = find_same_error(wrong, term, LANGUAGE, right=right, limit=LIMIT, now=NOW)
    chosen = {segment.pk: text_digest(segment.text) for segment in found.segments}
    batch = uuid4()
    took, outcome = timed(
        lambda: apply_fix(wrong, right, chosen, actor=actor, batch=batch, now=NOW)
    )
    where = f"of {len(outcome.decisions)} translations"
    yield f"corrected {outcome.sentences} sentences {where} in {took / 1000:.1f} s"
    took, outcome = timed(lambda: undo_batch(batch, actor=actor, now=NOW))
    yield f"took back {outcome.sentences} sentences in {took / 1000:.1f} s"


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--papers", type=int, default=100_000, help="how many (100000)")
    parser.add_argument("--often", type=int, default=1, help="times as many errors (1)")


def run(given: argparse.Namespace) -> None:
    """Measure and print."""
    with empty_database():
        started = time.perf_counter()
        sentences = fill(given.papers, given.often)
        took = time.perf_counter() - started
        print(
            f"{given.papers:,} translations, {sentences:,} sentences, made and indexed "
            f"in {took:,.0f} s",
            flush=True,
        )
        for line in compare():
            print(line, flush=True)
        for line in correct():
            print(line, flush=True)
