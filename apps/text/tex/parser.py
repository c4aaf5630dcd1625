"""Parse titles and abstracts with TeX into pieces: text, emphasis, math, links."""

import re
from collections.abc import Generator, Iterator
from typing import Final, NamedTuple

from latex2mathml.symbols_parser import convert_symbol

from apps.text.protection.japanese_spans import find_spans_in_japanese
from apps.text.protection.spans import Kind, Span
from apps.text.render.xml_characters import strip_invalid_xml
from apps.text.tex.accents import accents_to_unicode

TEXT: Final = "text"
MATH: Final = "math"
DISPLAY: Final = "display"
LINK: Final = "link"
OPEN: Final = "open"
CLOSE: Final = "close"


class Piece(NamedTuple):
    """A piece of a text. `target` is the element of OPEN and CLOSE, or the address of LINK."""

    kind: str
    text: str
    target: str = ""


LONGEST: Final = 100_000
_EMPHASIS: Final = {
    "emph": "em", "textit": "em", "textsl": "em", "it": "em", "em": "em", "sl": "em",
    "itshape": "em", "textbf": "strong", "bf": "strong", "bfseries": "strong",
    "texttt": "code", "tt": "code", "ttfamily": "code",
}  # fmt: skip
_SWITCHES: Final = frozenset(
    "it em sl itshape bf bfseries tt ttfamily rm sc sf scshape small large".split()  # noqa: SIM905
)
_CITATION: Final = frozenset(["cite", "citep", "citet", "citealp", "citeauthor", "citeyear"])
_DROPPED: Final = frozenset(["label", "vspace", "hspace", "footnotemark", "thanks", "noindent"])
_COMMAND_TEXT: Final = {
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "textbackslash": "\\", "par": " ",
    "newline": " ", "linebreak": " ", "quad": " ", "qquad": " ", "item": "• ", "sim": "∼",
}  # fmt: skip
_TOKEN = re.compile(
    r"\\(?P<command>[A-Za-z]+)\*?(?P<argument>\s?\{)?[ ]?|\\(?P<sign>.)|(?P<brace>[{}])", re.DOTALL
)
_GROUP_SWITCH = re.compile(r"\s*\\([A-Za-z]+)(?![A-Za-z])[ ~]*")
_URL_ESCAPE = re.compile(r"\\(?:([_%&#])|~(?:\{\})?)|\$\\sim\$|\{?\\~\{?\}?")
_ENTITY: Final = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&apos;": "'",
                  "&#39;": "'", "&nbsp;": " "}  # fmt: skip
_SCRIPT_TAG = re.compile(r"<(sub|sup)>([^<>]*)</\1>", re.IGNORECASE)
_ARGUMENT = re.compile(r"([^{}]{0,400})\}")
_TRANSPARENT: Final = frozenset(
    """
    textrm textsf textsc textup textnormal text mbox hbox underline uline mathrm textsuperscript
    textsubscript section subsection title caption footnote rm sc sf emph enquote ensuremath
    """.split()  # noqa: SIM905 (easier to read and to keep than a list of strings)
)
_DELIMITERS: Final = (
    ("$$", "$$", DISPLAY),
    ("$", "$", MATH),
    ("\\(", "\\)", MATH),
    ("\\[", "\\]", DISPLAY),
    ("\\begin{equation}", "\\end{equation}", DISPLAY),
    ("\\begin{equation*}", "\\end{equation*}", DISPLAY),
    ("\\begin{math}", "\\end{math}", MATH),
    ("\\begin{displaymath}", "\\end{displaymath}", DISPLAY),
)
_DEEPEST = 40


def parse_pieces(text: str) -> Iterator[Piece]:
    """Split a text into pieces. Never raises.

    Args:
        text: with TeX; everything after the first 100,000 characters is plain text.

    Yields:
        The pieces in order; OPEN and CLOSE are balanced, invalid characters of XML dropped.
    """
    text = strip_invalid_xml(text)
    text, rest = text[:LONGEST], text[LONGEST:]
    reader = _Reader(text)
    yield from reader.read()
    if rest:
        yield Piece(TEXT, rest)


