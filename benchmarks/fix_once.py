"""What it costs to find the same error everywhere: `python benchmarks/fix_once.py`.

Fills a database with --papers made papers (`papers_generator.py`), made Japanese of them
(`search_corpus.py`) sentence by sentence, three in ten unpublished, and errors planted in some.
Then asks for each kind of error with `find_same_error` and with a plain `text__contains` over all
sentences, and prints the time of both, their ratio, and how much of what the plain way finds is
found. At the end corrects up to 500 sentences and takes it back, and prints the time for each.

The database is the one of DATABASE_URL, where a test database is made and dropped, or a server of
our own.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parent))

from loading import NOW, copy_in, empty_database, paper_of, settle
from papers_generator import papers as made_papers

LANGUAGE = "ja"
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


def fill(count: int) -> int:
    """Store papers, translations and sentences, index what is published; return the sentences."""
    from search_corpus import Writer

    from apps.discovery.search.indexing import index_batch
    from apps.discovery.search.lexicon import recount

    writer = Writer()
    block: list[dict[str, Any]] = []
    stored = sentences = 0

    def store() -> None:
        nonlocal stored, sentences
        papers = [paper_of(record, key) for key, record in enumerate(block, stored + 1)]
        rows = [rows_of(paper, writer) for paper in papers]
        copy_in(papers)
        copy_in(translation for translation, _segments in rows)
        sentences += copy_in(segment for _translation, segments in rows for segment in segments)
        stored += len(block)
        block.clear()

    for record in made_papers(count):
        block.append(record)
        if len(block) == BLOCK:
            store()
    if block:
        store()
    while index_batch(changed_since=None, limit=BLOCK):
        pass
    recount()
    settle()
    return sentences


def rows_of(paper: Any, writer: Any) -> tuple[Any, list[Any]]:
    """Return the translation of a paper and its sentences, each with a source."""
    from apps.translation.models import (
        Segment,
        SegmentField,
        SegmentOrigin,
        SegmentState,
        Translation,
    )
    from apps.translation.status import TranslationStatus

    title, summary, abstract = writer.write(
        {
            "arxiv_id": paper.arxiv_id,
            "title": paper.title,
            "abstract": paper.abstract,
            "categories": paper.categories,
        }
    )
    english = paper.abstract.split(". ")
    japanese = [f"{text}。" for text in abstract.split("。") if text]
    pairs = list(zip(english, japanese, strict=False))
    chance = random.Random(paper.pk)
    for one_in, source, text in PLANTED:
        if chance.random() < 1 / one_in:
            pairs[chance.randrange(len(pairs))] = source, text
    paper.abstract = " ".join(source for source, _text in pairs)
    is_public = chance.random() >= SHARE_UNPUBLISHED
    translation = Translation(
        id=paper.pk,
        paper=paper,
        language=LANGUAGE,
        version=1,
        source_fingerprint=paper.text_fingerprint,
        status=TranslationStatus.PUBLISHED if is_public else TranslationStatus.READY,
        title=title,
        abstract="".join(text for _source, text in pairs),
        summary=summary,
        created_at=NOW,
        updated_at=paper.harvested_at,
        published_at=NOW if is_public else None,
    )
    fields = [(SegmentField.TITLE, 0, paper.title, title)]
    fields += [
        (SegmentField.ABSTRACT, place, source, text) for place, (source, text) in enumerate(pairs)
    ]
    segments = [
        Segment(
            translation_id=paper.pk,
            field=field,
            position=place,
            source=source,
            source_hash=f"{paper.pk:024x}{place:08x}",
            state=SegmentState.DONE,
            machine_text=text,
            text=text,
            origin=SegmentOrigin.MACHINE,
            engine="bergamot",
            engine_version="1",
            claimable_at=NOW,
            translated_at=NOW,
        )
        for field, place, source, text in fields
    ]
    return translation, segments


def plain(wrong: str, term: str) -> list[int]:
    """Return what anybody would write first: every sentence that holds the text."""
    from apps.translation.models import Segment, SegmentState
    from apps.translation.status import TranslationStatus

    rows = (
        Segment.objects.open_to_machines()
        .filter(state=SegmentState.DONE, text__contains=wrong, translation__language=LANGUAGE)
        .exclude(translation__status=TranslationStatus.SUPERSEDED)
    )
    if term:
        rows = rows.filter(source__icontains=term)
    return list(rows.values_list("pk", flat=True))


def timed(ask: Callable[[], Any]) -> tuple[float, Any]:
    """Return the median milliseconds of some rounds after one to warm up, and the answer."""
    ask()
    took = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        answer = ask()
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took), answer


def statements() -> Any:
    """Collect the statements that are made meanwhile."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)


def compare() -> Iterator[str]:
    """Yield a line for each kind of error."""
    from apps.review.corrections.find import find_same_error

    for name, wrong, right, term in ASKED:

        def ours(wrong: str = wrong, right: str = right, term: str = term) -> Any:
            return find_same_error(wrong, term, LANGUAGE, right=right, limit=LIMIT, now=NOW)

        def theirs(wrong: str = wrong, term: str = term) -> list[int]:
            return plain(wrong, term)

        milliseconds, found = timed(ours)
        scanned, all_of_them = timed(theirs)
        with statements() as made:
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
    from django.contrib.auth.models import User

    from apps.review.corrections.apply import apply_fix, seal_of, undo_batch
    from apps.review.corrections.find import find_same_error

    actor = User.objects.create(username="editor", is_superuser=True)
    _name, wrong, right, term = ASKED[3]
    found = find_same_error(wrong, term, LANGUAGE, right=right, limit=LIMIT, now=NOW)
    chosen = {segment.pk: seal_of(segment.text) for segment in found.segments}
    batch = uuid4()
    started = time.perf_counter()
    outcome = apply_fix(wrong, right, chosen, actor=actor, batch=batch, now=NOW)
    took = time.perf_counter() - started
    where = f"of {len(outcome.decisions)} translations"
    yield f"corrected {outcome.sentences} sentences {where} in {took:.1f} s"
    started = time.perf_counter()
    outcome = undo_batch(batch, actor=actor, now=NOW)
    took = time.perf_counter() - started
    yield f"took back {outcome.sentences} sentences in {took:.1f} s"


def main() -> None:
    """Read the command line, fill, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--papers", type=int, default=100_000, help="how many (100000)")
    options = parser.parse_args()
    with empty_database():
        started = time.perf_counter()
        sentences = fill(options.papers)
        took = time.perf_counter() - started
        print(
            f"{options.papers:,} translations, {sentences:,} sentences, made and indexed "
            f"in {took:,.0f} s",
            flush=True,
        )
        for line in compare():
            print(line, flush=True)
        for line in correct():
            print(line, flush=True)


if __name__ == "__main__":
    main()
