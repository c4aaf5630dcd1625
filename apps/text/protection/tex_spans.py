r"""Protected spans that TeX starts: math, environments, commands, accents, font groups.

Running text inside a command (``\emph{deep}``, ``{\it in vivo}``) stays visible: only the command
around it is protected, in two spans, so that the words are translated. What is the same in every
language is protected whole: math, references and citations, names in small capitals or typewriter
type, words with TeX accents (normalise those to Unicode first if the engine should see them), and
amounts with an escaped sign (``90\%``).
"""

import re
from functools import lru_cache

from apps.text.protection.span_kinds import Kind, Span

_LONGEST_INLINE_MATH = 1200

_MATH_ENVIRONMENTS = frozenset(
    [
        "equation", "align", "eqnarray", "gather", "multline", "math", "displaymath", "split",
        "array", "matrix", "pmatrix", "bmatrix", "vmatrix", "smallmatrix", "cases", "alignat",
        "flalign", "aligned", "gathered", "subequations", "tikzcd", "tikzpicture", "tabular",
    ]
)  # fmt: skip
_VISIBLE_ARGUMENT = frozenset(
    [
        "emph", "textbf", "textit", "textsl", "textrm", "textsf", "textup", "textmd",
        "textnormal", "text", "mbox", "underline", "uline", "footnote", "section", "subsection",
        "paragraph", "title", "caption", "textcolor", "color", "href", "enquote",
    ]
)  # fmt: skip
_HIDDEN_FIRST_ARGUMENT = frozenset(["href", "textcolor"])
_NAME_FONTS = frozenset(["sc", "tt", "scshape", "ttfamily"])

_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?")
_ENVIRONMENT = re.compile(r"\\begin\{([A-Za-z]+)\*?\}")
_SCRIPTS = re.compile(r"(?:[_^](?:\{[^{}\n]{0,80}\}|\\[A-Za-z]+|[A-Za-z0-9*+-]))++")
_GROUP = re.compile(
    r"\{\s*\\(it|em|bf|sc|tt|rm|sl|sf|small|large|Large|itshape|bfseries|scshape|ttfamily)"
    r"(?![A-Za-z])[ ~]*"
)
_ACCENT = (
    r"""(?:\\[`'^"~=.]\s?(?:\{\\?[A-Za-z]?\}|\\?[A-Za-z])"""
    r"""|\\[Hcuvrkdbt](?:\{\\?[A-Za-z]{1,2}\}|\s[A-Za-z])"""
    r"""|\\(?:ss|o|O|l|L|aa|AA|ae|AE|oe|OE|i|j)(?![A-Za-z])(?:\{\}|\s(?=[a-z]))?)"""
)
_ACCENT_AT = re.compile(_ACCENT)
_ACCENTED_WORD = re.compile(rf"\{{?(?:[^\W\d_]|\{{{_ACCENT}\}}|{_ACCENT}|[-’'](?=[^\W\d_]|\\))++")
_ESCAPED_AMOUNT = re.compile(r"\\\$[\d.,]*\d[kKMB]?")
_NUMBER_BEFORE = re.compile(r"[+-]?\d[\d.,]*$")

_WORDLESS = re.compile(
    r"\\(?:text|mbox|textrm|textit|textbf|mathrm|operatorname|intertext|hbox)\*?\{[^{}]*\}"
    r"|\\[A-Za-z]+|\{[^{}]*\}"
)
_PROSE = re.compile(
    r"(?<![\w\\~])(?!if |for |and |or |mod |d[a-z] )[A-Za-z]?[a-z]{2,},?"
    r"\s+(?!d[a-z]\b)[a-z]{2,}(?!\w)"
)
_EMPHASIS_IN_MATH = re.compile(r"\$\s*\\(?:textit|textbf|textsl|emph|text)\{([^{}$\\]+)\}\s*\$")
_LOWER_WORD = re.compile(r"[a-z-]{3,}")
_TEX_MARK = re.compile(r"[\\^_{}=<>|]")
_PLAIN_WORD = re.compile(r"(?<![A-Za-z\\])[a-z]{2,}(?![A-Za-z])")
_THREE_LETTERS = re.compile(r"[a-z]{3}")
_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n")


def reads_as_prose(content: str) -> bool:
    """Whether two plain words stand side by side, as in running text but never in math."""
    return _PROSE.search(_WORDLESS.sub("~", content)) is not None


def matching_brace(text: str, start: int) -> int | None:
    """Return the offset after the brace that closes the one at `start`; None if unclosed."""
    return _brace_ends(text).get(start)


@lru_cache(maxsize=1)
def _brace_ends(text: str) -> dict[int, int]:
    """Return, for each opening brace, the offset after its partner; linear in the text."""
    ends = {}
    opened = []
    for found in _BRACE.finditer(text):
        if found[0] == "{":
            opened.append(found.start())
        elif found[0] == "}" and opened:
            ends[opened.pop()] = found.end()
    return ends


def dollar_spans(text: str, start: int) -> list[Span]:
    r"""Return the spans that the dollar at `start` opens; empty if it opens none.

    Words that use math only for emphasis (``$\textit{in the wild}$``) stay visible.
    """
    emphasis = _EMPHASIS_IN_MATH.match(text, start)
    if emphasis and (reads_as_prose(emphasis[1]) or _LOWER_WORD.fullmatch(emphasis[1])):
        first, last = emphasis.span(1)
        return [Span(start, first, Kind.TEX), Span(last, emphasis.end(), Kind.TEX)]
    end = _dollar_math_end(text, start)
    return [] if end is None else [Span(start, end, Kind.MATH)]