class _Reader:
    """Reads a text from left to right; `groups` are the open braces and the elements they close."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.groups: list[str] = []
        self.hides_braces = "\\" in text

    def read(self) -> Iterator[Piece]:
        position = 0
        for span in find_spans_in_japanese(self.text):
            if span.kind in {Kind.TEX, Kind.CODE, Kind.CITATION} or span.start < position:
                continue
            yield from self._tex(position, span.start)
            yield from _protected(self.text[span.start : span.end], span)
            position = span.end
        yield from self._tex(position, len(self.text))
        while self.groups:
            yield from self._close()

    def _tex(self, position: int, end: int) -> Iterator[Piece]:
        """Read text[position:end], which holds no math or address, token by token."""
        text = accents_to_unicode(self.text[position:end])
        position, end = 0, len(text)
        while match := _TOKEN.search(text, position, end):
            if match.start() > position:
                yield Piece(TEXT, text[position : match.start()])
            position = match.end()
            if match["brace"] == "{":
                switch = _GROUP_SWITCH.match(text, position, end)
                if switch and switch[1] in _SWITCHES:
                    position = switch.end()
                    yield from self._open(_EMPHASIS.get(switch[1], ""))
                elif self.hides_braces:
                    yield from self._open("")
                else:
                    yield Piece(TEXT, "{")
            elif match["brace"]:
                if self.groups:
                    yield from self._close()
                else:
                    yield Piece(TEXT, "}")
            elif match["sign"]:
                yield Piece(TEXT, _sign(match["sign"]))
            else:
                position = yield from self._command(text, match)
        if position < end:
            yield Piece(TEXT, text[position:end])

    def _command(self, text: str, match: re.Match[str]) -> Generator[Piece, None, int]:
        """Read one command; return the position after it."""
        name = match["command"]
        if not match["argument"]:
            if name not in _SWITCHES:
                yield Piece(TEXT, _word(name) + (" " if match[0].endswith(" ") else ""))
            return match.end()
        position = match.end("argument")
        argument = _ARGUMENT.match(text, position)
        if name in {*_CITATION, *_DROPPED, "url", "ref", "eqref"} and argument:
            if name in _CITATION:
                yield Piece(TEXT, f"[{argument[1]}]")
            elif name in {"ref", "eqref"}:
                yield Piece(TEXT, f"({argument[1]})")
            elif name == "url":
                yield Piece(TEXT, argument[1])
            return argument.end()
        yield from self._open(_EMPHASIS.get(name, ""))
        if name not in _EMPHASIS and name not in _TRANSPARENT:
            yield Piece(TEXT, _word(name) + " ")
        return position

    def _open(self, element: str) -> Iterator[Piece]:
        if len(self.groups) >= _DEEPEST:
            element = ""
        self.groups.append(element)
        if element:
            yield Piece(OPEN, "", element)

    def _close(self) -> Iterator[Piece]:
        element = self.groups.pop()
        if element:
            yield Piece(CLOSE, "", element)


def _protected(tex: str, span: Span) -> Iterator[Piece]:
    if span.kind is Kind.MATH:
        yield _math(tex)
    elif span.kind is Kind.MARKUP:
        yield from _markup(tex)
    else:
        shown = _URL_ESCAPE.sub(lambda match: match[1] or "~", tex)
        yield Piece(LINK, shown, _address(shown, span.kind))


def _math(tex: str) -> Piece:
    for opening, closing, kind in _DELIMITERS:
        inside = len(tex) > len(opening) + len(closing)
        if inside and tex.startswith(opening) and tex.endswith(closing):
            return Piece(kind, tex[len(opening) : len(tex) - len(closing)])
    return Piece(DISPLAY if tex.startswith("\\begin") else MATH, tex)


def _markup(tag: str) -> Iterator[Piece]:
    if tag in _ENTITY:
        yield Piece(TEXT, _ENTITY[tag])
    elif script := _SCRIPT_TAG.fullmatch(tag):
        element = script[1].lower()
        yield Piece(OPEN, "", element)
        yield Piece(TEXT, script[2])
        yield Piece(CLOSE, "", element)
    else:
        yield Piece(TEXT, tag)


def _address(shown: str, kind: Kind) -> str:
    """Return the http or https address of a link; "" if it has none."""
    if kind is Kind.URL:
        if re.match(r"https?://[^/]", shown):
            return shown
        return "https://" + shown if re.match(r"www\.\w", shown) else ""
    if kind is Kind.DOI:
        return "https://doi.org/" + shown[shown.index("10.") :]
    if kind is Kind.ARXIV:
        return "https://arxiv.org/abs/" + shown.partition(":")[2] if ":" in shown else ""
    return ""


def _word(command: str) -> str:
    r"""Return the display of a command without argument: a sign (\alpha) or its name (\LaTeX)."""
    if command in _COMMAND_TEXT:
        return _COMMAND_TEXT[command]
    code = convert_symbol("\\" + command)
    return chr(int(code, 16)) if code and re.fullmatch(r"[0-9A-F]{4,5}", code) else command


def _sign(sign: str) -> str:
    return " " if sign in "\\,;:! \n" else "" if sign in "/-()[]" else sign
