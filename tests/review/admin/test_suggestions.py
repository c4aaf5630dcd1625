"""Readers' corrections in the admin: the list, and the page to accept or decline one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from apps.review.models import Suggestion
from apps.review.permissions import GLOSSARY_KEEPERS, TRANSLATORS
from apps.review.suggestions.service import decline, suggest
from tests.support.acts import claim, edit_segments
from tests.support.builders import NOW
from tests.support.factories import publish_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counters")]

LIST = "admin:review_suggestion_changelist"
WORSE, BETTER = "LSMを調べる。", "LLMを調べる。"


def proposed(text: str = BETTER, *, minutes: int = 0, **more) -> Suggestion:
    """A proposal for a paper of its own."""
    translation = publish_paper(
        title="On LLMs", abstract="We study LLMs.", texts={"We study LLMs.": WORSE}
    )
    return suggest(
        translation.segments.get(field="abstract").pk,
        base_text=WORSE,
        text=text,
        sender=f"sender-{minutes}",
        now=NOW + timedelta(minutes=minutes),
        **more,
    )


def page_of(suggestion: Suggestion) -> str:
    return reverse("admin:review_suggestion_change", args=[suggestion.pk])


def accepted(client, suggestion: Suggestion, **changed):
    data = {"accept": "1", "text": suggestion.text, "seen": WORSE, "with_credit": "on"}
    return client.post(page_of(suggestion), data | changed)


def text_of(suggestion: Suggestion) -> str:
    suggestion.segment.refresh_from_db()
    return suggestion.segment.text


def parsed(response):
    return html.fromstring(response.content.decode())


def rows(response) -> list[str]:
    page = parsed(response)
    return [
        cell.text_content() for cell in page.xpath("//*[contains(@class,'field-what_changes')]")
    ]


def test_the_list_shows_open_corrections_oldest_first(admin_client, admin_user):
    late, early, gone = proposed("丙。", minutes=9), proposed("甲。"), proposed("乙。", minutes=3)
    decline(gone.pk, actor=admin_user, reason="x", now=NOW)
    assert [row[-2:] for row in rows(admin_client.get(reverse(LIST)))] == ["甲。", "丙。"]
    both = rows(admin_client.get(reverse(LIST), {"state": "all"}))
    assert [row[-2:] for row in both] == ["甲。", "丙。", "乙。"]
    only = rows(admin_client.get(reverse(LIST), {"state": "declined"}))
    assert [row[-2:] for row in only] == ["乙。"]
    assert {late.state, early.state} == {"open"}


@pytest.mark.parametrize("number", [2, 6])
def test_the_queries_of_the_list_do_not_grow_with_corrections(
    admin_client, django_assert_num_queries, number
):
    for minutes in range(number):
        proposed(f"案{minutes}。", minutes=minutes)
    with django_assert_num_queries(4):
        assert len(rows(admin_client.get(reverse(LIST)))) == number


def test_the_page_shows_source_both_texts_and_what_changes(admin_client):
    found = proposed(comment="大文字の略語", credit="花子")
    page = parsed(admin_client.get(page_of(found)))
    said = page.text_content()
    for words in ("We study LLMs.", WORSE, BETTER, "大文字の略語", "花子"):
        assert words in said
    (diff,) = page.xpath("//dd[@class='diff']")
    assert diff.xpath("string(del)") == "LSM"
    assert diff.xpath("string(ins)") == "LLM"


def test_accepting_saves_the_text_and_opens_the_next(admin_client, admin_user):
    first, second = proposed(), proposed("別の訳。", minutes=1)
    response = accepted(admin_client, first)
    assert response["Location"] == page_of(second)
    assert text_of(first) == BETTER
    first.refresh_from_db()
    assert (first.state, first.decided_by) == ("accepted", admin_user)
    response = accepted(admin_client, second)
    assert response["Location"] == reverse(LIST)


def test_after_accepting_the_same_error_can_be_corrected_everywhere(admin_client):
    accepted(admin_client, proposed())
    page = parsed(admin_client.get(reverse(LIST)))
    (link,) = page.xpath("//ul[@class='messagelist']//a/@href")
    assert admin_client.get(link).status_code == 200
    assert "fix" in link


def test_an_editor_may_change_the_text_before_accepting_it(admin_client):
    found = proposed()
    accepted(admin_client, found, text="LLMを研究する。")
    assert text_of(found) == "LLMを研究する。"


@pytest.mark.parametrize("wanted", [True, False], ids=["shown", "not shown"])
def test_the_name_is_shown_if_the_editor_allows_it(admin_client, wanted):
    found = proposed(credit="花子")
    accepted(admin_client, found, **({} if wanted else {"with_credit": ""}))
    found.refresh_from_db()
    assert found.credit == ("花子" if wanted else "")


def test_declining_needs_a_reason(admin_client):
    found = proposed()
    assert admin_client.post(page_of(found), {"decline": "1", "reason": ""}).status_code == 200
    response = admin_client.post(page_of(found), {"decline": "1", "reason": "原文と違う"})
    assert response.status_code == 302
    found.refresh_from_db()
    assert (found.state, found.decline_reason) == ("declined", "原文と違う")
    assert text_of(found) == WORSE


def test_a_sentence_changed_in_the_meantime_is_shown_and_typed_text_is_kept(
    admin_client, admin_user
):
    found = proposed()
    edit_segments(
        found.segment.translation_id, {found.segment_id: "新しい訳。"}, actor=admin_user, now=NOW
    )
    response = accepted(admin_client, found, text="私の訳。")
    page = parsed(response)
    assert text_of(found) == "新しい訳。"
    assert page.xpath("string(//textarea[@name='text'])").strip() == "私の訳。"
    assert "新しい訳。" in page.text_content()
    accepted(
        admin_client,
        found,
        text="私の訳。",
        seen=page.xpath("string(//input[@name='seen']/@value)"),
    )
    assert text_of(found) == "私の訳。"


def test_a_sentence_claimed_by_another_editor_has_to_wait(admin_client, person):
    found = proposed()
    claim(found.segment.translation_id, actor=person("hanako", TRANSLATORS), now=timezone.now())
    response = accepted(admin_client, found)
    assert "hanako" in response.content.decode().lower()
    assert text_of(found) == WORSE


def test_an_answered_correction_shows_its_state_and_no_form(admin_client, admin_user):
    found = proposed()
    decline(found.pk, actor=admin_user, reason="原文と違う", now=NOW)
    page = parsed(admin_client.get(page_of(found)))
    assert "原文と違う" in page.text_content()
    assert not page.xpath("//button[@name='accept' or @name='decline']")
    assert accepted(admin_client, found).status_code == 200
    assert text_of(found) == WORSE


def test_markup_in_a_correction_is_escaped(admin_client):
    text = "<script>alert(1)</script> <img src=x onerror=alert(1)>"
    found = proposed(text, comment=text, credit="<b>花子</b>")
    for address in (page_of(found), reverse(LIST)):
        content = admin_client.get(address).content
        assert b"<script>alert" not in content
        assert b"<img src=x" not in content


@pytest.mark.parametrize(("role", "may"), [(TRANSLATORS, True), (GLOSSARY_KEEPERS, False)])
def test_the_page_needs_the_right_to_answer(client, person, role, may):
    found = proposed()
    client.force_login(person("somebody", role))
    expected = 200 if may else 403
    assert client.get(reverse(LIST)).status_code == expected
    assert client.get(page_of(found)).status_code == expected
    assert accepted(client, found).status_code == (302 if may else 403)
    assert text_of(found) == (BETTER if may else WORSE)


def test_an_unknown_correction_is_not_found(admin_client):
    for key in ("999999", "x"):
        assert admin_client.get(f"/admin/review/suggestion/{key}/change/").status_code == 404
