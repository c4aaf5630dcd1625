"""Readers' corrections on the public pages: the form, its defences, and what becomes visible."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from apps.public.pages.corrections.form_tokens import FormContent, make_token
from apps.public.pages.corrections.views import HONEYPOT
from apps.review.models import Suggestion
from apps.review.suggestions.service import accept
from tests.support.acts import edit_segments, unpublish
from tests.support.builders import NOW
from tests.support.factories import editor, publish_paper

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("notices", "counters"),
]

PAGE = "/papers/2405.10999/"
FORM = f"{PAGE}sentences/abstract-2/correct/"
PRESENT = "犬は政治で要る。"
BETTER = "犬が3匹要る。"
TEXTS = {"We count sheep.": "羊を数える。", "It takes 3 dogs.": PRESENT}


@pytest.fixture
def translation():
    return publish_paper(
        arxiv_id="2405.10999",
        title="Counting Sheep",
        abstract="We count sheep. It takes 3 dogs.",
        texts={"Counting Sheep": "羊の数え方", **TEXTS},
    )


def sentence(translation):
    return translation.segments.filter(field="abstract").order_by("position")[1]


def token(*, age: float = 60, place: str = "abstract-2", base: str = PRESENT) -> str:
    shown = FormContent("2405.10999", place, base)
    return make_token(shown, now=timezone.now() - timedelta(seconds=age))


def send(client, address: str = FORM, **changed):
    """Send the form, as a browser does after a minute; keys of META are those with capitals."""
    headers = {key: value for key, value in changed.items() if key.isupper()}
    fields = {key: value for key, value in changed.items() if not key.isupper()}
    data = {"token": token, "text": BETTER, "comment": "", "credit": "", HONEYPOT: ""} | fields
    if callable(data["token"]):
        data["token"] = data["token"]()
    return client.post(address, data, **headers)


def typed(response) -> dict[str, str]:
    """What stands in the fields of the form that comes back."""
    page = html.fromstring(response.content)
    found = {area.get("name"): area.text or "" for area in page.iter("textarea")}
    return found | {"credit": page.xpath("string(//input[@name='credit']/@value)")}


def said(response) -> str:
    return html.fromstring(response.content).xpath("string(//*[@role='alert'])")


def test_every_sentence_and_the_title_lead_to_their_forms(client, translation):
    page = html.fromstring(client.get(PAGE).content)
    links = page.xpath("//a[contains(@href, '/sentences/')]")
    assert [link.get("href") for link in links] == [
        f"{PAGE}sentences/{place}/correct/" for place in ("title-1", "abstract-1", "abstract-2")
    ]
    assert {link.get("rel") for link in links} == {"nofollow"}
    for link in links:
        assert client.get(link.get("href")).status_code == 200


def test_the_form_shows_the_sentence_and_begins_with_its_translation(client, translation):
    response = client.get(FORM)
    page = html.fromstring(response.content)
    assert page.xpath("string(//dd[@lang='en'])") == "It takes 3 dogs."
    assert page.xpath("string(//dd[@lang='ja'])") == PRESENT
    assert typed(response) == {"text": PRESENT, "comment": "", "credit": ""}
    assert "CC0 1.0" in page.text_content()


@pytest.mark.parametrize("address", [FORM, f"{FORM}thanks/"], ids=["form", "thanks"])
def test_forms_are_not_cached_or_indexed(client, translation, address):
    response = client.get(address)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert b'content="noindex"' in response.content
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


def test_a_proposal_arrives_and_the_reader_is_thanked_without_a_cookie(client, translation):
    response = send(client, comment="数が違う", credit="花子")
    assert (response.status_code, response["Location"]) == (302, f"{FORM}thanks/")
    assert client.get(response["Location"]).status_code == 200
    assert client.cookies == {}
    found = Suggestion.objects.get()
    assert (found.text, found.comment, found.credit) == (BETTER, "数が違う", "花子")
    assert (found.segment, found.base_text) == (sentence(translation), PRESENT)
    assert len(found.sender) == 32
    assert PRESENT.encode() in client.get(PAGE).content


def test_the_english_interface_has_the_form_too(client, translation):
    response = send(client, f"/en{FORM}")
    assert response["Location"] == f"/en{FORM}thanks/"


def test_the_title_can_be_corrected(client, translation):
    address = f"{PAGE}sentences/title-1/correct/"
    send(client, address, token=token(place="title-1", base="羊の数え方"), text="羊を数える")
    assert Suggestion.objects.get().segment.field == "title"


REFUSED = {
    "the honeypot is filled": ({HONEYPOT: "http://spam.example"}, 400),
    "no token": ({"token": ""}, 400),
    "a forged token": ({"token": lambda: token() + "x"}, 400),
    "the token of another sentence": ({"token": lambda: token(place="abstract-1")}, 400),
    "at once": ({"token": lambda: token(age=1)}, 400),
    "after a day": ({"token": lambda: token(age=90_000)}, 400),
    "another site, by its origin": ({"HTTP_ORIGIN": "https://evil.example"}, 403),
    "another site, in hiding": ({"HTTP_ORIGIN": "null"}, 403),
    "another site, as the browser says": ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
    "another host of the same site": ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
    "an empty text": ({"text": ""}, 400),
    "a null": ({"text": "あ\x00"}, 400),
    "an advertisement": ({"text": "http://spam.example"}, 400),
    "the current text": ({"text": PRESENT}, 400),
}


@pytest.mark.parametrize(("changed", "status"), REFUSED.values(), ids=REFUSED)
def test_a_refused_form_explains_why_and_keeps_the_input(client, translation, changed, status):
    response = send(client, comment="なぜなら", credit="花子", **changed)
    assert response.status_code == status
    assert said(response)
    kept = typed(response)
    assert (kept["comment"].strip(), kept["credit"]) == ("なぜなら", "花子")
    assert kept["text"].strip().replace("\ufffd", "\x00") == changed.get("text", BETTER)
    assert not Suggestion.objects.exists()


ALLOWED = {
    "its own origin": {"HTTP_ORIGIN": "http://testserver"},
    "as the browser says": {"HTTP_SEC_FETCH_SITE": "same-origin"},
    "reloaded": {"HTTP_SEC_FETCH_SITE": "none"},
}


@pytest.mark.parametrize("headers", ALLOWED.values(), ids=ALLOWED)
def test_a_form_of_this_site_is_taken(client, translation, headers):
    assert send(client, **headers).status_code == 302


@pytest.mark.parametrize("age", [1, 90_000], ids=["too early", "too late"])
def test_what_came_too_early_or_too_late_can_be_sent_again(client, translation, age, monkeypatch):
    response = send(client, token=token(age=age))
    again = html.fromstring(response.content).xpath("string(//input[@name='token']/@value)")
    later = timezone.now() + timedelta(seconds=5)
    monkeypatch.setattr("apps.public.pages.corrections.views.timezone.now", lambda: later)
    assert send(client, token=again).status_code == 302


def test_a_text_that_changed_meanwhile_is_shown_beside_what_was_typed(client, translation):
    edit_segments(translation.pk, {sentence(translation).pk: "犬が要る。"}, actor=editor(), now=NOW)
    response = send(client)
    page = html.fromstring(response.content)
    assert response.status_code == 409
    assert page.xpath("string(//dd[@lang='ja'])") == "犬が要る。"
    assert typed(response)["text"].strip() == BETTER


def test_too_many_are_told_when_to_come_back(client, translation, settings):
    settings.SUGGESTIONS_PER_MINUTE = 1
    send(client)
    response = send(client, text="別の案。")
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 60
    assert typed(response)["text"].strip() == "別の案。"


def test_without_redis_pages_work_and_the_form_asks_to_try_later(client, translation, settings):
    cache = dict(settings.CACHES["default"], LOCATION="redis://127.0.0.1:1/0")
    settings.CACHES = {"default": cache}
    assert client.get(PAGE).status_code == client.get(FORM).status_code == 200
    response = send(client)
    assert (response.status_code, typed(response)["text"].strip()) == (503, BETTER)


def test_limits_are_counted_by_the_address_behind_the_proxy(client, translation, settings):
    settings.SUGGESTIONS_PER_MINUTE, settings.TRUSTED_PROXIES = 1, 1
    first, second = {"HTTP_X_FORWARDED_FOR": "192.0.2.1"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.2"}
    assert send(client, **first).status_code == 302
    assert send(client, text="別。", **first).status_code == 429
    assert send(client, text="別。", **second).status_code == 302


def withdraw(translation) -> None:
    translation.paper.withdrawn_at = NOW
    translation.paper.save()


def take_down(translation) -> None:
    unpublish(translation.pk, actor=editor(), reason="", now=NOW)


@pytest.mark.parametrize("close", [withdraw, take_down], ids=["withdrawn", "taken down"])
def test_where_nothing_can_be_corrected_what_was_typed_is_not_lost(client, translation, close):
    close(translation)
    assert client.get(FORM).status_code == 404
    response = send(client)
    assert response.status_code == 404
    assert BETTER in response.content.decode()
    assert b"/sentences/" not in client.get(PAGE).content


@pytest.mark.parametrize(
    "address",
    [
        f"{PAGE}sentences/abstract-3/correct/",
        f"{PAGE}sentences/abstract-0/correct/",
        f"{PAGE}sentences/summary-1/correct/",
        "/papers/2405.99999/sentences/abstract-1/correct/",
        "/papers/no-paper/sentences/abstract-1/correct/",
    ],
)
def test_a_sentence_that_there_is_not_is_a_page_that_there_is_not(client, translation, address):
    assert client.get(address).status_code == 404


def test_another_spelling_leads_to_the_canonical_address(client, translation):
    response = client.get("/papers/arXiv:2405.10999v1/sentences/abstract-2/correct/")
    assert (response.status_code, response["Location"]) == (301, FORM)


HOSTILE = '<script>alert(1)</script> & "><img src=x onerror=alert(1)> {{ 7|add:7 }}'


def test_hostile_words_stay_words_in_the_form_and_on_the_page(client, translation):
    credit = "<b onclick=x>花子</b>"
    response = send(client, text=HOSTILE, comment=HOSTILE, credit=credit, token=token(age=1))
    assert typed(response)["text"].strip() == HOSTILE
    assert b"<script>alert" not in response.content
    assert send(client, text=HOSTILE, comment=HOSTILE, credit=credit).status_code == 302
    accept(Suggestion.objects.get().pk, actor=editor(), now=NOW)
    page = client.get(PAGE).content
    assert "&lt;b onclick=x&gt;花子&lt;/b&gt;" in page.decode()
    assert b"<script>alert" not in page
    assert not list(html.fromstring(page).iter("img"))


def test_a_credit_stands_on_the_page_and_in_the_api_only_when_wanted(client, translation):
    for text, credit in ((BETTER, ""), ("犬が三匹要る。", "花子")):
        send(client, text=text, credit=credit, token=token(base=sentence(translation).text))
        accept(Suggestion.objects.latest("id").pk, actor=editor(), now=NOW)
        page = html.fromstring(client.get(PAGE).content)
        segments = client.get("/api/v1/papers/2405.10999/").json()["segments"]
        assert [part["credit"] for part in segments] == ["", "", credit]
        shown = page.xpath("string(//ul[@class='credits'])")
        assert (credit in shown) if credit else not shown


def test_duplicates_of_several_readers_merge(client, translation):
    for number in range(3):
        send(client, text=f"犬が{'３' if number else '3'}匹要る。", REMOTE_ADDR=f"192.0.2.{number}")
    assert Suggestion.objects.get().times == 3
