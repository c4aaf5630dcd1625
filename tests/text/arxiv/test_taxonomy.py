"""Names of arXiv's categories, current and retired."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.arxiv.taxonomy import (
    CURRENT_CATEGORIES,
    CategoryName,
    canonical_code,
    category_name,
    is_known_category,
)
from apps.text.arxiv.taxonomy_data import ALIASES, GROUPS, PHYSICS_ARCHIVES

NAMED = {
    "computer science": (
        "cs.CL",
        "Computation and Language",
        "計算と言語（自然言語処理）",
        "cs",
        "Computer Science",
        "計算機科学",
    ),
    "physics archive with classes": (
        "cond-mat.soft",
        "Soft Condensed Matter",
        "ソフトマター",
        "cond-mat",
        "Physics",
        "物理学",
    ),
    "physics archive without classes": (
        "quant-ph",
        "Quantum Physics",
        "量子物理学",
        "quant-ph",
        "Physics",
        "物理学",
    ),
    "retired": (
        "alg-geom",
        "Algebraic Geometry",
        "代数幾何学",
        "alg-geom",
        "Mathematics",
        "数学",
    ),
    "archive of old papers": (
        "astro-ph",
        "Astrophysics",
        "天体物理学",
        "astro-ph",
        "Physics",
        "物理学",
    ),
}


@pytest.mark.parametrize("fields", NAMED.values(), ids=NAMED.keys())
def test_names(fields: tuple[str, str, str, str, str, str]) -> None:
    assert category_name(fields[0]) == CategoryName(*fields)
    assert is_known_category(fields[0])


def test_all_of_arxiv_is_there() -> None:
    assert len(CURRENT_CATEGORIES) == 155
    archives = {name.archive for name in CURRENT_CATEGORIES.values()}
    assert set(GROUPS) <= archives
    assert archives <= set(GROUPS) | PHYSICS_ARCHIVES


@pytest.mark.parametrize("code", CURRENT_CATEGORIES, ids=str)
def test_every_category_is_named_in_both_languages(code: str) -> None:
    name = category_name(code)
    assert name.code == code
    assert name.name_en.isascii()
    assert re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", name.name_ja)
    assert (name.group_en, name.group_ja) in GROUPS.values()


CANONICAL = {
    "systems and control": ("cs.SY", "eess.SY"),
    "mathematical physics": ("math.MP", "math-ph"),
    "information theory": ("math.IT", "cs.IT"),
    "numerical analysis": ("cs.NA", "math.NA"),
    "statistics theory": ("stat.TH", "math.ST"),
    "economics in finance": ("q-fin.EC", "econ.GN"),
    "old linguistics": ("cmp-lg", "cs.CL"),
    "old chaos": ("chao-dyn", "nlin.CD"),
    "no alias": ("cs.AI", "cs.AI"),
    "not split by class": ("cond-mat", "cond-mat"),
    "unknown": ("xx.YY", "xx.YY"),
}


@pytest.mark.parametrize(("code", "expected"), CANONICAL.values(), ids=CANONICAL.keys())
def test_canonical(code: str, expected: str) -> None:
    assert canonical_code(code) == expected


def test_every_alias_leads_from_a_known_code_to_a_current_one_at_once() -> None:
    for alias, target in ALIASES.items():
        assert is_known_category(alias)
        assert target in CURRENT_CATEGORIES
        assert canonical_code(target) == target


def test_an_unknown_class_of_a_known_archive_still_has_its_group() -> None:
    assert category_name("cs.XX") == CategoryName(
        "cs.XX", "cs.XX", "cs.XX", "cs", "Computer Science", "計算機科学"
    )
    assert not is_known_category("cs.XX")


@given(st.text())
def test_an_unknown_code_is_its_own_name(code: str) -> None:
    name = category_name(code)
    assert name.code == code
    if not is_known_category(code):
        assert name.name_en == name.name_ja == code
