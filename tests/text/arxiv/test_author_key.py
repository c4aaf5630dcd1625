"""Search keys of author names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.arxiv.author_key import LONGEST_KEY, author_key, author_keys

SAME = {
    "accents": ("José Álvarez", "Jose Alvarez"),
    "combining accents": ("Jose\u0301 A\u0301lvarez", "José Álvarez"),
    "case": ("ADA LOVELACE", "Ada Lovelace"),
    "stops of initials": ("A. B. Example", "A B Example"),
    "initials without a space": ("A.B. Example", "A. B. Example"),
    "hyphen": ("Jean-Pierre Dupont", "Jean Pierre Dupont"),
    "two apostrophes": ("Siobhan O'Neil", "Siobhan O’Neil"),
    "stroke": ("Łukasz Sørensen", "Lukasz Sorensen"),
    "sharp s": ("Karl Weiß", "Karl Weiss"),
    "width": ("Ａｄａ Example", "Ada Example"),
    "spaces": ("  Ada\u00a0 Example ", "Ada Example"),
    "ligature": ("Ada Eﬃng", "Ada Effing"),
    "invisible signs": ("Ada\u200d Exam\u00adple", "Ada Example"),
}
DIFFERENT = {
    "order stays": ("Wang Wei", "Wei Wang"),
    "an initial is no forename": ("J. Smith", "John Smith"),
    "a spelled-out umlaut": ("Müller", "Mueller"),
    "other scripts keep their letters": ("王伟", "王伟明"),
    "a suffix counts": ("Ada Example Jr.", "Ada Example"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_spellings_of_one_name_have_one_key(one, other):
    assert author_key(one) == author_key(other) != ""


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_other_names_have_other_keys(one, other):
    assert author_key(one) != author_key(other)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("J. Müller-Lüdenscheidt", "j muller ludenscheidt"),
        ("The ATLAS Collaboration", "the atlas collaboration"),
        ("王伟", "王伟"),
        ("...", ""),
        ("", ""),
    ],
)
def test_keys_of_names(name, key):
    assert author_key(name) == key


@given(st.text(max_size=200))
def test_the_key_of_a_key_is_itself(name):
    key = author_key(name)
    assert author_key(key) == key
    assert len(key) <= LONGEST_KEY
    assert key == key.strip()
    assert all(c.isalnum() or c == " " for c in key)


def test_a_repeated_name_has_its_first_position():
    assert author_keys(["Bo Sample", "ADA EXAMPLE", "-", "Ada Example", "Cy Other"]) == {
        "bo sample": 0,
        "ada example": 1,
        "cy other": 4,
    }
