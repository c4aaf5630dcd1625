"""Author strings as arXiv's submitters write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.arxiv import author_strings as reading
from apps.text.arxiv.author_strings import PARTICLES, Author, parse_authors
from apps.text.tex.accents import accents_to_unicode

NAMES = {
    "one": ("Ada Lovelace", ["Ada Lovelace"]),
    "commas": ("A. Smith, B. Doe, C. Roe", ["A. Smith", "B. Doe", "C. Roe"]),
    "and": ("A. Smith and B. Doe", ["A. Smith", "B. Doe"]),
    "and repeated": ("A. Smith and B. Doe and C. Roe", ["A. Smith", "B. Doe", "C. Roe"]),
    "comma and": ("A. Smith, B. Doe, and C. Roe", ["A. Smith", "B. Doe", "C. Roe"]),
    "comma and, no space": ("A. Smith,and B. Doe", ["A. Smith", "B. Doe"]),
    "ampersand": ("A. Smith & B. Doe", ["A. Smith", "B. Doe"]),
    "line breaks": ("A. Smith,\n  B.\n Doe", ["A. Smith", "B. Doe"]),
    "and inside a name": ("Sandy Anderson, Brand Land", ["Sandy Anderson", "Brand Land"]),
    "initials without space": ("T.F.Li, Y.-H. Chu", ["T. F. Li", "Y.-H. Chu"]),
    "accents": (r"Fran\c{c}ois P\'etr\'elis, {\O}. Ost", ["François Pétrélis", "Ø. Ost"]),
    "ties": ("J.~A.~Smith and B.~Doe", ["J. A. Smith", "B. Doe"]),
    "tie at the end": ("A. Smith ~, B. Doe~", ["A. Smith", "B. Doe"]),
    "suffix after comma": ("G. David Forney, Jr. and P. Vo", ["G. David Forney Jr.", "P. Vo"]),
    "suffix after comma, careful": ("A. Roe, Jr. (MIT)", ["A. Roe Jr."]),
    "et al.": ("V.M. Abazov, et al", ["V. M. Abazov"]),
    "et al. without comma": ("V. Abazov et al.", ["V. Abazov"]),
    "collaboration first": (
        "ATLAS Collaboration: G. Aad, B. Ab",
        ["ATLAS Collaboration", "G. Aad", "B. Ab"],
    ),
    "collaboration alone": ("The ATLAS Collaboration", ["The ATLAS Collaboration"]),
    "collaboration last": ("A. Smith, and MUCH team", ["A. Smith", "MUCH team"]),
    "only a parenthesis": ("(A. Smith and B. Doe)", ["A. Smith", "B. Doe"]),
    "unclosed parenthesis": ("A. Smith (MIT, B. Doe", ["A. Smith", "B. Doe"]),
    "stray parenthesis": ("A. Smith), B. Doe", ["A. Smith", "B. Doe"]),
    "empty places": (", A. Smith,, and and B. Doe,", ["A. Smith", "B. Doe"]),
    "semicolons": ("A. Smith; B. Doe", ["A. Smith", "B. Doe"]),
    "nothing": ("", []),
    "only marks": ("),(,; and", []),
}


@pytest.mark.parametrize(("raw", "names"), NAMES.values(), ids=NAMES.keys())
def test_names(raw: str, names: list[str]) -> None:
    assert [author.name for author in parse_authors(raw)] == names


AFFILIATIONS = {
    "in full": ("A. Smith (MIT), B. Doe (ETH)", [("MIT",), ("ETH",)]),
    "comma inside": ("A. Smith (LPP, CMAP) and B. Doe", [("LPP, CMAP",), ()]),
    "nested": ("A. Smith (Univ. (Dept. of X) of Y), B. Doe", [("Univ. (Dept. of X) of Y",), ()]),
    "two": ("A. Smith (MIT) (Visitor)", [("MIT", "Visitor")]),
    "accents": (r"A. Smith (E\"otv\"os)", [("Eötvös",)]),
    "numbered": (
        "A. Smith (1), B. Doe (1 and 2) ((1) MIT, (2) ETH)",
        [("MIT",), ("MIT", "ETH")],
    ),
    "numbered with commas": (
        "A. Smith (1,2), B. Doe (2) ((1) MIT, Boston, (2) ETH)",
        [("MIT, Boston", "ETH"), ("ETH",)],
    ),
    "numbered, key with parentheses": (
        "A. Smith (1), B. Doe (2), ((1) Centre (C-DAC), Pune, (2) ETH)",
        [("Centre (C-DAC), Pune",), ("ETH",)],
    ),
    "numbered, no separators": (
        "A. Smith (1), B. Doe (2) ((1) Phys. Lab. (2) ETH)",
        [("Phys. Lab.",), ("ETH",)],
    ),
    "numbered, list outside": (
        "A. Smith (1), B. Doe (2), (1) MIT, Boston, (2) ETH",
        [("MIT, Boston",), ("ETH",)],
    ),
    "letters": ("A. Smith (a), B. Doe (a,b) ((a) MIT, (b) ETH)", [("MIT",), ("MIT", "ETH")]),
    "number that nothing explains": ("A. Smith (1), B. Doe", [(), ()]),
    "on behalf": ("L. Oakes for the CDF Collaboration", [("for the CDF Collaboration",)]),
    "on behalf, in parentheses": (
        "S. Ohta (1) (for the RBC and UKQCD Collaborations) ((1) KEK)",
        [("KEK", "for the RBC and UKQCD Collaborations")],
    ),
    "on behalf of two": (
        "A. Smith, B. Doe, for the RBC and UKQCD Collaborations",
        [(), ("for the RBC and UKQCD Collaborations",)],
    ),
    "remark": ("A. Smith, B. Doe (Eds.)", [(), ("Eds.",)]),
    "appendix": ("A. Smith (with an appendix by B. Doe)", [("with an appendix by B. Doe",)]),
}


@pytest.mark.parametrize(("raw", "places"), AFFILIATIONS.values(), ids=AFFILIATIONS.keys())
def test_affiliations(raw: str, places: list[tuple[str, ...]]) -> None:
    assert [author.affiliations for author in parse_authors(raw)] == places


PARTS = {
    "plain": ("Ada B. Lovelace", "Lovelace", "Ada B.", ""),
    "one word": ("Plato", "Plato", "", ""),
    "particle": ("Ewine F. van Dishoeck", "van Dishoeck", "Ewine F.", ""),
    "two particles": ("H. van der Berg", "van der Berg", "H.", ""),
    "three words of particles": ("M. de los Reyes", "de los Reyes", "M.", ""),
    "capital particle": ("B. De Marco", "De Marco", "B.", ""),
    "capital and lower-case": ("J. Van der Meer", "Van der Meer", "J.", ""),
    "capital particle as first name": ("Van Morrison", "Morrison", "Van", ""),
    "particle first": ("van Gogh", "van Gogh", "", ""),
    "suffix": ("A. A. Abdumalikov Jr.", "Abdumalikov", "A. A.", "Jr."),
    "numeral": ("Thomas N. Gautier III", "Gautier", "Thomas N.", "III"),
    "suffix alone": ("III", "III", "", ""),
    "hyphen": ("J. Christensen-Dalsgaard", "Christensen-Dalsgaard", "J.", ""),
    "apostrophe": ("I. D'Amico", "D'Amico", "I.", ""),
    "collaboration": ("The ATLAS Collaboration", "The ATLAS Collaboration", "", ""),
}


@pytest.mark.parametrize(
    ("name", "keyname", "forenames", "suffix"), PARTS.values(), ids=PARTS.keys()
)
def test_parts_of_a_name(name: str, keyname: str, forenames: str, suffix: str) -> None:
    assert Author.from_name(name) == Author(name, keyname, forenames, suffix)


def test_a_suffix_cut_off_by_a_comma_is_a_suffix() -> None:
    (author,) = parse_authors("G. David Forney, Jr.")
    assert author == Author("G. David Forney Jr.", "Forney", "G. David", "Jr.")


FROM_PARTS = {
    "all": (("Forney", "G. David", "Jr.", ("MIT",)), "G. David Forney Jr.", ("MIT",)),
    "stray comma": (("Forney,", "G. David", "Jr.", ()), "G. David Forney Jr.", ()),
    "only a keyname": (("HESS Collaboration", "", "", ()), "HESS Collaboration", ()),
    "split initials": (("Chu", "Y. -H.", "", ()), "Y.-H. Chu", ()),
    "white space": (
        (" van\n Wees ", "Bart  J.", "", (" Univ.\n X ", " ")),
        "Bart J. van Wees",
        ("Univ. X",),
    ),
}


@pytest.mark.parametrize(("parts", "name", "places"), FROM_PARTS.values(), ids=FROM_PARTS.keys())
def test_from_separate_fields(
    parts: tuple[str, str, str, tuple[str, ...]], name: str, places: tuple[str, ...]
) -> None:
    author = Author.from_parts(*parts)
    assert (author.name, author.affiliations) == (name, places)


def test_both_formats_give_the_same_author() -> None:
    (read,) = parse_authors("Y.-H. van der Chu")
    assert read == Author.from_parts("van der Chu", "Y. -H.")


words = st.from_regex(r"[A-ZÀÖ][a-zäöüñ]{2,9}", fullmatch=True).filter(
    lambda word: word.lower() not in PARTICLES and word not in {"Team", "Teams", "Group", "And"}
)
plain_names = st.lists(words, min_size=2, max_size=3).map(" ".join)


@given(names=st.lists(plain_names, min_size=1, max_size=6), data=st.data())
def test_no_name_is_lost(names: list[str], data: st.DataObject) -> None:
    pieces = [names[0]]
    for name in names[1:]:
        pieces.append(data.draw(st.sampled_from([", ", " and ", ", and ", ",\n  "])) + name)
    assert [author.name for author in parse_authors("".join(pieces))] == names
    remark = data.draw(
        st.sampled_from([" (MIT)", " (1)", " (A, B and C)", " ((1) X (Y))", " ~", ""])
    )
    careful = "".join(piece + remark for piece in pieces)
    assert [author.name for author in parse_authors(careful)] == names


@given(st.text() | st.text("AB.,;:()& and\\'~12{}et al"))
def test_odd_input_never_raises_and_every_author_has_a_name(raw: str) -> None:
    for author in parse_authors(raw):
        assert author.name.strip() == author.name != ""
        assert "\n" not in author.name


@given(st.text())
def test_parts_make_up_the_name(name: str) -> None:
    author = Author.from_name(name)
    parts = (author.forenames, author.keyname, author.suffix)
    assert author.name == " ".join(part for part in parts if part)


@given(
    st.lists(
        st.sampled_from(["X", "the", "RBC", "Collaboration", "TEAMS", "Working", "group", "and"])
        | st.text("aAnN.", min_size=1, max_size=4),
        max_size=5,
    ).map(" ".join)
)
def test_the_last_word_agrees_with_the_pattern_of_collaborations(name: str) -> None:
    assert reading._is_collaboration(name) == bool(reading._COLLABORATION.fullmatch(name))


@given(
    st.lists(st.sampled_from(["\\'e", "~", ",", " ", "Jr.", "van", "B.", "Li", "D.E."]), max_size=9)
)
def test_names_with_tex_accents_need_no_more_care_than_those_without(pieces: list[str]) -> None:
    raw = "".join(pieces)
    text = " ".join(accents_to_unicode(raw).replace("~", " ").split())
    assert parse_authors(raw) == tuple(reading._careful_authors(text, {}))
