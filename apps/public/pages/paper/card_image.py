"""Drawing the card of a paper: the picture that social networks show beside a link to its page."""

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
"""Characters of a title that are looked at; more than these never fit, whatever the size."""
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
    """A short mark. code: as `wording.Badge` has it, for the colour."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card, in plain text. facts: category, identifier, day."""

    site: str
    title: str
    original: str
    authors: str
    facts: str
    badges: Sequence[CardBadge]


@dataclass(frozen=True, slots=True)
class Fonts:
    """Paths of the font files. bold: for the title."""

    regular: str
    bold: str


def draw_card(card: Card, fonts: Fonts) -> bytes:
    """Return the card as PNG, 1200 x 630. Takes the same time for any text, however long.

    Titles shrink until they fit, and end in an ellipsis where even the smallest size does not do.
    Raises OSError where a font file cannot be read.
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
    """Return a font of a size. Raises OSError where the file cannot be read."""
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def _draw_site(pen: ImageDraw.ImageDraw, card: Card, fonts: Fonts) -> None:
    """The sheet that is the site's mark, its name, and the badges at the other end."""
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
    """Draw the title in the largest size at which all of it fits; return where it ends."""
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
    """Draw at most so many lines from a corner on; return where they end."""
    width = WIDTH - 2 * MARGIN
    lines = break_lines(text[:LONGEST_TEXT], chosen.getlength, width)
    height = round(chosen.size * 1.42)
    left, top = corner
    for line in cut_lines(lines, most, chosen.getlength, width):
        pen.text((left, top), line, font=chosen, fill=ink)
        top += height
    return top
