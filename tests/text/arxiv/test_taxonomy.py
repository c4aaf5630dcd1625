"""Names of arXiv's categories, current and retired."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.arxiv.taxonomy import (
    CURRENT_CATEGORIES,
    CategoryName,
    category_name,
    is_known_category,
)
from apps.text.arxiv.taxonomy_data import GROUPS, PHYSICS_ARCHIVES

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
