"""The list of papers: filters, orders and members."""

from datetime import timedelta

import pytest
from django.db import connection

from apps.discovery.author_index import index_authors_batch
from apps.discovery.models import Score
from apps.papers.models import Paper
from apps.public.api.reading.paper_queries import (
    FIRST_CHANGED,
    HIGHEST_SCORED,
    LAST_CHANGED,
    NEWEST,
    OLDEST,
    filtered_papers,
)
from apps.translation.models import Translation
from tests.public.api.conforming import assert_conforms
from tests.support.builders import NOW
from tests.support.factories import publish_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]

LIST = "/api/v1/papers/"


@pytest.fixture
def papers():
    """Five papers; the later the number, the earlier submitted and the later changed."""
    for number, (primary, categories, fields) in enumerate(
        [
            ("cs.CL", ["cs.CL"], {}),
            ("math.ST", ["math.ST", "cs.CL"], {"reviewed": True}),
            ("hep-th", ["hep-th"], {"authors": [{"name": "Émile Example"}]}),
            ("math.ST", ["math.ST"], {}),
            ("cs.LG", ["cs.LG", "cs.CL"], {}),
        ],
        start=1,
    ):
        translation = publish_paper(
            arxiv_id=f"2602.0000{number}",
            title=f"Sheep {number}",
            primary_category=primary,
            categories=categories,
            submitted_at=NOW.replace(month=2, day=10) - timedelta(days=10 * number),
            **fields,
        )
        Translation.objects.filter(pk=translation.pk).update(
            updated_at=NOW + timedelta(hours=number)
        )
        Score.objects.filter(paper=translation.paper_id).update(value=10.0 * (number % 3))
    Paper.objects.filter(arxiv_id="2602.00004").update(withdrawn_at=NOW)
    while index_authors_batch(changed_since=None):
        pass


def numbers(response) -> str:
    """The last digits of the papers of a page."""
    assert response.status_code == 200, response.content
    return "".join(item["arxiv_id"][-1] for item in response.json()["results"])


FILTERS = {
    "nothing": ("", "1235"),
    "a category": ("category=cs.CL", "125"),
    "a primary category": ("primary_category=math.ST", "2"),
    "a primary category, withdrawn too": ("primary_category=math.ST&withdrawn=include", "24"),
    "a group": ("field=physics", "3"),
    "another group": ("field=cs", "125"),
    "a day": ("day=2026-01-31", "1"),
    "from a day": ("from=2026-01-11", "123"),
    "until a day": ("until=2026-01-11", "35"),
    "one month": ("from=2026-01&until=2026-01", "123"),
    "a year without papers": ("from=2031", ""),
    "changed since": ("updated_since=2026-03-02T08:00:00Z", "235"),
    "changed since, with a plus": ("updated_since=2026-03-02T17:00:00+09:00", "235"),
    "changed in another age": ("updated_since=0002-01-01", "1235"),
    "reviewed": ("reviewed=1", "2"),
    "not reviewed": ("reviewed=0", "135"),
    "a status": ("status=published", "135"),
    "an author": ("author=Ada%20Example", "125"),
    "an author by key": ("author=emile-example", "3"),
    "identifiers": ("ids=2602.00005,2602.00001v3,arXiv:2602.00004", "15"),
    "identifiers, withdrawn too": ("ids=2602.00004&withdrawn=include", "4"),
    "several": ("category=cs.CL&from=2026-01&reviewed=0", "1"),
    "the last day there is": ("day=9999-12-31", ""),
}


def test_filters_select_papers(client, papers):
    chosen = {name: numbers(client.get(f"{LIST}?{query}")) for name, (query, _) in FILTERS.items()}
    assert chosen == {name: found for name, (_, found) in FILTERS.items()}


ORDERINGS = {
    "-submitted_at": "1235",
    "submitted_at": "5321",
    "-updated_at": "5321",
    "updated_at": "1235",
    "-score": "5213",
}


@pytest.mark.parametrize("limit", [1, 3])
def test_every_order_has_pages_while_papers_arrive(client, papers, limit):
    for ordering, found in ORDERINGS.items():
        address, seen = f"{LIST}?ordering={ordering}&limit={limit}&category=cs.CL", ""
        while address:
            response = client.get(address)
            seen += numbers(response)
            publish_paper(categories=["math.ST"], scored=False)
            address = response.json()["next"]
            link = response.headers.get("Link")
            assert link == (None if address is None else f'<{address}>; rel="next"')
        assert seen == "".join(number for number in found if number in "125"), ordering


def test_a_cursor_is_valid_only_for_its_own_list(client, papers):
    address = client.get(f"{LIST}?limit=1&category=cs.CL").json()["next"]
    for changed in (
        address.replace("cs.CL", "cs.LG"),
        address + "&reviewed=0",
        address + "&ordering=updated_at",
        address.replace("papers/", "authors/ada-example/").replace("category=cs.CL&", ""),
    ):
        response = client.get(changed, headers={"Accept-Language": "en"})
        assert response.status_code == 404
        assert "cursor" in response.json()["errors"]
    assert numbers(client.get(address + "&fields=arxiv_id&expand=score")) == "2"
    assert numbers(client.get(address.replace("limit=1", "limit=9"))) == "25"


