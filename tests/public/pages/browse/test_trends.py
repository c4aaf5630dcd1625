"""The pages of rising topics and their document in the API, for readers of every week."""

from datetime import date, timedelta

import pytest
from lxml import html

from apps.discovery.models import TrendWeek
from apps.public.calendar.weeks import BadWeek, parse_week, week_name
from apps.public.site.labels import share_label
from apps.text.render.bar_charts import HEIGHT, chart_bars
from apps.translation.models import GlossaryTerm
from tests.support.builders import NOW
from tests.support.factories import TITLE, publish_paper
from tests.support.trend_reports import WEEK, WEEKLY, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]


def page(response):
    assert response.status_code == 200, response.content
    return html.fromstring(response.content)


def words(element) -> str:
    return " ".join(element.text_content().split())


def glossary_term(source: str, target: str) -> None:
    GlossaryTerm.objects.create(
        source_language="en",
        target_language="ja",
        source=source,
        folded=source.replace(" ", ""),
        target=target,
        created_at=NOW,
        updated_at=NOW,
    )


def test_a_topic_is_shown_with_translation_shares_chart_and_examples(client):
    glossary_term("spin glass", "スピングラス")
    translation = publish_paper()
    report(spin_glass=[translation.paper_id], dark_matter=[])
    shown = page(client.get("/trends/"))
    first, second = shown.xpath("//li[@class='topic']")
    assert words(first.xpath(".//h2")[0]) == "スピングラス"
    assert first.xpath("string(.//p[@class='original'])") == "spin glass"
    assert words(second.xpath(".//h2")[0]) == "dark matter"
    assert "1.6%" in words(first)
    assert "0.020%" in words(first)
    assert first.xpath(".//ul[@class='examples']//a/text()") == [TITLE]
    assert not second.xpath(".//ul[@class='examples']")


def test_a_chart_has_a_bar_for_every_four_weeks_and_a_text_alternative(client):
    report(spin_glass=[])
    (chart,) = page(client.get("/trends/")).xpath("//svg[@role='img']")
    rects = chart.xpath(".//rect")
    assert [rect.get("class") for rect in rects] == ["spark-before"] * 13 + ["spark-now"] * 2
    assert [float(rect.get("height")) for rect in rects[-2:]] == [HEIGHT, HEIGHT]
    assert "0.25%" in chart.get("aria-label")
    assert chart.get("aria-label").count("%") == 15


def test_every_topic_leads_to_the_search_for_it(client):
    report("cs.CL", spin_glass=[])
    (address,) = page(client.get("/trends/cs.CL/")).xpath("//li[@class='topic']//h2/a/@href")
    assert address == (
        "/search/?q=%22spin+glass%22&from=2025-12-29&until=2026-02-22&category=cs.CL"
    )


def test_only_published_papers_are_examples(client):
    hidden = publish_paper()
    hidden.paper.withdrawn_at = NOW
    hidden.paper.save()
    report(spin_glass=[hidden.paper_id, 10**9])
    assert not page(client.get("/trends/")).xpath("//ul[@class='examples']")


def test_the_page_needs_no_style_or_script_of_its_own(client):
    report(spin_glass=[])
    shown = page(client.get("/trends/"))
    assert not shown.xpath("//*[@style] | //style | //script")
    assert "/static/papersite/trends.css" in "".join(shown.xpath("//link/@href"))


def test_weeks_lead_to_one_another_and_the_latest_comes_first(client):
    earlier, later = (WEEK - timedelta(weeks=2), WEEK)
    report(week=earlier, dark_matter=[])
    report(week=later, spin_glass=[])
    latest = page(client.get("/trends/"))
    assert words(latest.xpath("//li[@class='topic']//h2")[0]) == "spin glass"
    assert latest.xpath("//a[@rel='prev']/@href") == ["/trends/?week=2026-W06"]
    assert not latest.xpath("//a[@rel='next']")
    past = page(client.get("/trends/?week=2026-W06"))
    assert words(past.xpath("//li[@class='topic']//h2")[0]) == "dark matter"
    assert past.xpath("//a[@rel='next']/@href") == ["/trends/?week=2026-W08"]
    assert past.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]


