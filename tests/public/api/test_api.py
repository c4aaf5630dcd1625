"""The API: lists, filters, paging, errors that say what to change."""

import pytest

from tests.support.builders import NOW
from tests.support.factories import publish_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]


def publish_on(day: int, **fields):
    return publish_paper(submitted_at=NOW.replace(month=2, day=day), **fields)


def ids(response) -> list[str]:
    assert response.status_code == 200, response.content
    return [item["arxiv_id"] for item in response.json()["results"]]


def test_a_list_entry_matches_the_page(client):
    translation = publish_on(10)
    (entry,) = client.get("/api/v1/papers/", headers={"Accept-Language": "ja"}).json()["results"]
    paper = translation.paper
    assert entry == {
        "arxiv_id": paper.arxiv_id,
        "url": f"http://127.0.0.1:8000/papers/{paper.arxiv_id}/",
        "api_url": f"http://127.0.0.1:8000/api/v1/papers/{paper.arxiv_id}/",
        "arxiv_url": f"https://arxiv.org/abs/{paper.arxiv_id}v1",
        "language": "ja",
        "title": translation.title,
        "original_title": paper.title,
        "summary": translation.summary,
        "authors": ["Ada Example"],
        "primary_category": "cs.CL",
        "categories": ["cs.CL"],
        "submitted_at": "2026-02-10T06:00:00Z",
        "updated_at": "2026-03-02T06:00:00Z",
        "status": "published",
        "status_label": "翻訳完了（未校閲）",
        "badges": [
            {
                "code": "memory",
                "label": "翻訳メモリ・未校閲",
                "meaning": "全文が登録済みの訳文です。通しての確認はまだ行われていません。",
            }
        ],
        "score_value": paper.scores.get().value,
    }


def test_filters_select_by_category_day_and_status(client):
    publish_on(10, arxiv_id="2602.00001", categories=["cs.CL"])
    publish_on(11, arxiv_id="2602.00002", categories=["math.ST", "cs.CL"])
    publish_on(11, arxiv_id="2602.00003", categories=["math.ST"], reviewed=True)
    assert ids(client.get("/api/v1/papers/")) == ["2602.00003", "2602.00002", "2602.00001"]
    assert ids(client.get("/api/v1/papers/?category=cs.CL")) == ["2602.00002", "2602.00001"]
    assert ids(client.get("/api/v1/papers/?day=2026-02-10")) == ["2602.00001"]
    assert ids(client.get("/api/v1/papers/?status=reviewed")) == ["2602.00003"]
    assert ids(client.get("/api/v1/papers/?day=2026-02-11&category=cs.CL")) == ["2602.00002"]


def test_following_next_shows_every_paper_once_while_papers_arrive(client):
    expected = [
        publish_on(day, arxiv_id=f"2602.{day:05d}").paper.arxiv_id for day in (9, 8, 7, 6, 5)
    ]
    address, seen = "/api/v1/papers/?limit=2&category=cs.CL", []
    while address:
        response = client.get(address)
        seen += ids(response)
        publish_on(20)
        address = response.json()["next"]
    assert seen == expected


def test_days_are_listed_with_their_counts_and_pages(client):
    publish_on(10)
    publish_on(10, categories=["math.ST"])
    publish_on(11, categories=["math.ST"])
    first = client.get("/api/v1/days/?limit=1").json()
    assert [(day["day"], day["papers"]) for day in first["results"]] == [("2026-02-11", 1)]
    second = client.get(first["next"]).json()
    assert [(day["day"], day["papers"]) for day in second["results"]] == [("2026-02-10", 2)]
    assert second["next"] is None
    assert second["results"][0]["url"].endswith("/api/v1/papers/?day=2026-02-10")
    of_category = client.get("/api/v1/days/?category=cs.CL").json()["results"]
    assert [day["day"] for day in of_category] == ["2026-02-10"]


def test_categories_have_both_names_and_their_latest_day(client):
    publish_on(10)
    listed = {item["code"]: item for item in client.get("/api/v1/categories/").json()}
    assert listed["cs.CL"]["name_en"] == "Computation and Language"
    assert listed["cs.CL"]["latest_day"] == "2026-02-10"
    assert listed["math.ST"]["latest_day"] is None


def test_segments_have_their_provenance(client):
    publish_on(10, arxiv_id="2602.00001", title="Sheep", abstract="We count. We stop.")
    segments = client.get("/api/v1/papers/2602.00001/").json()["segments"]
    assert [(item["field"], item["position"], item["source"]) for item in segments] == [
        ("title", 0, "Sheep"),
        ("abstract", 0, "We count."),
        ("abstract", 1, "We stop."),
    ]
    assert {(item["origin"], item["engine"]) for item in segments} == {("memory", "memory")}
    assert all(item["text"] and item["translated_at"] for item in segments)


BAD_REQUESTS = {
    "unknown parameter": ("/api/v1/papers/?sheep=1", "sheep"),
    "page too large": ("/api/v1/papers/?limit=100000", "limit"),
    "page of nothing": ("/api/v1/papers/?limit=0", "limit"),
    "no number": ("/api/v1/papers/?limit=many", "limit"),
    "no day": ("/api/v1/papers/?day=2026-02-30", "day"),
    "no status that is public": ("/api/v1/papers/?status=held", "status"),
    "no category": ("/api/v1/papers/?category=%27%3B--", "category"),
    "given twice": ("/api/v1/papers/?day=2026-02-03&day=2026-02-04", "day"),
    "a zero byte": ("/api/v1/papers/?category=cs%00", "category"),
    "no identifier": ("/api/v1/papers/sheep/", "arxiv_id"),
    "parameter of a paper": ("/api/v1/papers/2602.00001/?limit=3", "limit"),
    "parameter of categories": ("/api/v1/categories/?cursor=3", "cursor"),
}


@pytest.mark.parametrize(("address", "parameter"), BAD_REQUESTS.values(), ids=BAD_REQUESTS)
def test_a_bad_request_says_what_to_change(client, address, parameter):
    response = client.get(address, headers={"Accept-Language": "en"})
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == 400
    assert problem["title"] == "Bad Request"
    assert list(problem["errors"]) == [parameter]
    assert problem["errors"][parameter][0] in problem["detail"]


def test_an_unknown_paper_is_404_with_a_link_to_arxiv(client):
    response = client.get("/api/v1/papers/2602.00001/", headers={"Accept-Language": "en"})
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert "https://arxiv.org/abs/2602.00001" in response.json()["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_endpoints_are_read_only(client, method):
    response = getattr(client, method)("/api/v1/papers/")
    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("accepted", "label"),
    [("ja", "翻訳完了（未校閲）"), ("en", "Translated (not reviewed)"), ("", "翻訳完了（未校閲）")],
)
def test_labels_are_in_the_accepted_language(client, accepted, label):
    publish_on(10, arxiv_id="2602.00001")
    response = client.get("/api/v1/papers/2602.00001/", headers={"Accept-Language": accepted})
    assert response.json()["status_label"] == label
    assert "Accept-Language" in response["Vary"]


def test_documents_support_conditional_requests(client):
    publish_on(10, arxiv_id="2602.00001")
    first = client.get("/api/v1/papers/2602.00001/")
    again = client.get("/api/v1/papers/2602.00001/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
