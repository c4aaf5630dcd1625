"""Bad requests: the answer is a problem that says what to change, never a failure."""

import pytest

from tests.public.api.conforming import assert_conforms
from tests.public.api.small_site import ADDRESSES, ELSEWHERE, PAPER, build_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]

IDENTIFIERS = ",".join(f"2602.{number:05d}" for number in range(1, 102))

BAD = {
    "unknown field": ("papers/?fields=title,sheep", "fields", "arxiv_id, url"),
    "no field": ("papers/?fields=", "fields", "arxiv_id, url"),
    "unknown expansion": ("papers/?expand=sheep", "expand", "abstract, record"),
    "unknown expansion of a paper": (f"papers/{PAPER}/?expand=sheep", "expand", "abstract"),
    "too many letters": (f"papers/?fields={'title,' * 900}", "fields", "characters"),
    "unknown order": ("papers/?ordering=sheep", "ordering", "-submitted_at, submitted_at"),
    "unknown language": ("papers/?language=xx", "language", "ja"),
    "no identifier": ("papers/?ids=2602.00001,sheep", "ids", "2502.21321"),
    "too many identifiers": (f"papers/?ids={IDENTIFIERS}", "ids", "100"),
    "no year": ("papers/?from=sheep", "from", "2025-02"),
    "no month": ("papers/?until=2025-13", "until", "2025-02"),
    "no moment": ("papers/?updated_since=sheep", "updated_since", "format"),
    "no group": ("papers/?field=sheep", "field", "sheep"),
    "neither one nor nought": ("papers/?reviewed=yes", "reviewed", "yes"),
    "a huge page": (f"papers/?limit={'9' * 400}", "limit", ""),
    "a negative page": ("papers/?limit=-1", "limit", "1"),
    "a long cursor": (f"days/?cursor={'W' * 3000}", "cursor", ""),
    "a zero byte": ("glossary/?q=%00", "q", "ull"),
    "a zero byte in a language": ("papers/?language=j%00a", "language", ""),
    "a zero byte in a field": ("papers/?fields=ti%00tle", "fields", ""),
    "a zero byte in a moment": ("papers/?updated_since=2025%00", "updated_since", ""),
    "a parameter where none is": ("?sheep=1", "sheep", "no parameters"),
    "given twice": ("papers/?reviewed=1&reviewed=0", "reviewed", "once"),
    "no day": ("days/2026-02-30/", "day", ""),
    "no day at all": ("days/sheep/", "day", ""),
    "an impossible month": ("papers/2613.00001/", "arxiv_id", "13 is not a month"),
    "an impossible month of a part": ("papers/2613.00001/score/", "arxiv_id", "not a month"),
    "no part of a paper": (f"papers/{PAPER}/sheep/", "arxiv_id", "2502.21321"),
}


@pytest.mark.parametrize(("address", "parameter", "said"), BAD.values(), ids=BAD)
def test_a_bad_request_says_what_to_change(client, address, parameter, said):
    response = client.get(f"/api/v1/{address}", headers={"Accept-Language": "en"})
    assert response.status_code == 400, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    problem = response.json()
    assert list(problem["errors"]) == [parameter]
    assert said in problem["errors"][parameter][0]


CURSORS = {
    "an old one": ("papers/?cursor=1770700000000000-7", "not a cursor"),
    "of nothing": ("authors/?cursor=W10", "not a cursor"),
    "no letters of one": ("days/?cursor=%E7%BE%8A", "not a cursor"),
    "to a list": ("search/?q=sheep&cursor=W10", "not a position in these results"),
}


@pytest.mark.parametrize(("address", "said"), CURSORS.values(), ids=CURSORS)
def test_an_invalid_cursor_is_refused_with_advice(client, address, said):
    response = client.get(f"/api/v1/{address}", headers={"Accept-Language": "en"})
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert said in response.json()["errors"]["cursor"][0]


@pytest.mark.parametrize("address", ["search/", "search/?q=%20", "papers/?author=..."])
def test_an_empty_query_finds_nothing(client, address):
    response = client.get(f"/api/v1/{address}")
    assert (response.status_code, response.json()["results"]) == (200, [])


