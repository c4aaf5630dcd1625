"""Names of arXiv's categories in English and Japanese."""

from __future__ import annotations

from dataclasses import dataclass

from apps.text.arxiv.taxonomy_data import ALIASES, CURRENT, GROUPS, PHYSICS_ARCHIVES, RETIRED


@dataclass(frozen=True, slots=True)
class CategoryName:
    """One category as it is shown.

    code: "cond-mat.soft". archive: "cond-mat". group_en, group_ja: names of the group that the
    archive belongs to ("Physics", "物理学"); empty for a code that is not arXiv's.
    """

    code: str
    name_en: str
    name_ja: str
    archive: str
    group_en: str
    group_ja: str


_OLD_MATHEMATICS = {"alg-geom": "math", "dg-ga": "math", "funct-an": "math", "q-alg": "math"}
_OLD_COMPUTER_SCIENCE = {"cmp-lg": "cs"}
_GROUP_OF_ARCHIVE = (
    {code: code for code in GROUPS}
    | dict.fromkeys(PHYSICS_ARCHIVES, "physics")
    | _OLD_MATHEMATICS
    | _OLD_COMPUTER_SCIENCE
)

ARCHIVES = frozenset(_GROUP_OF_ARCHIVE)
"""Code of every archive that arXiv has or had: "cs", "hep-th", "cmp-lg"."""


def _read(table: str) -> dict[str, CategoryName]:
    names = {}
    for line in table.strip().splitlines():
        code, name_en, name_ja = line.split(" | ")
        archive = code.partition(".")[0]
        names[code] = CategoryName(
            code, name_en, name_ja, archive, *GROUPS[_GROUP_OF_ARCHIVE[archive]]
        )
    return names


CURRENT_CATEGORIES = _read(CURRENT)
"""Code -> name of every category that takes papers today, in the order to list them."""

_ALL_CATEGORIES = CURRENT_CATEGORIES | _read(RETIRED)


def category_name(code: str) -> CategoryName:
    """Name a category. An unknown code is its own name in both languages; never raises."""
    if (name := _ALL_CATEGORIES.get(code)) is not None:
        return name
    archive = code.partition(".")[0]
    group_en, group_ja = GROUPS.get(_GROUP_OF_ARCHIVE.get(archive, ""), ("", ""))
    return CategoryName(code, code, code, archive, group_en, group_ja)


def is_known_category(code: str) -> bool:
    """Whether arXiv uses or used this code (letter case counts)."""
    return code in _ALL_CATEGORIES


def canonical_code(code: str) -> str:
    """The code to group by: aliases (cs.SY) and retired codes (cmp-lg) give their current one.

    Every other code, also an unknown one, is given back as it is.
    """
    return ALIASES.get(code, code)


def group_code(code: str) -> str:
    """The code of the group of a category or archive: "cs" of cs.CL, "physics" of hep-th.

    Empty for a code that is not arXiv's.
    """
    return _GROUP_OF_ARCHIVE.get(code.partition(".")[0], "")
