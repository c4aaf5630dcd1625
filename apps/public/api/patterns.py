"""Regular expressions of identifiers, days, weeks and cursors, for the schema.

They match whole strings and use only syntax common to Python and ECMAScript.
"""

from typing import Final

_MONTH: Final = "(0[1-9]|1[0-2])"
# Four digits after the point from April 2007, five from 2015; the number is not zero.
_FOUR: Final = rf"(07(0[4-9]|1[0-2])|(0[89]|1[0-4]){_MONTH})\.(?!0000)[0-9]{{4}}"
_FIVE: Final = rf"(1[5-9]|[2-9][0-9]){_MONTH}\.(?!00000)[0-9]{{5}}"
# From 1991 to March 2007.
_OLD: Final = (
    rf"[a-z]+(-[a-z]+)?(\.[A-Z]{{2}})?/((9[1-9]|0[0-6]){_MONTH}|070[1-3])(?!000)[0-9]{{3}}"
)
ARXIV_ID: Final = f"({_FOUR}|{_FIVE}|{_OLD})"
"""An arXiv identifier without version, as arXiv spells it."""
ANY_VERSION: Final = f"{ARXIV_ID}(v[1-9][0-9]{{0,2}})?"

_YEAR: Final = "(198[6-9]|199[0-9]|2[0-9]{3})"
_LEAP_YEAR: Final = "(1988|199[26]|2[0-9](0[48]|[2468][048]|[13579][26])|2(0|4|8)00)"
_DAY: Final = (
    "((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
)
YEAR_MONTH_OR_DAY: Final = f"({_YEAR}(-{_MONTH}|-{_DAY})?|{_LEAP_YEAR}-02-29)"

WEEK: Final = "[0-9]{4}-W(0[1-9]|[1-4][0-9]|5[0-3])"
CURSOR: Final = "[A-Za-z0-9_.-]+"


def whole_match(pattern: str) -> str:
    """Anchor a pattern, because JSON Schema would search it anywhere in a string."""
    return f"^(?:{pattern})$"
