"""The score as readers and programs get it: explained, ranked, with what it is not."""

import pytest
from django.utils import translation
from lxml import html

from apps.discovery.models import OutsideSignal
from apps.discovery.scoring.formulas import FORMULAS
from apps.discovery.scoring.rank import rank_batch
from apps.discovery.scoring.score import score_papers
from apps.public.site.labels import rank_label, score_is_not
from tests.support.builders import NOW
from tests.support.factories import publish_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]

PAGE = "/en/papers/2405.10999/"
DOCUMENT = "/api/v1/papers/2405.10999/"


def publish_scored(**fields):
    defaults = {
        "arxiv_id": "2405.10999",
        "submitted_at": NOW,
        "comments": "Accepted to ACL 2026. Code: https://github.com/a/b",
        "authors": [{"name": f"Author {letter}"} for letter in "ABCDEFGH"],
    }
    return publish_paper(**(defaults | fields))


def score_box(client, address: str = PAGE):
    page = html.fromstring(client.get(address).content)
    (box,) = page.xpath("//section[@aria-labelledby='score']")
    return box


def words(element) -> str:
    return " ".join(element.text_content().split())


def document(client):
    return client.get(DOCUMENT, headers={"Accept-Language": "en"}).json()


def test_the_box_and_the_api_say_the_same(client):
    publish_scored()
    box, score = score_box(client), document(client)["score"]
    said = words(box)
    assert f"{score['value']:.1f} / 100" in said
    assert score["is_not"] in said
    assert len(score["components"]) == 8
    for part in score["components"]:
        assert f"{part['label']} {part['points']:.1f} / {part['weight']:.0f}" in said
        assert part["meaning"] in said
        assert part["fact_label"] in said
    assert score["value"] == pytest.approx(sum(part["points"] for part in score["components"]))
    assert score["formula_url"].endswith(box.xpath(".//a/@href")[-1].removeprefix("/en"))


def test_the_bars_are_drawn_to_one_scale_without_inline_style(client):
    publish_scored()
    box, score = score_box(client), document(client)["score"]
    heaviest = max(part["weight"] for part in score["components"])
    bars = [
        [float(bar.get("width")) for bar in chart.xpath("./rect")] for chart in box.xpath(".//svg")
    ]
    assert bars == [
        pytest.approx([100 * part["weight"] / heaviest, 100 * part["points"] / heaviest], abs=0.06)
        for part in score["components"]
    ]
    assert not box.xpath(".//@style")
    # The numbers are in the text; the picture would only say them again.
    assert set(box.xpath(".//svg/@aria-hidden")) == {"true"}


def test_the_rank_within_day_and_category_is_shown(client):
    publish_scored()
    publish_paper(submitted_at=NOW)
    rank_batch(now=NOW)
    rank = document(client)["score"]["rank"]
    assert (rank["place"], rank["of"], rank["category"], rank["day"]) == (
        1,
        2,
        "cs.CL",
        "2026-03-02",
    )
    assert "1 of 2 in cs.CL submitted on 2026-03-02" in words(score_box(client))


def test_a_paper_without_category_is_placed_within_its_day(client):
    translation_of = publish_scored(primary_category="", categories=[])
    with translation.override("en"):
        said = rank_label(translation_of.paper.scores.get().rank)
    assert said == "1 of 1 submitted on 2026-03-02"
    assert "1 of 1 submitted on 2026-03-02" in words(score_box(client))


def test_a_score_without_rank_shows_no_rank(client):
    paper = publish_scored().paper
    paper.scores.get().rank.delete()
    assert document(client)["score"]["rank"] is None
    assert not score_box(client).xpath(".//p[@class='rank']")


def test_scores_under_earlier_formulas_are_history(client):
    paper = publish_scored().paper
    score_papers([paper.pk], FORMULAS[1], now=NOW)
    score = document(client)["score"]
    assert score["formula"] == 2
    assert [(item["formula"], item["value"]) for item in score["history"]] == [
        (formula, paper.scores.get(formula=formula).value) for formula in (2, 1)
    ]


def test_the_formula_in_force_is_the_one_that_is_shown(client, settings):
    paper = publish_scored().paper
    score_papers([paper.pk], FORMULAS[1], now=NOW)
    settings.SCORE_FORMULA = 1
    assert document(client)["score"]["formula"] == 1
    assert "Formula 1" in words(score_box(client))
    assert not score_box(client).xpath(".//span[@class='fact']")


def test_outside_signals_are_empty_by_default_and_never_on_the_page(client):
    paper = publish_scored().paper
    assert document(client)["outside_signals"] == []
    OutsideSignal.objects.create(paper=paper, source="openalex", citations=1234, asked_at=NOW)
    OutsideSignal.objects.create(paper=paper, source="semanticscholar", asked_at=NOW)
    assert document(client)["outside_signals"] == [
        {"source": "openalex", "citations": 1234, "asked_at": "2026-03-02T06:00:00Z"}
    ]
    assert "1234" not in words(score_box(client))


def test_words_of_authors_are_escaped(client):
    publish_scored(comments="Accepted to <b>ACL</b> 2026")
    box = score_box(client)
    assert "Accepted to <b>ACL</b> 2026" in words(box)
    assert not box.xpath(".//b")


@pytest.mark.parametrize(
    ("address", "language"), [("/about/score/", "ja"), ("/en/about/score/", "en")]
)
def test_the_page_about_the_score_has_every_component_of_every_formula(client, address, language):
    page = html.fromstring(client.get(address).content)
    assert page.get("lang") == language
    said = words(page)
    with translation.override(language):
        for formula in FORMULAS.values():
            assert str(formula.summary) in said
            for component in formula.components:
                for text in (component.label, component.meaning, component.scale):
                    assert str(text) in said
    lists = page.xpath("//dl[@class='formula']")
    assert len(lists) == len(FORMULAS)
    points = [int(said.split()[-1]) for said in lists[0].xpath(".//span[@class='points']/text()")]
    assert points == [component.weight for component in FORMULAS[2].components]
    assert page.get_element_by_id("not") is not None


def test_the_page_about_the_site_leads_to_it(client):
    page = html.fromstring(client.get("/en/about/").content)
    assert "/en/about/score/" in page.xpath("//a/@href")
    with translation.override("en"):
        assert score_is_not() in words(page)
