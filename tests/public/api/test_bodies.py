"""Request bodies: invalid ones are refused with a problem that says what to change."""

import json

import pytest

from tests.public.api.programs import program

pytestmark = pytest.mark.django_db
TERM = {"source": "agent", "target": "エージェント"}
JSON = "application/json"


@pytest.fixture
def client(db):
    return program()


def send(client, raw: bytes, kind: str = JSON, method: str = "POST", where: str = "glossary/"):
    return client.generic(method, f"/api/v1/desk/{where}", raw, content_type=kind)


def written(**fields) -> bytes:
    return json.dumps({**TERM, **fields}).encode()


BROKEN = {
    "nothing": (b"", "source: This field is required."),
    "no JSON": (b"{", "not valid JSON"),
    "a form": (b"source=agent&target=x", "not valid JSON"),
    "two documents": (b"{}{}", "not valid JSON"),
    "a comment": (b"{/* no */}", "not valid JSON"),
    "a comma too many": (b'{"source": "a",}', "not valid JSON"),
    "no object": (b"[]", "one JSON object"),
    "null": (b"null", "one JSON object"),
    "a text": (b'"agent"', "one JSON object"),
    "a number": (b"7", "one JSON object"),
    "NaN": (b'{"source": NaN}', "NaN is not a JSON number"),
    "infinity": (b'{"source": -Infinity}', "-Infinity is not a JSON number"),
    "a number of many digits": (b'{"source": ' + b"9" * 5000 + b"}", "not valid JSON"),
    "a name twice": (b'{"source": "a", "source": "b"}', "comes twice"),
    "Latin-1": ('{"source": "é"}'.encode("latin-1"), "not in UTF-8 at byte 12"),
    "UTF-16": ('{"source": "a"}'.encode("utf-16"), "not in UTF-8"),
    "half a character": (b'{"source": "\\ud83d"}', "surrogate"),
    "half a character in a name": (b'{"\\ud83d": 1}', "surrogate"),
    "half a character deep inside": (b'{"a": [{"b": "\\udc00"}]}', "surrogate"),
    "deep lists": (b"[" * 50_000 + b"]" * 50_000, "nested deeper"),
    "deep objects": (b'{"a":' * 30 + b"1" + b"}" * 30, "nested deeper"),
    "a zero byte outside of texts": (b'{"source": "a"}\0', "not valid JSON"),
}


@pytest.mark.parametrize(("raw", "said"), BROKEN.values(), ids=BROKEN)
def test_an_invalid_body_is_refused_with_a_reason(client, raw, said):
    answer = send(client, raw)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert said in answer.json()["detail"]


WRONG = {
    "unknown field": ({"sheep": 1}, "sheep", "Unknown field. Use: source, target"),
    "unknown field of an odd name": ({"\0": 1}, "\0", "Unknown field"),
    "a number for a text": ({"source": 7}, "source", "Send a string"),
    "yes for a text": ({"source": True}, "source", "Send a string"),
    "a list for a text": ({"source": ["agent"]}, "source", "Send a string"),
    "an object for a text": ({"source": {"a": 1}}, "source", "Send a string"),
    "null for a text": ({"source": None}, "source", "may not be null"),
    "an empty text": ({"source": ""}, "source", "Write a text"),
    "a text of spaces": ({"source": " \u3000"}, "source", "Write a text"),
    "a zero byte": ({"source": "a\0b"}, "source", "control characters"),
    "an escape character": ({"source": "a\x1bb"}, "source", "control characters"),
    "a line break at the end": ({"source": "agent\n"}, "source", "control characters"),
    "a text too long": ({"source": "a" * 201}, "source", "no more than 200"),
    "a note too long": ({"note": "a" * 2001}, "note", "no more than 2000"),
    "a text for a list": ({"forbidden": "a"}, "forbidden", "Expected a list"),
    "a number in a list": ({"forbidden": ["a", 7]}, "forbidden", "1: Send a string"),
    "a list too long": ({"forbidden": ["a"] * 51}, "forbidden", "no more than 50"),
    "a bar in a rendering": ({"forbidden": ["a|b"]}, "forbidden", "0: "),
    "a text for yes or no": ({"is_in_use": "true"}, "is_in_use", "valid boolean"),
    "a number for yes or no": ({"is_in_use": 1}, "is_in_use", "valid boolean"),
    "no such word": ({"case_rule": "sheep"}, "case_rule", "not a valid choice"),
    "a number for a word": ({"case_rule": 1}, "case_rule", "not a valid choice"),
    "an object for a word": ({"case_rule": {}}, "case_rule", "not a valid choice"),
    "not a language": ({"target_language": "Japanese"}, "target_language", "format is wrong"),
    "no scope": ({"scope": "zoology"}, "scope", "format is wrong"),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "name", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_field_is_named(client, fields, name, said):
    answer = send(client, written(**fields))
    assert answer.status_code == 400
    problem = answer.json()
    assert list(problem["errors"]) == [name]
    assert said in problem["errors"][name][0]


PLACES = {
    "position: a text": ({"position": "2"}, "position"),
    "position: yes": ({"position": True}, "position"),
    "position: a part": ({"position": 2.5}, "position"),
    "position: below": ({"position": -1}, "position"),
    "position: beyond the column": ({"position": 32768}, "position"),
    "position: beyond everything": ({"position": 10**300}, "position"),
    "identifier: a number": ({"arxiv_id": 2602.00001}, "arxiv_id"),
    "identifier: with a version": ({"arxiv_id": "2602.00001v1"}, "arxiv_id"),
    "identifier: no month": ({"arxiv_id": "2613.00001"}, "arxiv_id"),
    "identifier: too few digits": ({"arxiv_id": "2602.0001"}, "arxiv_id"),
    "identifier: not of its time": ({"arxiv_id": "hep-th/0801001"}, "arxiv_id"),
    "identifier: other digits": ({"arxiv_id": "2602.0000１"}, "arxiv_id"),
    "part": ({"field": "body"}, "field"),
}
SENTENCE = {
    "arxiv_id": "2602.00001", "field": "abstract", "position": 0, "seen": "a", "text": "b",
}  # fmt: skip


@pytest.mark.parametrize(("fields", "name"), PLACES.values(), ids=PLACES)
def test_a_position_must_be_valid(client, fields, name):
    raw = json.dumps({**SENTENCE, **fields}).encode()
    answer = client.generic("POST", "/api/v1/suggestions/", raw, content_type=JSON)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [name]


DAYS = ["2026-2-3", "20260203", "2026-02-30", "2026-W05-1", "2026-02-03T00:00:00", 20260203, None]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_date_has_one_format(client, day):
    raw = json.dumps({"set_spec": "cs:cs:CL", "from_date": day}).encode()
    answer = send(client, raw, where="harvests/")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["from_date"]


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded", "", "json"]
)
def test_other_content_types_are_refused(client, kind):
    answer = send(client, written(), kind=kind)
    assert answer.status_code == 415
    assert "application/json" in answer.json()["detail"]


