"""Papers that look like arXiv's: `python -m benchmarks.scaffold.made_papers 1000000`.

Writes JSON lines to --out or to standard output: arxiv_id, title, abstract, authors, categories,
published, updated, comments. Nobody wrote these papers; they are for measuring at a size for which
there are no real ones at hand. What is meant to be true to life: the shares of the categories and
the cross-lists, the length of titles and abstracts, a few words in nearly every paper and a long
tail in one or two (Zipf's law), authors of whom few write much, and a number of papers that grows
from year to year.

The same seed gives the same papers, and each depends on its number alone, so that memory stays
flat and any part can be made by itself.
"""

import argparse
import contextlib
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.scaffold.made_vocabulary import (
    ASPECTS,
    CLAIMS,
    COMMENTS,
    FAMILIES,
    FIELDS,
    FORENAMES,
    NAMES,
    SENTENCES,
    SHARES,
    SYLLABLES,
    TITLES,
    VENUES,
    VERDICTS,
    Field,
)

SEED = 20250228
FIRST_DAY, LAST_DAY = date(2015, 1, 1), date(2025, 12, 31)
AUTHORS_PER_PAPER = 1.5
"""How many different people there are for each paper; a few of them write most."""
RARE_WORDS = 400_000
GAP = re.compile(r"<(\w+)>")


def skewed(chance: random.Random, count: int) -> int:
    """Return a number from 0 to count - 1; the n-th is drawn 1/n times as often as the first."""
    return int(count ** chance.random()) - 1 if count > 1 else 0


def active(chance: random.Random, count: int) -> int:
    """Return the number of an author: the first write hundreds of papers, most write a few."""
    return int(count * chance.random() ** 1.7)


def chosen(chance: random.Random, options: Sequence[str]) -> str:
    """Return one of the options, the first ones more often."""
    return options[skewed(chance, len(options))]


def coined_word(number: int) -> str:
    """Return the word with this number: the higher the number, the more syllables."""
    word = ""
    number += 1
    while number:
        number, place = divmod(number - 1, len(SYLLABLES))
        word += SYLLABLES[place]
    return word


def author(number: int) -> str:
    """Return the name of the author with this number; names of different people may be alike."""
    chance = random.Random(number)
    family = (
        chance.choice(FAMILIES)
        if chance.random() < 0.5
        else coined_word(30 + skewed(chance, 100_000)).capitalize()
    )
    initial = f" {chance.choice('ABCDEFGHJKLMNPRSTW')}." if chance.random() < 0.4 else ""
    return f"{chance.choice(FORENAMES)}{initial} {family}"


class Writer:
    """Fills gaps in sentences with what one field talks about."""

    def __init__(self, chance: random.Random, field: Field) -> None:
        """Choose what this paper is about: two or three things and methods come back in it."""
        self._chance = chance
        self._things = [chosen(chance, field.things) for _ in range(3)]
        self._methods = [chosen(chance, field.methods) for _ in range(2)]
        self._field = field
        self._coined = coined_word(30 + skewed(chance, RARE_WORDS)).capitalize() + chance.choice(
            ("Net", "", "", "RL", "-2", "former")
        )

    def fill(self, sentence: str) -> str:
        """Return the sentence with its gaps filled and a capital at its beginning."""
        while GAP.search(sentence):
            sentence = GAP.sub(lambda gap: self._word(gap[1]), sentence)
        return sentence[:1].upper() + sentence[1:]

    def _word(self, gap: str) -> str:
        chance = self._chance
        match gap:
            case "thing":
                return chance.choice(self._things)
            case "method":
                return chance.choice(self._methods)
            case "quality":
                return chosen(chance, self._field.qualities)
            case "claim":
                return chance.choice(CLAIMS)
            case "aspect":
                return chance.choice(ASPECTS)
            case "verdict":
                return chance.choice(VERDICTS)
            case "name":
                return chance.choice(NAMES)
            case "venue":
                return chance.choice(VENUES)
            case "coined":
                return self._coined
            case "rare" | "handle":
                return coined_word(30 + skewed(chance, RARE_WORDS))
            case "number":
                return str(chance.randint(2, 400))
            case "percent":
                return f"{chance.randint(1, 990) / 10}%"
            case "symbol":
                return chance.choice(("n", "k", "d", "\\alpha", "\\beta", "T", "\\lambda"))
            case "digit":
                return str(chance.randint(1, 9))
        raise KeyError(gap)


def day_of(number: int, total: int) -> date:
    """Return the day of paper `number` of `total`: every year has more than the one before."""
    days = (LAST_DAY - FIRST_DAY).days
    return FIRST_DAY + timedelta(days=int(days * (number / total) ** 0.5))


def first_of_month(day: date, total: int) -> int:
    """Return the number of the first paper in the month of `day`."""
    share = (day.replace(day=1) - FIRST_DAY).days / (LAST_DAY - FIRST_DAY).days
    number = int(total * share * share)
    while number < total and day_of(number, total) < day.replace(day=1):
        number += 1
    return number


def paper(number: int, total: int, seed: int = SEED) -> dict[str, Any]:
    """Return paper `number` (from 0) of `total`."""
    chance = random.Random(f"{seed} {number}")
    (field,) = chance.choices(FIELDS, SHARES)
    writer = Writer(chance, field)
    day = day_of(number, total)
    categories = [chosen(chance, field.categories)]
    while chance.random() < 0.35 and len(categories) < 5:
        (other,) = chance.choices((field, chance.choice(FIELDS)), (3, 1))
        categories.append(chosen(chance, other.categories))
    authors = min(1 + int(chance.expovariate(1 / 3)), 60)
    pool = max(int(total * AUTHORS_PER_PAPER), 10)
    sentences = chance.sample(SENTENCES, chance.randint(6, len(SENTENCES)))
    return {
        "arxiv_id": f"{day:%y%m}.{number - first_of_month(day, total) + 1:05d}",
        "title": writer.fill(chance.choice(TITLES)),
        "abstract": " ".join(writer.fill(sentence) for sentence in sentences),
        "authors": list(dict.fromkeys(author(active(chance, pool)) for _ in range(authors))),
        "categories": list(dict.fromkeys(categories)),
        "published": day.isoformat(),
        "updated": (day + timedelta(days=int(chance.expovariate(1 / 60)))).isoformat(),
        "comments": writer.fill(chance.choice(COMMENTS)),
    }


def papers(total: int, seed: int = SEED, start: int = 0) -> Iterator[dict[str, Any]]:
    """Give out the papers from `start` on, oldest first."""
    for number in range(start, total):
        yield paper(number, total, seed)


def main() -> None:
    """Read the arguments and write the papers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("papers", type=int, help="how many")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--start", type=int, default=0, help="leave out those before this number")
    parser.add_argument("--out", type=Path, help="a file (standard output)")
    given = parser.parse_args()
    with contextlib.ExitStack() as stack:
        out = stack.enter_context(given.out.open("w")) if given.out else sys.stdout
        for made in papers(given.papers, given.seed, given.start):
            out.write(json.dumps(made, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
