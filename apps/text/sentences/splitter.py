"""Split scientific English into sentences, as exact ranges of the text.

The splitter is sentencex (Wikimedia, MIT), with three steps around it for scientific text:
protect (math, addresses and abbreviations become letters of the same length, so that offsets stay
valid), split, and correct (drop boundaries inside brackets and after list markers; add those after
a missing space, a unit or a name such as "NF-kappa B").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sentencex import get_sentence_boundaries

from apps.text.protection.spans import Kind, Span, find_spans
from apps.text.sentences.abbreviations import STARTS_SENTENCE, ends_after_abbreviation, keeps_period


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: text[start:end] of its source, and the number of its paragraph from 0."""

    text: str
    start: int
    end: int
    paragraph: int


_HARD_WRAP_WIDTH = range(60, 101)
_INDENT = 3  # arXiv indents the first line before it wraps, and strips it afterwards
_LONGEST_BRACKET = 600

_WHITE_SPACE = re.compile(r"[^\S ]")
_ENDS_INSIDE = re.compile(r"[.?!](?:\s|\\[ ,;!\]})]|\\end\{[a-z]+\*?\}|[$})])*\Z")
_BRACKET = re.compile(r"[()\[\]]")

_UNIT = (
    r"(?:s|sec|min|h|hr|hrs|d|wk|yr|yrs|mo|ms|ns|ps|fs|[kmcnµμ]?m|km|pc|kpc|Mpc|Gpc|[kmnµμ]?g|kg"
    r"|[mµμ]?[lL]|[mnµμ]?M|[kMG]?Da|kb|bp|[kMGTm]?Hz|[kMGTm]?eV|[mk]?V|[mk]?W|m?K|[mk]?T|[GMk]B|dB"
    r"|C|F|A|J|N|Pa|kPa|MPa|GPa|mol|in|ft|mph|rpm|AU|Gyr|Myr|kyr)"
)
_DESIGNATOR = (
    r"(?:kappa|alpha|beta|gamma|delta|type|types|class|group|groups|vitamin|hepatitis|protein"
    r"|factor|band|phase|grade|stage|model|models|system|case|theorem|appendix|problem|part|panel"
    r"|algorithm|method|experiment|site|region|subunit|domain|isoform|chain|strain|influenza|virus"
    r"|set|graph|algebra|ring|field|space|manifold|matrix|variable|operator|rank|index|axiom)"
)
_NAME_START = r"(?:[a-z]{1,4}[A-Z]\w*|[a-z]{1,3}\d\w*|[α-ωΑ-Ω][\w-]*)"

_PERIOD = re.compile(r"\.")
_TERMINATOR = re.compile(r"""(?P<stop>[.?!]+)(?P<quote>(?:["'”’»}]|\'\')*+[)\]]?)(?P<gap>\s*)""")
_WORD_THEN_NO_SPACE = re.compile(r"(?:[a-z]{2}['’]{0,2}\s?|[\])])\Z")
_WORD_RIGHT_AFTER = re.compile(
    r"[A-Z][a-z]+(?:-\w+)?[\s,;:]|[AI]\s|[A-Z][\w-]+\s[a-z]|(?:Mr|Ms|Dr|Prof)x\s"
)
_ENDS_IN_WORD = re.compile(r"[\w)\]%}]\Z")
_NAMED_BY_LETTER = re.compile(rf"[\s-]{_DESIGNATOR}\s[A-Z]\Z")
_QUANTITY = re.compile(rf"\d\s?-?{_UNIT}\Z")
_NAME_AHEAD = re.compile(rf"{_NAME_START}[\s,]")
_FULL_WIDTH = "。！？"
_ENDS_SENTENCE = re.compile(r"""[.?!…。！？]["'”’»)\]}]*\Z""")
_LABEL = r"(?:\d{1,2}|[ivxIVX]{1,5}|[a-hA-H])"
_MARKER = re.compile(rf"\([^()]{{0,{_LONGEST_BRACKET}}}\)|(?<=\s){_LABEL}\.?\)")
_IN_BRACKETS = re.compile(rf"\((?!{_LABEL}\))")
_MARKER_AHEAD = re.compile(r"\s*(?:[•⁃]|\(?\d{1,2}\.?\))")
_MARKER_ONLY = re.compile(
    r"[(\[]?(?:\d{1,2}|[ivxIVX]{1,5}|[a-zA-Z])[)\]]?[.):]*\Z|[•⁃*-]\s?(?:\d{1,2}\.)?\Z"
)
_LIST_DOTS = re.compile(r"(?:[,+*=<]\s?|\s)(?:\.{3}|…)\Z")
_GOES_ON = re.compile(r"[)\]},;:%]|[a-z]+(?![\w.-]*[A-Z\d])[\s,.;:)-]")


def split_sentences(text: str) -> list[Sentence]:
    """Split a text into sentences.

    A line end ends a paragraph and thereby a sentence, unless it is inside math or where a hard
    wrap at a fixed width (60 to 100 columns) would put it. No math, TeX command, address or code
    token is ever split.

    Args:
        text: a title or abstract, with TeX.

    Returns:
        The sentences in order, with text[start:end] == sentence.text; only white space lies between
        them. Empty for blank text.
    """
    spans = find_spans(text)
    plain = _protected(text, spans)
    sentences = []
    for number, (start, end) in enumerate(_paragraphs(text, spans)):
        begin = start
        for cut in [*_cuts(plain[start:end], start), end]:
            piece = text[begin:cut]
            if stripped := piece.strip():
                first = begin + len(piece) - len(piece.lstrip())
                last = first + len(stripped)
                sentences.append(Sentence(stripped, first, last, number))
            begin = cut
    return sentences


