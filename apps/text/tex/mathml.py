"""TeX math as safe MathML.

latex2mathml builds the element tree. Its serialiser is not used, because it does not escape `<`
of the input. The tree is written here, with known elements and attributes only.
"""

import html
import re
from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import Element

from latex2mathml.converter import Converter

ELEMENTS: Final = frozenset(
    """
    math mrow mi mn mo mtext mspace msub msup msubsup munder mover munderover mfrac msqrt mroot
    mstyle mpadded mphantom mtable mtr mtd menclose mmultiscripts mprescripts none
    """.split()  # noqa: SIM905 (easier to read and to keep than a list of strings)
)
_WORD = re.compile(r"[a-z-]{1,20}(?: [a-z-]{1,20}){0,20}")
_LENGTH = re.compile(r"-?(?:\d{1,2}|\d?\.\d{1,4}|\d\.\d{1,4})(?:em|ex|px|pt|mm|cm)?")
_DIGIT = re.compile(r"[+-]?\d")
ATTRIBUTES: Final = {
    "display": _WORD, "mathvariant": _WORD, "stretchy": _WORD, "fence": _WORD, "form": _WORD,
    "accent": _WORD, "movablelimits": _WORD, "displaystyle": _WORD, "columnalign": _WORD,
    "rowlines": _WORD, "columnlines": _WORD, "notation": _WORD, "separator": _WORD,
    "largeop": _WORD, "symmetric": _WORD, "linethickness": _LENGTH, "width": _LENGTH,
    "height": _LENGTH, "depth": _LENGTH, "lspace": _LENGTH, "rspace": _LENGTH,
    "voffset": _LENGTH, "minsize": _LENGTH, "maxsize": _LENGTH, "rowspacing": _LENGTH,
    "columnspacing": _LENGTH, "scriptlevel": _DIGIT,
}  # fmt: skip
# MathML Core has no named spaces.
_SPACES: Final = {
    "thinmathspace": "0.167em", "mediummathspace": "0.222em", "thickmathspace": "0.278em",
    "negativethinmathspace": "-0.167em", "negativemediummathspace": "-0.222em",
    "negativethickmathspace": "-0.278em",
}  # fmt: skip
LONGEST: Final = 1500
_DEEPEST_GROUP = 25
_DEEPEST_TREE = 80
_MOST_ELEMENTS = 4000
_DEFINITION = re.compile(
    r"\\(?:(?:re)?new|provide)?command|\\(?:def|let|require|input|include|csname)\b"
)
_NAME = re.compile(r"\\([A-Za-z]+)")
_LABEL = re.compile(r"\\(?:label|tag|nonumber|notag)\*?(?:\{[^{}]*\})?")
# In TeX a bare % starts a comment; authors of abstracts mean a percent sign.
_PERCENT = re.compile(r"(?<=\d)(\s?)%|(?<!\S)()%\Z")
_STRAY_PERCENT = re.compile(r"(?<!\\)%")
_BLACKBOARD = re.compile(r"\\([NZQRC])(?![A-Za-z])")


class _Refused(Exception):
    """The tree is too deep, too large, or holds an unknown element."""


@lru_cache(maxsize=8192)
def tex_to_mathml(tex: str, display: bool = False) -> str | None:
    r"""Return MathML for `tex` (without delimiters), or None if it cannot be rendered safely.

    Commands unknown to latex2mathml are shown by their names, as operators; \R, \N and the like are
    the usual number sets. Never raises.
    """
    tex = _STRAY_PERCENT.sub(" ", _PERCENT.sub(r"\g<1>\\%", _LABEL.sub("", tex))).strip()
    if not tex or len(tex) > LONGEST or _DEFINITION.search(tex) or _group_depth(tex) is None:
        return None
    tex = _BLACKBOARD.sub(r"\\mathbb{\1}", tex)
    try:
        tree = Converter(display="block" if display else "inline").convert_to_element(tex)
        budget = [_MOST_ELEMENTS]
        return _write(tree, 0, budget)
    except Exception:
        # Broken TeX makes the converter raise nearly any exception; the caller shows the source.
        return None


def _group_depth(tex: str) -> int | None:
    """Return how deep the braces of `tex` nest; None if unbalanced or too deep."""
    depth = deepest = 0
    for match in re.finditer(r"\\.|[{}]", tex, re.DOTALL):
        if match[0] == "{":
            depth += 1
            deepest = max(deepest, depth)
        elif match[0] == "}":
            depth -= 1
            if depth < 0:
                return None
    return deepest if depth == 0 and deepest <= _DEEPEST_GROUP else None


def _write(element: Element, depth: int, budget: list[int]) -> str:
    budget[0] -= 1
    tag = element.tag
    if depth > _DEEPEST_TREE or budget[0] < 0 or tag not in ELEMENTS:
        raise _Refused(tag)
    attributes = "".join(_attribute(name, value) for name, value in element.attrib.items())
    content = _content(element) + "".join(_write(child, depth + 1, budget) for child in element)
    return f"<{tag}{attributes}>{content}</{tag}>"


def _attribute(name: str, value: str) -> str:
    value = _SPACES.get(value, value)
    pattern = ATTRIBUTES.get(name)
    if pattern is None or not pattern.fullmatch(value):
        return ""
    return f' {name}="{value}"'


def _content(element: Element) -> str:
    text = element.text or ""
    if not text.strip() and element.tag != "mtext":
        return ""
    name = _NAME.fullmatch(text)
    return html.escape(name[1] if name else html.unescape(text))
