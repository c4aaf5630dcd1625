"""Draw the card of a paper."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from apps.text.render.line_breaking import break_lines, cut_lines

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
LONGEST_TEXT = 400
"""Characters to lay out; more never fit, at any size."""
TITLE_SIZES = (68, 60, 52, 46, 40)
TITLE_ROOM = 312
COLOURS = 64

PAPER, INK, SOFT, LINE, ACCENT = "#fbfaf6", "#1c1e22", "#5a5f68", "#e2dfd5", "#274b7a"
BADGE_COLOURS = {
    "reviewed": ("#e5f1e9", "#1d6240"),
    "withdrawn": ("#fbe8e6", "#98211f"),
}
OTHER_BADGE = ("#fbf0da", "#7a4a00")


@dataclass(frozen=True, slots=True)
class CardBadge:
    """A badge. code: as of `labels.Badge`, for the colour."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Card:
    """The plain texts of a card. facts: category, identifier, day."""

    site: str
    title: str
    original: str
    authors: str
    facts: str
    badges: Sequence[CardBadge]


@dataclass(frozen=True, slots=True)
class Fonts:
    """The paths of the font files."""

    regular: str
    bold: str


def draw_card(card: Card, fonts: Fonts) -> bytes:
    """Return the card as PNG, 1200 x 630 pixels.

    Titles shrink until they fit; at the smallest size they are cut with an ellipsis. Raises OSError
    if a font file cannot be read.
    """
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 12), fill=ACCENT)
    _draw_site(pen, card, fonts)
    below = _draw_title(pen, card.title, fonts, top=122)
    room = MARGIN, below + 14
    below = _draw_lines(pen, card.original, font(fonts.regular, 26), room, SOFT, most=2)
    _draw_lines(pen, card.authors, font(fonts.regular, 26), (MARGIN, below + 8), INK, most=1)
    pen.line((MARGIN, HEIGHT - 82, WIDTH - MARGIN, HEIGHT - 82), fill=LINE, width=2)
    pen.text((MARGIN, HEIGHT - 62), card.facts, font=font(fonts.regular, 25), fill=SOFT)
    written = io.BytesIO()
    image.quantize(COLOURS).save(written, "PNG", optimize=True)
    return written.getvalue()


@lru_cache(maxsize=32)
def font(path: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a font of a size in pixels. Raises OSError if the file cannot be read."""
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def _draw_site(pen: ImageDraw.ImageDraw, card: Card, fonts: Fonts) -> None:
    """Draw the logo and name of the site, and the badges on the right."""
    left, top = MARGIN, 58
    pen.line(
        [
            *((left, top), (left + 21, top), (left + 30, top + 9)),
            *((left + 30, top + 38), (left, top + 38), (left, top)),
        ],
        fill=ACCENT,
        width=3,
        joint="curve",
    )
    for line, length in ((13, 16), (20, 16), (27, 10)):
        pen.line((left + 7, top + line, left + 7 + length, top + line), fill=ACCENT, width=3)
    pen.text((left + 46, top + 20), card.site, font=font(fonts.bold, 29), fill=INK, anchor="lm")
    label = font(fonts.bold, 24)
    right = WIDTH - MARGIN
    for badge in reversed(card.badges):
        ground, ink = BADGE_COLOURS.get(badge.code, OTHER_BADGE)
        width = label.getlength(badge.label) + 36
        pen.rounded_rectangle((right - width, top - 4, right, top + 44), radius=8, fill=ground)
        pen.text((right - width / 2, top + 20), badge.label, font=label, fill=ink, anchor="mm")
        right -= int(width) + 14


def _draw_title(pen: ImageDraw.ImageDraw, title: str, fonts: Fonts, *, top: int) -> int:
    """Draw the title in the largest size at which it fits; return its lower end."""
    width = WIDTH - 2 * MARGIN
    for size in TITLE_SIZES:
        bold = font(fonts.bold, size)
        height = round(size * 1.36)
        lines = break_lines(title[:LONGEST_TEXT], bold.getlength, width)
        if len(lines) * height <= TITLE_ROOM:
            break
    for number, line in enumerate(cut_lines(lines, TITLE_ROOM // height, bold.getlength, width)):
        pen.text((MARGIN, top + number * height), line, font=bold, fill=INK)
        end = top + (number + 1) * height
    return end if lines else top


def _draw_lines(
    pen: ImageDraw.ImageDraw,
    text: str,
    chosen: ImageFont.FreeTypeFont,
    corner: tuple[int, int],
    ink: str,
    *,
    most: int,
) -> int:
    """Draw at most `most` lines below a corner; return their lower end."""
    width = WIDTH - 2 * MARGIN
    lines = break_lines(text[:LONGEST_TEXT], chosen.getlength, width)
    height = round(chosen.size * 1.42)
    left, top = corner
    for line in cut_lines(lines, most, chosen.getlength, width):
        pen.text((left, top), line, font=chosen, fill=ink)
        top += height
    return top
