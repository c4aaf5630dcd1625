"""A site as readers find it after a year: papers, published, with all that their pages show.

On top of the site of `searchable.py`: sentences with provenance, scores with components, lists of
related papers (by chance), versions, authors, days, public records. Sentences of both languages are
paired one by one, whatever they say.
"""

import argparse
import contextlib
import itertools
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from apps.discovery.author_index import index_authors_batch
from apps.discovery.embedders import embedder
from apps.discovery.embeddings.embed import space_of
from apps.discovery.models import Score
from apps.discovery.scoring.formulas import FORMULAS
from apps.papers.models import Paper
from apps.public.records.ledger import record_changes
from apps.review.models import ListedDay
from apps.text.sentences.splitter import split_sentences
from apps.translation.models import Segment, Translation
from benchmarks.scaffold.corpus import corpus_of
from benchmarks.scaffold.environment import alone, kept_database
from benchmarks.scaffold.made_japanese import NOUNS
from benchmarks.scaffold.rows import copy_in, score_of, segments_of, settle, versions_of
from benchmarks.sites import searchable
from benchmarks.sites.published import BLOCK, blocks_of, count_days, relate_by_chance, until_done


@contextlib.contextmanager
def reading_site(given: argparse.Namespace) -> Iterator[None]:
    """Bring the site of --papers papers of --corpus, kept in --cache."""
    kind = given.corpus.stem if given.corpus else "made"
    with kept_database(given, f"reading-{kind}-{given.papers}", lambda: build(given)):
        yield


def build(given: argparse.Namespace) -> None:
    """Fill the database of the settings."""
    records = corpus_of(given)
    # In a process of its own: the model's threads must not be there when others are forked.
    searchable.build(records, space=alone(space_of_settings))
    started = time.perf_counter()
    for block in blocks_of(Translation.objects.select_related("paper").order_by("pk").iterator()):
        copy_in(segment for translation in block for segment in sentences_of(translation))
        copy_in(map(score_by_chance, block))
        copy_in(versions_of(translation.paper for translation in block))
    relate_by_chance(first=1, last=len(records))
    count_days()
    until_done(index_authors_batch, changed_since=None, limit=BLOCK)
    until_done(record_changes, changed_since=None, clock=lambda: datetime.now(UTC), limit=BLOCK)
    settle()
    print(
        f"  sentences, scores, lists, authors, records in {time.perf_counter() - started:,.0f} s",
        flush=True,
    )


def space_of_settings() -> str:
    """Return the space of the embedder of the settings, which queries go through."""
    return space_of(embedder())


def sentences_of(translation: Translation) -> Iterator[Segment]:
    """Give out the sentences of a translation: one of each language beside the other."""
    ours = [part + "。" for part in translation.abstract.split("。") if part]
    theirs = [part.text for part in split_sentences(translation.paper.abstract)]
    pairs = [(source, ours[place % len(ours)]) for place, source in enumerate(theirs)]
    return segments_of(translation.pk, [(translation.paper.title, translation.title), *pairs])


def score_by_chance(translation: Translation) -> Score:
    """Return a score with every component of the formula in force."""
    chance = random.Random(translation.pk)
    components: list[dict[str, Any]] = []
    for part in FORMULAS[settings.SCORE_FORMULA].components:
        value = round(chance.random(), 3)
        points = part.weight * value
        components.append({"name": part.name, "value": value, "points": points, "fact": {}})
    points = sum(component["points"] for component in components)
    return score_of(translation.paper_id, points, components)


def addresses(chance: random.Random, count: int) -> dict[str, list[str]]:
    """Return, for each kind of page, the paths of up to `count` pages of the site, in any order."""
    papers = list(
        Paper.objects.values_list("arxiv_id", flat=True).order_by("-submitted_at")[:50_000]
    )
    all_days = ListedDay.objects.filter(category="")
    days = all_days.filter(papers__gte=20).values_list("day", flat=True)
    days = days or all_days.values_list("day", flat=True)
    words = list(itertools.product(NOUNS, NOUNS))
    return {
        "paper": [f"/papers/{key}/" for key in chance.sample(papers, min(count, len(papers)))],
        "day": [f"/days/{day}/" for day in chance.sample(list(days), min(count, len(days)))],
        "search": [
            f"/search/?{urlencode({'q': f'{first} {second}'})}"
            for first, second in chance.sample(words, min(count, len(words)))
        ],
    }