def _protected(text: str, spans: list[Span]) -> str:
    """Return the text with spans and kept periods replaced by letters, at the same length.

    A span that ends in its own full stop (a display equation) keeps one as its last character;
    one that opens a group ends in a space, so that the word after it is read as a word.
    """
    pieces = []
    position = 0
    for span in spans:
        length = span.end - span.start
        pieces.append(text[position : span.start])
        position = span.end
        if length == 1:
            pieces.append("}")
            continue
        last = "x"
        if span.kind is Kind.MATH and _ENDS_INSIDE.search(text, span.start, span.end):
            last = "."
        elif span.kind is Kind.TEX and text[span.end - 1] in "{ ":
            last = " "
        pieces.append("X" + "x" * (length - 2) + last)
    pieces.append(text[position:])
    plain = _WHITE_SPACE.sub(" ", "".join(pieces))
    return _PERIOD.sub(lambda period: "x" if keeps_period(plain, period.start()) else ".", plain)


def _paragraphs(text: str, spans: list[Span]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the paragraphs that are not blank."""
    if "\n" not in text:
        if text.strip():
            yield 0, len(text)
        return
    begin = 0
    for end in [*_paragraph_ends(text, spans), len(text)]:
        if text[begin:end].strip():
            yield begin, end
        begin = end


def _paragraph_ends(text: str, spans: list[Span]) -> Iterator[int]:
    lines = text.split("\n")
    width = max(map(len, lines))
    covered = iter(spans)
    span = next(covered, None)
    offset = -1
    for line, following in pairwise(lines):
        offset += len(line) + 1
        while span is not None and span.end <= offset:
            span = next(covered, None)
        if span is not None and span.start < offset:
            continue
        words = following.split(" ", 1)
        wrapped = (
            width in _HARD_WRAP_WIDTH
            and words[0] != ""
            and not words[0].isspace()
            and len(line) + 1 + len(words[0]) > width - _INDENT
        )
        if not wrapped:
            yield offset


def _cuts(plain: str, offset: int) -> list[int]:
    """Return where sentences begin inside a paragraph, as offsets into the whole text."""
    if not plain.isprintable():
        plain = "".join(c if c.isprintable() else "x" for c in plain)
    is_list = _MARKER_AHEAD.match(plain) is not None
    # sentencex treats everything after a list marker as one item, to the end of the paragraph.
    running = plain if is_list else _MARKER.sub(_marker_as_word, plain)
    proposed = {int(found["end_index"]) for found in get_sentence_boundaries("en", running)}
    added = {found.end() for found in _TERMINATOR.finditer(plain) if _ends_sentence(plain, found)}
    cuts = sorted((proposed | added) - {0, len(plain)})
    if not cuts:
        return []
    brackets = _bracket_ranges(plain)
    kept = []
    begin = 0
    for cut in cuts:
        before = plain[begin:cut].strip()
        if (
            not before
            or not (plain[cut - 1].isspace() or plain[cut - 1] in _FULL_WIDTH or cut in added)
            or not (is_list or cut in added or _ENDS_SENTENCE.search(before))
            or _MARKER_ONLY.match(before)
            or _GOES_ON.match(plain, cut)
            or (_LIST_DOTS.search(before) and not STARTS_SENTENCE.match(plain, cut))
            or any(first < cut <= last for first, last in brackets)
        ):
            continue
        kept.append(offset + cut)
        begin = cut
    return kept


def _marker_as_word(found: re.Match[str]) -> str:
    """Replace a list marker by a word of the same length; keep other brackets."""
    if _IN_BRACKETS.match(found[0]):
        return found[0]
    return "X" + "x" * (len(found[0]) - 1)


def _ends_sentence(plain: str, found: re.Match[str]) -> bool:
    """Whether a sentence certainly ends here, in cases that a general splitter misses."""
    start, following = found.span()
    if following == len(plain):
        return False
    before = plain[max(0, start - 24) : start]
    if not found["gap"]:
        right_after = _WORD_RIGHT_AFTER.match(plain, following)
        if before[-1:].isdigit():
            return STARTS_SENTENCE.match(plain, following) is not None
        return right_after is not None and _WORD_THEN_NO_SPACE.search(before) is not None
    ahead = plain[following]
    if found["quote"] in (")", "]"):
        opening = plain.rfind("(" if found["quote"] == ")" else "[", 0, start)
        stands_alone = _ENDS_SENTENCE.search(plain[:opening].rstrip()) is not None
        return opening >= 0 and stands_alone and ahead.isupper()
    if found["quote"]:
        return ahead.isupper() or ahead == "("
    if STARTS_SENTENCE.match(plain, following) and _ENDS_IN_WORD.search(before):
        return True
    if ahead.isupper() or ahead.isdigit():
        if _NAMED_BY_LETTER.search(before) or ends_after_abbreviation(plain, start, following):
            return True
        return ahead.isupper() and _QUANTITY.search(before) is not None
    if len(found["stop"]) > 1:
        return False
    name = _NAME_AHEAD.match(plain, following)
    return name is not None and (before[-1:].isalnum() or before[-1:] in (")", "]", "%"))


def _bracket_ranges(plain: str) -> list[tuple[int, int]]:
    """Return the ranges between matching brackets; unmatched brackets are ignored."""
    ranges = []
    opened: list[tuple[str, int]] = []
    for found in _BRACKET.finditer(plain):
        if found[0] in "([":
            opened.append((found[0], found.start()))
        elif opened and opened[-1][0] == ("(" if found[0] == ")" else "["):
            start = opened.pop()[1]
            if found.start() - start <= _LONGEST_BRACKET:
                ranges.append((start, found.start()))
    return ranges