def test_categories_with_a_list_of_the_week_are_named(client):
    report(spin_glass=[])
    report("cs.CL", spin_glass=[])
    report("math.ST", week=WEEK - timedelta(weeks=1))
    listed = page(client.get("/trends/")).xpath("//details[@class='fields']//a/@href")
    assert listed == ["/trends/cs.CL/"]


def test_the_navigation_leads_to_the_page(client):
    assert "/trends/" in page(client.get("/")).xpath("//nav//a/@href")


def test_a_new_site_shows_how_many_weeks_it_needs(client):
    TrendWeek.objects.create(week=WEEK, changes=10)
    shown = page(client.get("/en/trends/"))
    assert "needs papers from 20 weeks" in words(shown)
    assert "So far there are papers from 1 week." in words(shown)


def test_a_week_in_which_nothing_rose_says_so(client):
    report()
    assert "No term has risen clearly" in words(page(client.get("/en/trends/")))


STATUS = {
    "category without a list": ("/trends/cs.LG/", 200),
    "not arXiv's category": ("/trends/cs.NOPE/", 404),
    "week without a list": ("/trends/?week=2020-W10", 404),
    "no week": ("/trends/?week=sheep", 404),
    "week 54": ("/trends/?week=2025-W54", 404),
    "week zero": ("/trends/?week=2025-W00", 404),
    "year zero": ("/trends/?week=0000-W01", 404),
    "empty week": ("/trends/?week=", 404),
    "full-width digits": ("/trends/?week=２０２５-W09", 404),
    "a zero byte": ("/trends/?week=2025-W09%00", 404),
    "markup": ("/trends/?week=%3Cscript%3Ealert(1)%3C/script%3E", 404),
    "SQL": ("/trends/cs.CL'%3B--/", 404),
    "end of the calendar": ("/trends/?week=9999-W52", 404),
}


@pytest.mark.parametrize(("address", "status"), STATUS.values(), ids=STATUS)
def test_whatever_is_asked_for_gets_a_page(client, address, status):
    report(spin_glass=[])
    response = client.get(address)
    assert response.status_code == status
    assert b"<script>" not in response.content


def test_a_hostile_term_stays_text(client):
    term = '"><script>alert(1)</script>\u202e'
    report(**{term: []})
    shown = page(client.get("/trends/"))
    assert not shown.xpath("//script")
    assert term in shown.xpath("string(//li[@class='topic']//h2)")
    (address,) = shown.xpath("//li[@class='topic']//h2/a/@href")
    assert address.startswith("/search/?q=%22%3E%3Cscript%3E")


def test_the_number_of_queries_is_constant(client, django_assert_num_queries):
    report(spin_glass=[publish_paper().paper_id])
    client.get("/trends/")
    with django_assert_num_queries(QUERIES):
        client.get("/trends/")
    papers = [publish_paper().paper_id for _ in range(6)]
    for code in ("cs.LG", "cs.CL", "math.ST"):
        report(code, week=WEEK - timedelta(weeks=1), dark_matter=papers)
    for weeks in range(1, 4):
        report(week=WEEK - timedelta(weeks=weeks), **{f"term_{n}": papers for n in range(20)})
    with django_assert_num_queries(QUERIES):
        client.get("/trends/?week=2026-W07")


QUERIES = 8
"""The report, its terms, examples, glossary, weeks around, categories; notices and edition."""


