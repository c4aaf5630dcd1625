"""Cards: images of the right size with the content of the paper's page, for any text."""

import io

import pytest
from django.test import override_settings
from PIL import Image, ImageChops

from apps.public.pages.paper.card_image import Card, CardBadge, Fonts, draw_card
from tests.support.factories import publish_paper


def fonts(settings) -> Fonts:
    return Fonts(settings.CARD_FONT, settings.CARD_FONT_BOLD)


def card(**fields) -> Card:
    defaults = {
        "site": "papersite",
        "title": "羊を数える",
        "original": "Counting Sheep",
        "authors": "Ada Example",
        "facts": "cs.CL",
        "badges": [CardBadge("machine", "機械翻訳・未校閲")],
    }
    return Card(**(defaults | fields))


def picture(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    assert image.format == "PNG"
    assert image.size == (1200, 630)
    return image.convert("RGB")


def differs(one: Image.Image, other: Image.Image, part: tuple[int, int, int, int]) -> bool:
    """Whether a part looks different; shades may differ a little, since cards have few colours."""
    difference = ImageChops.difference(one.crop(part), other.crop(part)).convert("L")
    return difference.getextrema()[1] > 60


TITLE, FOOT, EDGE = (72, 122, 1128, 395), (0, 560, 1200, 630), (1129, 0, 1200, 630)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"title": "羊を数える犬" * 100}, id="long Japanese title"),
        pytest.param({"title": "W" * 100_000, "original": "W" * 100_000}, id="endless words"),
        pytest.param({"authors": "Ada Example, " * 3000}, id="very many authors"),
        pytest.param({"title": "", "original": "", "authors": "", "badges": []}, id="nothing"),
        pytest.param({"title": "\U0001f411 羊 كبش"}, id="characters that the font lacks"),
    ],
)
def test_a_card_keeps_its_margins_and_its_foot(settings, fields):
    usual, other = (picture(draw_card(each, fonts(settings))) for each in (card(), card(**fields)))
    assert not differs(usual, other, FOOT)
    assert not differs(usual, other, EDGE)


def test_a_card_shows_the_title_and_the_badge(settings):
    usual = picture(draw_card(card(), fonts(settings)))
    assert differs(usual, picture(draw_card(card(title="別の題"), fonts(settings))), TITLE)
    reviewed = card(badges=[CardBadge("reviewed", "校閲済み")])
    assert differs(usual, picture(draw_card(reviewed, fonts(settings))), (700, 40, 1200, 110))


@pytest.mark.django_db
@pytest.mark.parametrize("identifier", ["2405.10999", "hep-th/9901001"])
def test_a_published_paper_has_a_card(client, identifier):
    translation = publish_paper(arxiv_id=identifier)
    response = client.get(f"/papers/{identifier}/card.png")
    assert response["Content-Type"] == "image/png"
    assert "max-age" in response["Cache-Control"]
    picture(response.content)
    type(translation).objects.filter(pk=translation.pk).update(status="held")
    assert client.get(f"/papers/{identifier}/card.png").status_code == 404


@pytest.mark.django_db
def test_the_card_speaks_the_language_of_the_interface(client):
    publish_paper(arxiv_id="2405.10999")
    ours, english = (
        picture(client.get(f"{prefix}/papers/2405.10999/card.png").content)
        for prefix in ("", "/en")
    )
    assert differs(ours, english, (500, 40, 1200, 110))
    assert not differs(ours, english, TITLE)


@pytest.mark.django_db
@override_settings(CARD_FONT="/nowhere/font.otf")
def test_a_missing_font_is_reported(client):
    publish_paper(arxiv_id="2405.10999")
    with pytest.raises(OSError, match="cannot open resource"):
        client.get("/papers/2405.10999/card.png")
