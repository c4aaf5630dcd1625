"""Licences by address, and what they permit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.arxiv.licences import ABSENT, LICENCES, UNKNOWN, Licence, licence_from_url

CC = "creativecommons.org/licenses"
KNOWN = {
    "CC BY 4.0": (f"http://{CC}/by/4.0/", "CC-BY-4.0", True, True),
    "CC BY 3.0": (f"http://{CC}/by/3.0/", "CC-BY-3.0", True, True),
    "CC BY-SA 4.0": (f"http://{CC}/by-sa/4.0/", "CC-BY-SA-4.0", True, True),
    "CC BY-NC-SA 4.0": (f"http://{CC}/by-nc-sa/4.0/", "CC-BY-NC-SA-4.0", True, False),
    "CC BY-NC-SA 3.0": (f"http://{CC}/by-nc-sa/3.0/", "CC-BY-NC-SA-3.0", True, False),
    "CC BY-NC-ND 4.0": (f"http://{CC}/by-nc-nd/4.0/", "CC-BY-NC-ND-4.0", False, False),
    "CC0": ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0", True, True),
    "public domain": (f"http://{CC}/publicdomain/", "CC-PDDC", True, True),
    "arXiv": (
        "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
        "arxiv-nonexclusive-1.0",
        False,
        False,
    ),
    "assumed": (
        "http://arxiv.org/licenses/assumed-1991-2003/",
        "arxiv-assumed-1991-2003",
        False,
        False,
    ),
}


@pytest.mark.parametrize(
    ("url", "code", "may_adapt", "commercially"), KNOWN.values(), ids=KNOWN.keys()
)
def test_known(url: str, code: str, may_adapt: bool, commercially: bool) -> None:
    licence = licence_from_url(url)
    assert licence.code == code
    assert licence.may_adapt is may_adapt
    assert licence.may_use_commercially is commercially
    assert licence.is_known


SPELLINGS = {
    "https": "https://creativecommons.org/licenses/by/4.0/",
    "no trailing slash": "http://creativecommons.org/licenses/by/4.0",
    "www and capitals": "HTTP://www.CreativeCommons.org/licenses/BY/4.0/",
    "white space": " http://creativecommons.org/licenses/by/4.0/\n",
    "deed": "https://creativecommons.org/licenses/by/4.0/deed.ja",
    "legal code": "https://creativecommons.org/licenses/by/4.0/legalcode",
}


@pytest.mark.parametrize("url", SPELLINGS.values(), ids=SPELLINGS.keys())
def test_spelling_of_the_address_makes_no_difference(url: str) -> None:
    assert licence_from_url(url).code == "CC-BY-4.0"


@pytest.mark.parametrize("url", [None, "", "  "], ids=["none", "empty", "blank"])
def test_an_absent_licence_permits_nothing_and_says_so(url: str | None) -> None:
    licence = licence_from_url(url)
    assert licence is ABSENT
    assert not licence.is_known
    assert "nothing is permitted" in licence.label_en
    assert "利用許諾なし" in licence.label_ja


ADDRESSES = {
    "another licence": "http://example.org/licenses/by/4.0/",
    "another version": "http://creativecommons.org/licenses/by/9.9/",
    "more than the address": "http://creativecommons.org/licenses/by/4.0/evil",
    "no address": "CC BY",
}


@pytest.mark.parametrize("url", ADDRESSES.values(), ids=ADDRESSES.keys())
def test_an_unknown_licence_permits_nothing_and_says_so(url: str) -> None:
    licence = licence_from_url(url)
    assert licence is UNKNOWN
    assert not licence.may_adapt
    assert not licence.may_use_commercially
    assert not licence.is_known
    assert "nothing is permitted" in licence.label_en


def test_share_alike_and_attribution() -> None:
    by_sa = licence_from_url("https://creativecommons.org/licenses/by-sa/4.0/")
    by = licence_from_url("https://creativecommons.org/licenses/by/4.0/")
    zero = licence_from_url("https://creativecommons.org/publicdomain/zero/1.0/")
    assert by_sa.must_share_alike
    assert by_sa.must_attribute
    assert by.must_attribute
    assert not by.must_share_alike
    assert not zero.must_attribute


@pytest.mark.parametrize("licence", LICENCES, ids=lambda licence: licence.code)
def test_every_licence_is_found_by_its_own_address_and_labelled(licence: Licence) -> None:
    assert licence_from_url(licence.url) is licence
    assert licence.label_en
    assert licence.label_ja


@given(st.text())
def test_no_text_permits_anything_by_accident(text: str) -> None:
    assert not licence_from_url(text).may_adapt