def test_fields_limits_the_members(client, papers):
    page = assert_conforms(client.get(f"{LIST}?fields=title,arxiv_id&limit=1"))
    assert page["results"] == [{"arxiv_id": "2602.00001", "title": page["results"][0]["title"]}]
    assert page["notices"]["disclaimer"]["text"]


def test_expand_adds_to_fields_and_to_the_default(client, papers):
    plain = client.get(f"{LIST}?limit=1").json()["results"][0]
    more = client.get(f"{LIST}?limit=1&expand=abstract,licence").json()["results"][0]
    assert set(more) - set(plain) == {"abstract", "original_abstract", "licence"}
    few = client.get(f"{LIST}?limit=1&fields=title&expand=abstract").json()["results"][0]
    assert set(few) == {"title", "abstract", "original_abstract"}
    repeated = client.get(f"{LIST}?limit=1&fields=title&expand=abstract&fields=summary").json()
    assert set(repeated["results"][0]) == {"title", "summary", "abstract", "original_abstract"}
    assert "fields=title%2Csummary" in repeated["next"]
    named = client.get(f"{LIST}?limit=1&fields=abstract").json()["results"][0]
    assert named == {"abstract": more["abstract"]}


def test_a_fully_expanded_list_equals_the_document(client, papers):
    everything = "abstract,record,segments,score,outside_signals,licence,versions,related"
    entry = client.get(f"{LIST}?limit=1&expand={everything}").json()["results"][0]
    document = client.get(entry["api_url"]).json()
    assert document.pop("notices")
    assert entry == document


def test_a_withdrawn_paper_has_its_badge(client, papers):
    found = client.get(f"{LIST}?ids=2602.00004&withdrawn=include&fields=badges").json()
    assert [badge["code"] for badge in found["results"][0]["badges"]] == ["withdrawn", "memory"]


@pytest.fixture
def korean(settings, papers):
    """A site that translates into two languages; the third paper has its translation in Korean."""
    settings.TARGET_LANGUAGES = ["ja", "ko"]
    settings.ROOT_URLCONF = "tests.support.two_languages"
    Translation.objects.filter(paper__arxiv_id="2602.00003").update(language="ko", title="양")


def test_translations_come_in_the_language_that_is_asked_for(client, korean):
    assert numbers(client.get(LIST)) == "125"
    (entry,) = assert_conforms(client.get(f"{LIST}?language=ko"))["results"]
    assert (entry["language"], entry["title"]) == ("ko", "양")
    assert entry["url"] == "http://127.0.0.1:8000/in/ko/papers/2602.00003/"
    assert entry["api_url"] == "http://127.0.0.1:8000/api/v1/papers/2602.00003/?language=ko"
    assert client.get(entry["api_url"]).json()["title"] == "양"
    assert client.get("/api/v1/papers/2602.00003/").status_code == 404
    refused = client.get(f"{LIST}?language=xx", headers={"Accept-Language": "en"})
    assert refused.status_code == 400
    assert "ja, ko" in refused.json()["detail"]


def test_a_paper_has_its_translations_in_every_language(client, korean):
    (translation,) = client.get("/api/v1/papers/2602.00003/translations/").json()["results"]
    assert translation["language_name"] == "韓国語"
    assert translation["api_url"].endswith("/papers/2602.00003/translations/ko/")
    whole = assert_conforms(client.get(translation["api_url"]))
    assert whole["segments"][0]["field"] == "title"
    assert sum(origin["sentences"] for origin in whole["origins"]) == len(whole["segments"])
    assert client.get("/api/v1/papers/2602.00003/translations/ja/").status_code == 404


INDEXES = {
    NEWEST: ("paper_submitted", (NOW, 7)),
    OLDEST: ("paper_submitted", (NOW, 7)),
    LAST_CHANGED: ("translation_public_updated", (NOW, 7)),
    FIRST_CHANGED: ("translation_public_updated", (NOW, 7)),
    HIGHEST_SCORED: ("score_highest", (61.5, 7)),
}


@pytest.mark.parametrize(("ordering", "expected"), INDEXES.items(), ids=lambda each: str(each)[:24])
def test_every_order_uses_an_index(ordering, expected):
    index, key = expected
    asked = filtered_papers({"withdrawn": "exclude", "ordering": ordering}, "ja")
    with connection.cursor() as cursor:
        for other in ("seqscan", "bitmapscan", "hashjoin", "mergejoin", "sort"):
            cursor.execute(f"SET LOCAL enable_{other} = off")
    plan = ordering.sorted(ordering.after(asked, key))[:26].explain()
    line = next(line for line in plan.splitlines() if index in line)
    assert "Scan" in line
    condition = plan.partition(line)[2].splitlines()[1]
    assert condition.strip().startswith("Index Cond")
    assert "Sort" not in plan