def test_the_api_has_the_same_trends_as_the_page(client):
    glossary_term("spin glass", "スピングラス")
    translation = publish_paper()
    report("cs.CL", week=WEEK - timedelta(weeks=1))
    report("cs.CL", spin_glass=[translation.paper_id])
    found = client.get("/api/v1/trends/?category=cs.CL").json()
    assert found.pop("notices")["disclaimer"]["version"] == 2
    identifier = translation.paper.arxiv_id
    assert found == {
        "category": "cs.CL",
        "week": "2026-W08",
        "last": {"first": "2025-12-29", "last": "2026-02-22", "papers": 1000},
        "before": {"first": "2024-12-30", "last": "2025-12-28", "papers": 5200},
        "weekly_papers": [100] * 52 + [125] * 8,
        "statistic": 1,
        "computed_at": "2026-03-02T06:00:00Z",
        "previous": "http://127.0.0.1:8000/api/v1/trends/?category=cs.CL&week=2026-W07",
        "next": None,
        "results": [
            {
                "rank": 1,
                "term": "spin glass",
                "label": "spin glass",
                "translation": "スピングラス",
                "papers": 16,
                "share": 0.016,
                "share_before": 0.0002,
                "growth": 2.0,
                "evidence": 30.0,
                "weekly": WEEKLY,
                "search_url": "http://127.0.0.1:8000/search/?q=%22spin+glass%22"
                "&from=2025-12-29&until=2026-02-22&category=cs.CL",
                "examples": [
                    {
                        "arxiv_id": identifier,
                        "title": TITLE,
                        "status": "published",
                        "url": f"http://127.0.0.1:8000/papers/{identifier}/",
                        "api_url": f"http://127.0.0.1:8000/api/v1/papers/{identifier}/",
                    }
                ],
            }
        ],
    }


PROBLEMS = {
    "no week": ("?week=sheep", 400, ["week"]),
    "week 54": ("?week=2025-W54", 400, ["week"]),
    "no category": ("?category=%27%3B--", 400, ["category"]),
    "unknown parameter": ("?limit=3", 400, ["limit"]),
    "no list": ("?week=2020-W10", 404, None),
    "no list of the category": ("?category=math.ST", 404, None),
}


@pytest.mark.parametrize(("query", "status", "names"), PROBLEMS.values(), ids=PROBLEMS)
def test_the_api_explains_invalid_parameters(client, query, status, names):
    report(spin_glass=[])
    response = client.get(f"/api/v1/trends/{query}")
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert list(response.json().get("errors", [])) == (names or [])


WEEKS = {
    "plain": ("2025-W09", date(2025, 2, 24)),
    "week 53": ("2020-W53", date(2020, 12, 28)),
    "begins in the year before": ("2026-W01", date(2025, 12, 29)),
}


@pytest.mark.parametrize(("text", "monday"), WEEKS.values(), ids=WEEKS)
def test_weeks_are_written_as_iso_8601(text, monday):
    assert parse_week(text) == monday
    assert {week_name(monday + timedelta(days=days)) for days in range(7)} == {text}


@pytest.mark.parametrize("text", ["2025-W53", "2025-09", "2025-W9", "W09", " 2025-W09"])
def test_what_is_no_week_is_refused(text):
    with pytest.raises(BadWeek):
        parse_week(text)


SHARES = {
    0.0: "0%", 0.00035: "0.035%", 0.0035: "0.35%", 0.018: "1.8%", 0.123: "12%", 1.0: "100%",
}  # fmt: skip


@pytest.mark.parametrize(("share", "said"), SHARES.items(), ids=map(str, SHARES))
def test_shares_have_two_significant_digits(share, said):
    assert share_label(share) == said


def test_bars_tell_nothing_measured_from_nothing_found():
    drawn = chart_bars([None, 0.0, 0.5, 1.0], marked=1)
    assert [(bar.x, bar.height, bar.is_marked) for bar in drawn] == [
        (10, 1.0, False),
        (20, HEIGHT / 2, False),
        (30, HEIGHT, True),
    ]
    assert [bar.height for bar in chart_bars([0.0, 0.0], marked=1)] == [1.0, 1.0]
    assert chart_bars([], marked=2) == []
