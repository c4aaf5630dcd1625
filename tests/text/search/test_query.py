"""Parsing queries of the search box."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.arxiv.identifiers import ArxivId
from apps.text.search.query import (
    LONGEST_QUERY,
    MOST_WORDS,
    InvalidQuery,
    Query,
    QueryProblem,
    parse_query,
)

READ = {
    "words": ("graph neural networks", {"words": ("graph", "neural", "networks")}),
    "phrase": ('"graph neural" nets', {"phrases": ("graph neural",), "words": ("nets",)}),
    "Japanese quotes": ("「拡散モデル」 画像", {"phrases": ("拡散モデル",), "words": ("画像",)}),
    "full-width quotes": ("＂a b＂ “c d”", {"phrases": ("a b", "c d")}),
    "a quote never closed": ('deep "learning now', {"words": ("deep", "learning", "now")}),
    "exclusion": ("cat -dog －mouse", {"words": ("cat",), "excluded": ("dog", "mouse")}),
    "excluded phrase": ('-"hot dog"', {"excluded": ("hot dog",)}),
    "a hyphen inside": ("pre-training", {"words": ("pre-training",)}),
    "author": ("author:Hinton", {"authors": ("Hinton",)}),
    "whole author": ('author:"Geoffrey Hinton"', {"authors": ("Geoffrey Hinton",)}),
    "Japanese field names": (
        "著者：田中 分類:cs.CL", {"authors": ("田中",), "categories": ("cs.cl",)}
    ),
    "field": ("field:physics spin", {"fields": ("physics",), "words": ("spin",)}),
    "month": (
        "from:2024-02 until:2024-02",
        {"since": date(2024, 2, 1), "until": date(2024, 2, 29)},
    ),
    "year": ("until:2023", {"until": date(2023, 12, 31)}),
    "Japanese date": ("以降:2024年4月", {"since": date(2024, 4, 1)}),
    "no field name": ("note:this", {"words": ("note:this",)}),
    "particle between words": ("強化学習による推論", {"words": ("強化学習", "推論")}),
    "several particles": ("画像の認識を用いた診断", {"words": ("画像", "認識", "診断")}),
    "kana inside a word": ("重み付けと落とし穴", {"words": ("重み付けと落とし穴",)}),
    "a word twice": ("cat cat", {"words": ("cat",)}),
    "old identifier": ("hep-th/9901001", {"paper": ArxivId("hep-th/9901001")}),
    "address": ("https://arxiv.org/abs/2502.21321v2", {"paper": ArxivId("2502.21321", 2)}),
    "only signs": ('"" - : 「」', {"words": ("-", ":")}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ.values(), ids=READ)
def test_a_query_is_parsed(text, expected):
    query = parse_query(text)
    assert {name: getattr(query, name) for name in expected} == expected
    untouched = {"words", "phrases", "excluded", "authors", "categories", "fields"} - set(expected)
    assert all(getattr(query, name) == () for name in untouched)


BAD = {
    "too long": ("a" * (LONGEST_QUERY + 1), QueryProblem.TOO_LONG),
    "too many words": (
        " ".join(f"w{n}" for n in range(MOST_WORDS + 1)),
        QueryProblem.TOO_MANY_WORDS,
    ),
    "no date": ("from:yesterday", QueryProblem.NO_DATE),
    "no such day": ("until:2023-02-30", QueryProblem.NO_DATE),
    "no such month": ("until:2023-13", QueryProblem.NO_DATE),
    "no category": ("category:';--", QueryProblem.NO_CATEGORY),
}


@pytest.mark.parametrize(("text", "problem"), BAD.values(), ids=BAD)
def test_an_invalid_query_names_its_problem(text, problem):
    with pytest.raises(InvalidQuery) as raised:
        parse_query(text)
    assert raised.value.problem == problem


@given(st.text(alphabet=st.characters(blacklist_categories=[]), max_size=400))
def test_any_text_is_parsed_or_refused(text):
    try:
        query = parse_query(text)
    except InvalidQuery:
        return
    assert isinstance(query, Query)
    assert "\x00" not in query.text
    assert query.text.encode("utf-8").decode() == query.text


def test_an_empty_query_is_empty():
    assert parse_query("  ").is_empty
    assert not parse_query("reviewed").is_empty
    assert not Query(reviewed=True).is_empty
