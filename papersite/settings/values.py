"""The types of settings besides numbers, switches and texts."""

import json
from functools import cache
from pathlib import Path
from typing import Annotated

from django.conf.locale import LANG_INFO
from pydantic import AfterValidator

from apps.core.plugins import classes_with
from apps.core.variables import Accepts, Names, one_of
from apps.text.arxiv.taxonomy import CURRENT_CATEGORIES, group_code

BASE_DIR = Path(__file__).resolve().parent.parent.parent
SOURCE_LANGUAGE = "en"
SOURCES = "apps.discovery.signals.sources"


def _scheme(*schemes: str) -> AfterValidator:
    def check(given: str) -> str:
        if not given.startswith(tuple(f"{scheme}://" for scheme in schemes)):
            raise ValueError(
                f"It must start with {' or '.join(f'{scheme}://' for scheme in schemes)}."
            )
        return given

    return AfterValidator(check)


def _file(given: str) -> str:
    if not (BASE_DIR / given).is_file():
        raise ValueError("It names no file. Set it to the path of a font, or unset it.")
    return given


def _object(given: str) -> str:
    try:
        found = json.loads(given)
    except ValueError as error:
        raise ValueError(f"It is no JSON: {error}.") from error
    if not isinstance(found, dict):
        raise ValueError('Set it to a JSON object: {"bucket": "..."}.')
    return given


def licences_from(pairs: list[str]) -> dict[str, str]:
    """Return the licence of each engine's texts, from items such as "bergamot=CC-BY-SA-4.0".

    An engine may have a colon and a model. Raises ValueError for an item without a licence.
    """
    found = {}
    for pair in pairs:
        name, _, licence = (part.strip() for part in pair.partition("="))
        if not name or not licence:
            raise ValueError(
                f"It has {pair!r}. Write engine=LICENCE or engine:model=LICENCE with an SPDX "
                "identifier, and an address behind it where SPDX has none; engine=no for what may "
                "not be passed on."
            )
        found[name] = licence
    return found


def _licences(pairs: list[str]) -> list[str]:
    licences_from(pairs)
    return pairs


@cache
def harvest_sets() -> list[str]:
    """Return the sets of arXiv's OAI-PMH: "cs", "cs:cs", "cs:cs:CL", "physics:hep-th"."""
    found: dict[str, None] = {}
    for code in CURRENT_CATEGORIES:
        archive, _, subject = code.partition(".")
        group = group_code(code)
        found |= {group: None, f"{group}:{archive}": None}
        if subject:
            found[f"{group}:{archive}:{subject}"] = None
    return list(found)


def _sets(given: list[str]) -> list[str]:
    if unknown := [name for name in given if name not in harvest_sets()]:
        raise ValueError(
            f"arXiv has no set {', '.join(unknown)}. Write sets as its OAI-PMH does: cs:cs:CL, "
            "physics:hep-th, math."
        )
    return given


def _languages(given: list[str]) -> list[str]:
    if not given:
        raise ValueError("Set it to one language or more: ja.")
    if SOURCE_LANGUAGE in given:
        raise ValueError(f"{SOURCE_LANGUAGE} is the language that is translated from.")
    known_codes = {*LANG_INFO, *(code.partition("-")[0] for code in LANG_INFO)}
    if unknown := [code for code in given if code not in known_codes]:
        raise ValueError(f"No language has the code {', '.join(unknown)}. Write ja, ko, de.")
    return given


def _sources() -> list[str]:
    return [one.about.name for one in classes_with("about", SOURCES)]


DatabaseUrl = Annotated[str, _scheme("postgres", "postgresql"), Accepts("an address of PostgreSQL")]
RedisUrl = Annotated[str, _scheme("redis", "rediss"), Accepts("an address of Redis or Valkey")]
FontFile = Annotated[str, AfterValidator(_file), Accepts("the path of a file")]
JsonObject = Annotated[str, AfterValidator(_object), Accepts("a JSON object")]
EngineLicences = Annotated[Names, AfterValidator(_licences), Accepts("a list of engine=LICENCE")]
HarvestSets = Annotated[
    Names, AfterValidator(_sets), Accepts("a list of arXiv's sets, separated by commas")
]
TargetLanguages = Annotated[
    Names, AfterValidator(_languages), Accepts("a list of language codes, separated by commas")
]
SourceNames = Annotated[Names, one_of(_sources)]
