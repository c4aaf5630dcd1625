"""Cleaning of harvested text, and normalisation for the translation memory."""

from __future__ import annotations

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.hygiene.normalise import clean_text, normalise_source, source_hash

CLEANED = {
    "nothing": ("", ""),
    "only white space": (" \n\t ", ""),
    "white space runs": ("  a \t b  ", "a b"),
    "wrapped line": ("We prove\nthis.", "We prove this."),
    "wrapped title": ("A title\r\nthat goes on", "A title that goes on"),
    "blank line": ("One.\n\nTwo.", "One.\n\nTwo."),
    "blank line with spaces": ("One.\n  \n \nTwo.", "One.\n\nTwo."),
    "arXiv's paragraph": ("  One\nline.\n  Two.", "One line.\n\nTwo."),
    "one space is no paragraph": ("One\n two.", "One two."),
    "tab starts a paragraph": ("One.\n\tTwo.", "One.\n\nTwo."),
    "paragraph separator": ("One.\u2029Two.", "One.\n\nTwo."),
    "old Mac line ends": ("One\rtwo.", "One two."),
    "no paragraph inside display math": (
        "Let\n  \\begin{equation*}\n  u = v\n\n  w \\end{equation*}\n  End.",
        "Let\n\n\\begin{equation*} u = v w \\end{equation*}\n\nEnd.",
    ),
    "unclosed display math": ("$$ a\n\nb", "$$ a\n\nb"),
    "NUL and controls": ("a\x00b\x1b\x7fc\x9f", "abc"),
    "bidi overrides": ("a\u202eb\u2066c\u200fd", "abcd"),
    "byte order mark, zero width": ("\ufeffa\u200bb", "ab"),
    "lone surrogate": ("a\ud800b", "ab"),
    "joiners stay": ("a\u200cb\u200dc", "a\u200cb\u200dc"),
    "decomposed": ("Erdo\u030bs", "Erdős"),
    "no-break space": ("10\u00a0GeV", "10 GeV"),
    "compatibility forms stay": ("x² ﬁ Ａ", "x² ﬁ Ａ"),
}


@pytest.mark.parametrize(("text", "expected"), CLEANED.values(), ids=CLEANED.keys())
def test_clean_text(text: str, expected: str) -> None:
    assert clean_text(text) == expected


SAME = {
    "white space": ("a  b\n c ", "a b c"),
    "curly quotes": ("“it’s”", '"it\'s"'),
    "dashes": ("3–5 — a‐b − c", "3-5 - a-b - c"),
    "full width": ("Ａ１：", "A1:"),
    "ligature": ("ﬁnite", "finite"),
    "soft hyphen": ("micro\u00adscope", "microscope"),
    "decomposed": ("e\u0301", "é"),
    "invisible": ("a\u200bb\u202e", "ab"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME.keys())
def test_equal_sentences_have_one_form(one: str, other: str) -> None:
    assert normalise_source(one) == normalise_source(other) == other
    assert source_hash(one) == source_hash(other)


DIFFERENT = {
    "letter case": ("LLM", "llm"),
    "a power is not a number": ("10² GeV", "102 GeV"),
    "an index is not a number": ("H₂", "H2"),
    "power and index": ("x²", "x₂"),
    "transpose": ("Aᵀ", "AT"),
    "numbers": ("3.5", "35"),
    "math with two minus signs": ("$a--b$", "$a-b$"),
    "accent": ("resume", "résumé"),
}


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_different_sentences_have_different_forms(one: str, other: str) -> None:
    assert source_hash(one) != source_hash(other)


any_text = st.text(st.characters(exclude_categories=())) | st.text(
    "ab \n\t\r\u2028\u2029\u0301\u0338\u202e\u00ad$\\[]'`´″–-²₂ﬁＡ½"
)


@given(any_text)
def test_cleaning_is_idempotent(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once


@given(any_text)
def test_clean_text_is_safe_to_store(text: str) -> None:
    cleaned = clean_text(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not set(cleaned) & set("\x00\r\t\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned
    cleaned.encode()


@given(any_text)
def test_normalising_is_idempotent(text: str) -> None:
    once = normalise_source(text)
    assert normalise_source(once) == once
    assert source_hash(once) == source_hash(text)


@given(any_text)
def test_cleaning_does_not_change_the_hash_of_one_paragraph(text: str) -> None:
    assert source_hash(clean_text(text)) == source_hash(text)


@given(any_text)
def test_hash_is_32_hexadecimal_digits(text: str) -> None:
    digest = source_hash(text)
    assert len(digest) == 32
    assert set(digest) <= set(string.hexdigits.lower())
