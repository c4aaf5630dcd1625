"""Corrections everywhere in the admin: the form, the preview, the result."""

from uuid import uuid4

import pytest
from django.urls import reverse
from lxml import html

from apps.review.corrections.apply import (
    text_digest,
)
from apps.review.permissions import GLOSSARY_KEEPERS, REVIEWERS, TRANSLATORS
from apps.translation.models import (
    GlossaryTerm,
)
from tests.support.fix_sentences import (
    BAD,
    GOOD,
    RIGHT,
    WRONG,
    again,
    edited,
    published,
    waiting,
)
from tests.support.published import index_all

pytestmark = pytest.mark.django_db


def test_from_the_form_through_the_preview_to_the_result_and_undo(admin_client, admin_user):
    first, same, other = published(), published(), published()
    index_all()
    decision = edited(first, GOOD, admin_user)
    page = parsed(admin_client.get(f"{reverse('admin:review_fix')}?decision={decision.pk}"))
    form = {field.get("name"): field.get("value") for field in page.xpath("//form//input[@name]")}
    assert (form["wrong"], form["right"], form["source_term"]) == ("LSM", "LLM", "LLM")
    given_ = {
        "wrong": "LSM",
        "right": "LLM",
        "source_term": "LLM",
        "add_term": "on",
        "forbid": "on",
    }
    response = admin_client.get(reverse("admin:review_fix_preview"), given_)
    page = parsed(response)
    boxes = page.xpath("//input[@name='chosen']")
    assert all(box.get("checked") is not None for box in boxes)
    assert sorted(int(box.get("value").partition(":")[0]) for box in boxes) == [same.pk, other.pk]
    assert page.xpath("string(//mark)") == "LLM"
    assert page.xpath("string(//tbody//del)") == "LSM"
    chosen = [box.get("value") for box in boxes if box.get("value").startswith(f"{same.pk}:")]
    response = admin_client.post(
        reverse("admin:review_fix_preview"), given_ | {"chosen": chosen}, follow=True
    )
    assert [again(item).text for item in (same, other)] == [GOOD, BAD]
    assert GlossaryTerm.objects.get().forbidden == ["LSM"]
    result = response.redirect_chain[-1][0]
    admin_client.post(result)
    assert again(same).text == BAD
    assert admin_client.get(result).status_code == 200
    assert admin_client.get(reverse("admin:review_fix_changelist")).status_code == 200


BAD_FORMS = {
    "nothing": {},
    "the same": {"wrong": "LSM", "right": "LSM"},
    "too general": {"wrong": "治", "right": "策"},
    "a term without source": {"wrong": "LSM", "right": "LLM", "add_term": "on"},
    "a wrong scope": {
        "wrong": "LSM", "right": "LLM", "source_term": "LLM", "add_term": "on", "scope": "xx",
    },
}  # fmt: skip


@pytest.mark.parametrize("given_", BAD_FORMS.values(), ids=BAD_FORMS)
def test_an_invalid_form_is_shown_again_with_the_reason(admin_client, given_):
    page = parsed(admin_client.get(reverse("admin:review_fix_preview"), given_))
    assert page.xpath("//ul[contains(@class,'errorlist')]")
    assert page.xpath("string(//input[@name='wrong']/@value)") == given_.get("wrong", "")


def test_the_form_can_be_opened_for_a_sentence_or_nothing(admin_client):
    address = reverse("admin:review_fix")
    for query in ("", f"?segment={published().pk}", "?segment=x", "?decision=99999&offer=7"):
        assert admin_client.get(address + query).status_code == 200


PAGES = ["admin:review_fix", "admin:review_fix_preview", "admin:review_fix_changelist"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("role", "may"), [(REVIEWERS, True), (GLOSSARY_KEEPERS, False)])
def test_the_pages_need_the_right_to_correct_sentences(client, person, name, role, may):
    client.force_login(person("somebody", role))
    assert client.get(reverse(name)).status_code == (200 if may else 403)


def test_without_the_right_to_terms_a_form_with_a_term_changes_nothing(client, person):
    segment = published()
    client.force_login(person("somebody", TRANSLATORS))
    response = client.post(
        reverse("admin:review_fix_preview"),
        {
            "wrong": "LSM", "right": "LLM", "source_term": "LLM", "add_term": "on",
            "chosen": [f"{segment.pk}:{text_digest(segment.text)}"],
        },
    )  # fmt: skip
    assert response.status_code == 403
    assert again(segment).text == BAD
    assert not GlossaryTerm.objects.exists()


def test_an_unknown_batch_is_not_found(admin_client):
    address = reverse("admin:review_fix_batch", args=[uuid4()])
    assert admin_client.get(address).status_code == 404


def test_the_queries_of_the_preview_do_not_grow_with_sentences(
    admin_client, django_assert_max_num_queries
):
    for number in (2, 6):
        for _ in range(number):
            waiting()
        with django_assert_max_num_queries(60):
            admin_client.get(
                reverse("admin:review_fix_preview"),
                {"wrong": "LSM", "right": "LLM", "source_term": "LLM"},
            )


def parsed(response):
    return html.fromstring(response.content.decode())


def test_the_form_is_about_the_language_of_its_sentence(admin_client, settings):
    settings.TARGET_LANGUAGES = ["fr", "ja"]
    segment = waiting()
    page = admin_client.get(reverse("admin:review_fix"), {"segment": segment.pk}).content.decode()
    assert 'name="language" value="ja"' in page
    asked = {"wrong": WRONG, "right": RIGHT, "language": "ja"}
    found = admin_client.get(reverse("admin:review_fix_preview"), asked).content.decode()
    assert f'value="{segment.pk}:' in found
    other = admin_client.get(reverse("admin:review_fix_preview"), asked | {"language": "fr"})
    assert f'value="{segment.pk}:' not in other.content.decode()