def _dollar_math_end(text: str, start: int) -> int | None:
    """Return the end of the math that the dollar at `start` opens, or None.

    A dollar is money or a typing error if the text up to the next dollar reads as prose, or is a
    bare amount before another amount ("$5 million and $6 million", "$10-$20").
    """
    if text.startswith("$$", start):
        display = text.find("$$", start + 2)
        if display > start + 2 and not reads_as_prose(text[start + 2 : display]):
            return display + 2
        return None
    close = _closing_dollar(text, start)
    if close is None:
        return None
    content = text[start + 1 : close]
    if not content.strip() or _PARAGRAPH_BREAK.search(content) or reads_as_prose(content):
        return None
    if content[0].isspace() and content[-1].isspace() and not _TEX_MARK.search(content):
        return close + 1 if not _THREE_LETTERS.search(content) else None
    if content[0].isdigit() and not _TEX_MARK.search(content):
        amount_follows = text[close + 1 : close + 2].isdigit()
        worded = content[-1].isspace() or content.endswith("US")
        if amount_follows or (worded and _PLAIN_WORD.search(content)):
            return None
    return close + 1


def _closing_dollar(text: str, start: int) -> int | None:
    """Return the next unescaped dollar outside braces; the first one if braces never balance."""
    first = None
    depth = 0
    for found in _DOLLAR_OR_BRACE.finditer(text, start + 1, start + 1 + _LONGEST_INLINE_MATH):
        if found[0] == "$":
            if depth <= 0:
                return found.start()
            first = found.start() if first is None else first
        elif found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
    return first


_DOLLAR_OR_BRACE = re.compile(r"\\.|[{}$]", re.DOTALL)


def group_spans(text: str, start: int) -> list[Span]:
    r"""Return the spans of a font group (``{\it in vivo}``) at `start`; empty if there is none."""
    opening = _GROUP.match(text, start)
    end = matching_brace(text, start) if opening else None
    if opening is None or end is None:
        return []
    if opening[1] in _NAME_FONTS and not reads_as_prose(text[opening.end() : end - 1]):
        return [Span(start, end, Kind.TEX)]
    return [Span(start, opening.end(), Kind.TEX), Span(end - 1, end, Kind.TEX)]


def backslash_spans(text: str, start: int, floor: int) -> list[Span]:
    """Return the spans that the backslash at `start` begins, none reaching back before `floor`."""
    following = text[start + 1 : start + 2]
    if following in ("(", "["):
        closing = text.find("\\)" if following == "(" else "\\]", start + 2)
        if closing >= 0 and not _PARAGRAPH_BREAK.search(text, start, closing):
            return [Span(start, closing + 2, Kind.MATH)]
    if _ACCENT_AT.match(text, start):
        return [_accented_word(text, start, floor)]
    if following.isascii() and following.isalpha():
        return _environment(text, start) or _command(text, start)
    if following in ("%", "$"):
        return [_amount(text, start, floor)]
    return [Span(start, start + 2, Kind.TEX)] if following else []


def _accented_word(text: str, start: int, floor: int) -> Span:
    begin = start
    while begin > floor and (text[begin - 1].isalpha() or text[begin - 1] == "{"):
        begin -= 1
    word = _ACCENTED_WORD.match(text, begin)
    if word is None or word.end() <= start:
        accent = _ACCENT_AT.match(text, start)
        return Span(start, accent.end() if accent else start + 2, Kind.TEX)
    end = word.end()
    if text[end : end + 1] == "}" and text.count("{", begin, end) > text.count("}", begin, end):
        end += 1
    return Span(begin, end, Kind.TEX)


def _amount(text: str, start: int, floor: int) -> Span:
    amount = _ESCAPED_AMOUNT.match(text, start)
    if amount:
        return Span(start, amount.end(), Kind.TEX)
    number = _NUMBER_BEFORE.search(text[max(floor, start - 20) : start])
    return Span(start - len(number[0]) if number else start, start + 2, Kind.TEX)


def _environment(text: str, start: int) -> list[Span]:
    opening = _ENVIRONMENT.match(text, start)
    if opening is None or opening[1] not in _MATH_ENVIRONMENTS:
        return []
    closing = opening[0].replace("\\begin", "\\end", 1)
    close = text.find(closing, opening.end())
    return [Span(start, close + len(closing), Kind.MATH)] if close >= 0 else []


def _command(text: str, start: int) -> list[Span]:
    command = _COMMAND.match(text, start)
    if command is None:
        raise ValueError(f"no TeX command at offset {start}")
    end = command.end()
    if text[end : end + 1] == "[":
        close = text.find("]", end, end + 200)
        end = close + 1 if close >= 0 else end
    while text[end : end + 1] == "{":
        close_brace = matching_brace(text, end)
        if close_brace is None:
            return [Span(start, end + 1, Kind.TEX)]
        hides_this = command[1] in _HIDDEN_FIRST_ARGUMENT and end == command.end()
        visible = command[1] in _VISIBLE_ARGUMENT and not hides_this
        if visible or (not hides_this and reads_as_prose(text[end + 1 : close_brace - 1])):
            return [Span(start, end + 1, Kind.TEX), Span(close_brace - 1, close_brace, Kind.TEX)]
        end = close_brace
    scripts = _SCRIPTS.match(text, end)
    return [Span(start, scripts.end() if scripts else end, Kind.TEX)]
