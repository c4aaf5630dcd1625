"""Titles, sentences and abstracts with TeX, as safe HTML and as plain text."""

import html
import re
from functools import lru_cache

from apps.text.tex.mathml import tex_to_mathml
from apps.text.tex.parser import CLOSE, DISPLAY, LINK, MATH, OPEN, Piece, parse_pieces

_SHORT = 80
_CAN_MARK = re.compile(r"[\\${}<>&/@_^~`]|--|''|ar[Xx]iv:|www\.|[^\t\n\r -\ud7ff\ue000-\ufffd]")


@lru_cache(maxsize=4096)
def to_html(text: str) -> str:
    """Convert a text with TeX to HTML. Never raises.

    Everything is escaped. Math becomes MathML, or its TeX source in `<code class="tex">` where it
    is broken; emphasis becomes em, strong and code; http and https addresses become links with
    rel="nofollow". Other TeX commands are shown by their sign or name.

    Args:
        text: as arXiv has it.

    Returns:
        A well-formed fragment of phrasing content.
    """
    if not _CAN_MARK.search(text):
        return html.escape(text)
    return "".join(piece_html(piece) for piece in parse_pieces(text))


@lru_cache(maxsize=4096)
def to_plain(text: str) -> str:
    """Convert a text with TeX to plain text for title elements, feeds and meta tags.

    Args:
        text: as arXiv has it.

    Returns:
        One unescaped line without markup; math as TeX without delimiters, cut after 80 characters.
    """
    if not _CAN_MARK.search(text):
        return " ".join(text.split())
    plain = "".join(_plain(piece) for piece in parse_pieces(text))
    return " ".join(plain.split())


def piece_html(piece: Piece) -> str:
    """Return one piece as HTML; the pieces of a text joined are a well-formed fragment."""
    if piece.kind in {MATH, DISPLAY}:
        mathml = tex_to_mathml(piece.text, piece.kind == DISPLAY)
        return mathml or f'<code class="tex">{html.escape(piece.text)}</code>'
    if piece.kind == OPEN:
        return f"<{piece.target}>"
    if piece.kind == CLOSE:
        return f"</{piece.target}>"
    if piece.kind == LINK and piece.target:
        address = html.escape(piece.target)
        return f'<a href="{address}" rel="nofollow noopener">{html.escape(piece.text)}</a>'
    return html.escape(piece.text)


def _plain(piece: Piece) -> str:
    if piece.kind in {MATH, DISPLAY} and len(piece.text) > _SHORT:
        return piece.text[:_SHORT] + "…"
    return piece.text