MISSING = {
    "paper": "papers/2602.99999/",
    "old paper": "papers/hep-th/9901001/",
    "part": "papers/2602.99999/score/",
    "translation": f"papers/{PAPER}/translations/xx/",
    "translation into a zero byte": f"papers/{PAPER}/translations/%00/",
    "category": "categories/sheep/",
    "zero byte": "categories/cs%00/",
    "author": "authors/nobody/",
    "author with a zero byte": "authors/no%00body/",
    "endless author": f"authors/{'a' * 3000}/",
    "author without letters": "authors/.../",
    "author beyond letters": "authors/%F0%9F%90%91/",
    "day": "days/1991-01-01/",
    "last day": "days/9999-12-31/",
    "notice": "notices/sheep/",
    "wording": "notices/disclaimer/99999999999999999999/",
    "no wording": "notices/disclaimer/0/",
    "address": "sheep/",
    "address without slash": "sheep",
    "broken letters": "%FF%FE/",
    "half a letter": "%ED%A0%80/",
}


@pytest.mark.parametrize("address", MISSING.values(), ids=MISSING)
def test_a_missing_item_is_a_problem_document(client, address):
    response = client.get(f"/api/v1/{address}", headers={"Accept-Language": "en"})
    assert response.status_code == 404, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Content-Language"] == "en"
    assert response.json()["detail"]
    assert "errors" not in response.json()


@pytest.mark.parametrize("raw", ["%ED%A0%80", "%FF%FE", "%00", "%", "%e2%80%ae", "9" * 5000])
def test_no_bytes_break_a_parameter(client, raw):
    names = {
        f"/api/v1/{path.partition('?')[0]}": [
            each["name"] for each in methods["get"].get("parameters", []) if each["in"] == "query"
        ]
        for path, methods in described().items()
    }
    for address, parameters in names.items():
        for name in parameters:
            response = client.get(f"{address}?{name}={raw}")
            assert response.status_code in (200, 400, 404), (address, name)


def described():
    from tests.public.api.conforming import schema

    return {
        ADDRESSES[name]: methods
        for name, methods in (
            (name, schema()["paths"].get(f"/api/v1/{ADDRESSES[name]}")) for name in ADDRESSES
        )
        if methods is not None
    }


def test_thousands_of_parameters_are_a_problem_document(client):
    response = client.get("/api/v1/papers/?" + "&".join(f"p{number}=1" for number in range(1500)))
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


ACCEPTED = {
    "anything": ("*/*", 200),
    "a browser": ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 200),
    "JSON": ("application/json", 200),
    "JSON of some kind": ("application/*", 200),
    "JSON, later": ("text/html, application/json;q=0.1", 200),
    "HTML alone": ("text/html", 406),
    "XML": ("application/xml", 406),
    "nonsense": ("sheep", 406),
}


@pytest.mark.parametrize(("accepted", "status"), ACCEPTED.values(), ids=ACCEPTED)
def test_clients_that_accept_no_json_are_refused(client, accepted, status):
    response = client.get("/api/v1/papers/", headers={"Accept": accepted})
    assert response.status_code == status
    kind = "application/json" if status == 200 else "application/problem+json"
    assert response["Content-Type"] == kind
    if status == 406:
        assert_conforms(response)


def test_other_methods_are_refused_with_the_allowed_ones(client):
    build_site()
    for name, path in {**ADDRESSES, **ELSEWHERE}.items():
        address = f"/api/v1/{path}"
        for method in ("post", "put", "patch", "delete"):
            response = getattr(client, method)(address, content_type="application/json")
            assert response.status_code == 405, name
            assert {"GET", "HEAD", "OPTIONS"} <= set(response["Allow"].split(", "))
        assert client.options(address).status_code == 200
        head, get = client.head(address), client.get(address)
        assert (head.status_code, head.content) == (200, b""), name
        assert head["Content-Type"] == get["Content-Type"]
