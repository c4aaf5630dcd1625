"""A site as readers find it after a year: real papers, published, with all that their pages show.

On top of the corpus of `search_corpus.py`: sentences with provenance, scores with components, lists
of related papers (by chance), versions, authors, days, public records. Sentences of both languages
are paired one by one, whatever they say.
"""

import itertools
import random
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import search_corpus
from loading import copy_in, settle
from published import BLOCK, count_days, relate_by_chance


def build(corpus: Path, count: int | None) -> int:
    """Fill the database of the settings with the first `count` papers; return how many."""
    from apps.discovery.author_index import index_authors_batch
    from apps.public.records.ledger import record_changes

    # In a process of its own: the model's threads must not be there when others are forked.
    with ProcessPoolExecutor(1) as pool:
        search_corpus.EMBEDDER = pool.submit(embedder_name).result()
    papers = search_corpus.papers_in(corpus, count)
    search_corpus.build(papers, None)
    started = time.perf_counter()
    for block in translations():
        copy_in(segments_of(block))
        copy_in(scores_of(block))
        copy_in(versions_of(block))
    relate_by_chance(first=1, last=len(papers))
    count_days(search_corpus.LANGUAGE)
    while index_authors_batch(changed_since=None, limit=BLOCK):
        pass
    while record_changes(changed_since=None, clock=lambda: datetime.now(UTC), limit=BLOCK):
        pass
    settle()
    print(
        f"  sentences, scores, lists, authors, records in {time.perf_counter() - started:,.0f} s",
        flush=True,
    )
    return len(papers)


def embedder_name() -> str:
    """Return the name of the embedder of the settings, which is the one that queries go through."""
    import django

    django.setup()
    from apps.discovery.embedders import embedder

    return embedder().name


def translations() -> Iterator[list[Any]]:
    """Give out all translations with their papers, block by block."""
    from apps.translation.models import Translation

    last = 0
    while True:
        found = Translation.objects.select_related("paper").filter(pk__gt=last).order_by("pk")
        block = list(found[:BLOCK])
        if not block:
            return
        last = block[-1].pk
        yield block


def segments_of(block: list[Any]) -> Iterator[Any]:
    """Give out the sentences of translations: one of each language beside the other."""
    from apps.text.sentences.splitter import split_sentences
    from apps.translation.models import (
        Segment,
        SegmentField,
        SegmentOrigin,
        SegmentState,
    )

    for translation in block:
        ours = [part + "。" for part in translation.abstract.split("。") if part]
        theirs = [part.text for part in split_sentences(translation.paper.abstract)]
        pairs = [(SegmentField.TITLE, 0, translation.paper.title, translation.title)]
        pairs += [
            (SegmentField.ABSTRACT, place, source, ours[place % len(ours)])
            for place, source in enumerate(theirs)
        ]
        for field, place, source, text in pairs:
            yield Segment(
                translation_id=translation.pk,
                field=field,
                position=place,
                source=source,
                source_hash=f"{translation.pk}-{place}",
                state=SegmentState.DONE,
                machine_text=text,
                text=text,
                origin=SegmentOrigin.MACHINE,
                engine="bergamot",
                engine_version="enja@1",
                claimable_at=search_corpus.NOW,
                translated_at=search_corpus.NOW,
            )


def scores_of(block: list[Any]) -> Iterator[Any]:
    """Give out a score for each paper, with every component of the formula in force."""
    from django.conf import settings

    from apps.discovery.models import Score
    from apps.discovery.scoring.formulas import FORMULAS

    formula = FORMULAS[settings.SCORE_FORMULA]
    for translation in block:
        chance = random.Random(translation.pk)
        values = [(part, round(chance.random(), 3)) for part in formula.components]
        components = [
            {"name": part.name, "value": value, "points": part.weight * value, "fact": {}}
            for part, value in values
        ]
        yield Score(
            paper_id=translation.paper_id,
            formula=settings.SCORE_FORMULA,
            value=min(100.0, sum(component["points"] for component in components)),
            components=components,
            scored_at=search_corpus.NOW,
        )


def versions_of(block: list[Any]) -> Iterator[Any]:
    """Give out the versions of each paper: the corpus knows when it was submitted and revised."""
    from apps.papers.models import PaperVersion

    for paper in (translation.paper for translation in block):
        for number in range(1, paper.latest_version + 1):
            moment = paper.submitted_at if number == 1 else paper.revised_at
            yield PaperVersion(paper_id=paper.pk, number=number, submitted_at=moment, size_kb=500)


def addresses(chance: random.Random, count: int) -> dict[str, list[str]]:
    """Return, for each kind of page, the paths of up to `count` pages of the site, in any order."""
    from apps.papers.models import Paper
    from apps.review.models import ListedDay

    papers = list(
        Paper.objects.values_list("arxiv_id", flat=True).order_by("-submitted_at")[:50_000]
    )
    days = ListedDay.objects.filter(category="", papers__gte=20).values_list("day", flat=True)
    words = list(itertools.product(search_corpus.NOUNS, search_corpus.NOUNS))
    return {
        "paper": [f"/papers/{key}/" for key in chance.sample(papers, min(count, len(papers)))],
        "day": [f"/days/{day}/" for day in chance.sample(list(days), min(count, len(days)))],
        "search": [
            f"/search/?{urlencode({'q': f'{first} {second}'})}"
            for first, second in chance.sample(words, min(count, len(words)))
        ],
    }
