"""Names of arXiv's categories in English and Japanese."""

from dataclasses import dataclass

from apps.text.arxiv.taxonomy_data import CURRENT, GROUPS, PHYSICS_ARCHIVES, RETIRED


@dataclass(frozen=True, slots=True)
class CategoryName:
    """The names of a category.

    code: "cond-mat.soft". archive: "cond-mat". group_en, group_ja: names of the archive's group
    ("Physics", "物理学"); empty for a code that is not arXiv's.
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
"""Codes of all archives, current and retired: "cs", "hep-th", "cmp-lg"."""


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
"""Code -> name of each category that takes papers today, in display order."""

_ALL_CATEGORIES = CURRENT_CATEGORIES | _read(RETIRED)


def category_name(code: str) -> CategoryName:
    """Return the names of a category. Never raises.

    Args:
        code: such as "cs.CL".

    Returns:
        Its names; an unknown code is its own name in both languages.
    """
    if (name := _ALL_CATEGORIES.get(code)) is not None:
        return name
    archive = code.partition(".")[0]
    group_en, group_ja = GROUPS.get(_GROUP_OF_ARCHIVE.get(archive, ""), ("", ""))
    return CategoryName(code, code, code, archive, group_en, group_ja)


def is_known_category(code: str) -> bool:
    """Tell whether arXiv uses or used this category.

    Args:
        code: such as "cs.CL"; letter case counts.

    Returns:
        True for current, aliased and retired categories.
    """
    return code in _ALL_CATEGORIES


def group_code(code: str) -> str:
    """Return the group of a category or archive: "cs" for cs.CL, "physics" for hep-th.

    Args:
        code: of a category or archive.

    Returns:
        The code of the group; empty for a code that is not arXiv's.
    """
    return _GROUP_OF_ARCHIVE.get(code.partition(".")[0], "")