@pytest.mark.parametrize("kind", [JSON, "Application/JSON", "application/json; charset=utf-8"])
def test_every_spelling_of_the_content_type_is_accepted(client, kind):
    assert send(client, written(), kind=kind).status_code == 201


WRITING = [
    ("PATCH", "segments/1/"), ("POST", "segments/1/approval/"), ("PUT", "translations/1/claim/"),
    ("POST", "translations/1/decisions/"), ("POST", "suggestions/1/acceptance/"),
    ("POST", "suggestions/1/decline/"), ("POST", "glossary/"), ("PATCH", "glossary/1/"),
    ("POST", "harvests/"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "where"), WRITING)
def test_every_endpoint_reads_bodies_in_the_same_way(client, method, where):
    large = b'{"reason": "' + b"a" * 2**20 + b'"}'
    assert send(client, large, method=method, where=where).status_code == 413
    assert send(client, b"a", "text/plain", method, where).status_code == 415
    assert send(client, b"[", method=method, where=where).status_code == 400
    answer = send(client, b'{"sheep": 1}', method=method, where=where)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["sheep"]


class Watched:
    """A body of which a test sees how much was read."""

    def __init__(self, size: int) -> None:
        self.left, self.read_so_far = size, 0

    def read(self, size: int = -1) -> bytes:
        taken = self.left if size < 0 else min(size, self.left)
        self.left -= taken
        self.read_so_far += taken
        return b" " * taken

    readline = read


def large(client, watched: Watched, **headers):
    return client.generic(
        "POST", "/api/v1/desk/glossary/", content_type=JSON,
        **{"wsgi.input": watched, "CONTENT_TYPE": JSON, **headers},
    )  # fmt: skip


def test_a_large_body_is_refused_before_it_is_read(client):
    watched = Watched(10_000_000)
    answer = large(client, watched, CONTENT_LENGTH="10000000")
    assert answer.status_code == 413
    assert "1048576 bytes" in answer.json()["detail"]
    assert watched.read_so_far == 0


def test_a_large_body_without_its_length_is_refused_before_it_is_read(client):
    watched = Watched(10_000_000)
    answer = large(client, watched, CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked")
    assert answer.status_code == 411
    assert "Content-Length" in answer.json()["detail"]
    assert watched.read_so_far == 0


def test_the_size_limit_is_a_setting(client, settings):
    settings.API_MAX_BODY = 200
    assert send(client, written()).status_code == 201
    assert send(client, written(note="a" * 200)).status_code == 413


def test_if_match_is_refused(client):
    answer = client.patch(
        "/api/v1/desk/segments/1/", {}, content_type=JSON, headers={"If-Match": '"a"'}
    )
    assert answer.status_code == 412


NOT_ALLOWED = [
    ("POST", "queue/", "GET, HEAD, OPTIONS"),
    ("DELETE", "segments/1/", "GET, PATCH, HEAD, OPTIONS"),
    ("GET", "translations/1/decisions/", "POST, OPTIONS"),
    ("TRACE", "glossary/", "GET, POST, HEAD, OPTIONS"),
]


@pytest.mark.parametrize(("method", "where", "allowed"), NOT_ALLOWED)
def test_a_disallowed_method_gets_the_allowed_ones(client, method, where, allowed):
    answer = send(client, b"", method=method, where=where)
    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Allow"] == allowed
