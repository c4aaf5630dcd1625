"""The queue in the admin."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.review.claims import active_claim
from apps.review.models import QueueEntry, SavedFilter
from apps.review.permissions import ADMINISTRATORS, GLOSSARY_KEEPERS, REVIEWERS, TRANSLATORS
from apps.review.publishing.actions import DeskAction
from apps.translation.models import Translation
from tests.support.acts import claim, publish
from tests.support.builders import NOW
from tests.support.queue_entries import build_entry, page, refresh
from tests.support.translations import WRONG, translated

pytestmark = pytest.mark.django_db

QUEUE = "/admin/review/queueentry/"
LATER = NOW + timedelta(hours=1)


def keys(tree) -> list[int]:
    return [int(row.get("data-key")) for row in tree.xpath("//tr[@data-key]")]


def words(element) -> str:
    return " ".join(element.text_content().split())


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def status_of(translation: Translation) -> str:
    translation.refresh_from_db()
    return translation.status


def test_the_list_shows_the_riskiest_first_with_reasons(admin_client):
    clean, blocked = translated(), translated(WRONG)
    refresh()
    tree = page(admin_client.get(QUEUE))
    assert keys(tree) == [blocked.pk, clean.pk]
    first, second = tree.xpath("//tr[@data-key]")
    assert "題名" in words(first)
    assert blocked.paper.arxiv_id in words(first)
    assert first.xpath(".//li[contains(@class, 'desk-grave')]")
    assert not second.xpath(".//li[contains(@class, 'desk-grave')]")
    address = reverse("admin:translation_translation_change", args=[blocked.pk])
    assert first.xpath(".//a[@class='desk-open']/@href") == [address]


def test_every_choice_shows_the_length_of_its_list(admin_client):
    for number in range(6):
        build_entry(
            days=number,
            status="held" if number % 2 else "ready",
            blocking=["numbers"] if number % 2 else [],
            categories=["cs.CL", "cs.LG"] if number % 3 else ["math.CO"],
            is_stale=number == 1,
        )
    tree = page(admin_client.get(QUEUE, {"status": "held"}))
    links = tree.xpath("//nav[@id='changelist-filter']//li/a[span]")
    assert len(links) > 15
    for link in links:
        number = int(link.xpath("string(span)").strip("()"))
        assert len(keys(page(admin_client.get(QUEUE + link.get("href"))))) == number, link.get(
            "href"
        )


def test_links_keep_the_filter_for_the_page_of_the_translation(admin_client):
    entry = build_entry(status="held")
    tree = page(admin_client.get(QUEUE, {"status": "held", "q": "題名"}))
    (href,) = tree.xpath("//a[@class='desk-open']/@href")
    kept = parse_qs(urlsplit(href).query)["_queue"]
    assert parse_qs(kept[0]) == {"status": ["held"], "q": ["題名"]}
    assert admin_client.get(href).status_code == 200
    assert str(entry.pk) in href


def test_the_number_of_queries_does_not_depend_on_the_queue(
    admin_client, django_assert_max_num_queries, django_assert_num_queries
):
    build_entry(blocking=["numbers"])
    admin_client.get(QUEUE)
    with django_assert_max_num_queries(15) as few:
        admin_client.get(QUEUE, {"q": "題名"})
    for number in range(60):
        build_entry(blocking=["math"], engines=[f"engine {number}"])
    with django_assert_num_queries(len(few)):
        admin_client.get(QUEUE, {"q": "題名"})


def test_pages_follow_by_key(admin_client):
    for _ in range(60):
        build_entry()
    first = page(admin_client.get(QUEUE))
    (href,) = first.xpath("//a[@rel='next']/@href")
    second = page(admin_client.get(QUEUE + href))
    seen = keys(first) + keys(second)
    assert seen == list(QueueEntry.objects.riskiest_first().values_list("pk", flat=True))
    assert not second.xpath("//a[@rel='next']")


@pytest.mark.parametrize("query", ["day=x", "after=x", "status=x"])
def test_an_invalid_address_redirects_with_a_message(admin_client, query):
    response = admin_client.get(f"{QUEUE}?{query}", follow=True)
    assert response.redirect_chain == [(QUEUE, 302)]
    assert "x" in said(response)[0]


def test_an_empty_queue_says_so(admin_client):
    assert page(admin_client.get(QUEUE)).xpath("//p[@class='desk-empty']")
    tree = page(admin_client.get(QUEUE, {"q": "nothing"}))
    assert tree.xpath(f"//p[@class='desk-empty']/a[@href='{QUEUE}']")


def test_starting_opens_and_claims_the_riskiest_unclaimed(client, person):
    one, other = person("one"), person("other")
    second, first = build_entry(), build_entry()
    claim(first.pk, actor=other, now=timezone.now())
    client.force_login(one)
    response = client.post(f"{QUEUE}begin/", {"query": "status=held"})
    assert response.url.startswith(
        reverse("admin:translation_translation_change", args=[second.pk])
    )
    assert active_claim(second.pk, now=timezone.now()).editor == one


def test_starting_by_a_link_claims_nothing(admin_client):
    entry = build_entry()
    assert str(entry.pk) in admin_client.get(f"{QUEUE}begin/").url
    assert active_claim(entry.pk, now=timezone.now()) is None


def test_starting_reports_that_everything_is_claimed(admin_client):
    assert said(admin_client.post(f"{QUEUE}begin/", {"query": "status=held"}, follow=True))


def test_claiming_taking_over_and_releasing(client, person):
    one, other = person("one"), person("other")
    entry = build_entry()

    def post(editor, verb):
        client.force_login(editor)
        return client.post(f"{QUEUE}claim/", {verb: entry.pk, "query": "hand=mine"}, follow=True)

    def holder():
        found = active_claim(entry.pk, now=timezone.now())
        return found and found.editor

    response = post(one, "claim")
    assert response.redirect_chain == [(f"{QUEUE}?hand=mine", 302)]
    assert holder() == one
    assert said(post(other, "claim"))
    assert holder() == one
    post(other, "take_over")
    assert holder() == other
    post(one, "release")
    assert holder() == other
    post(other, "release")
    assert holder() is None


@pytest.mark.parametrize("key", ["", "x", "9" * 30, "12345"])
def test_a_claim_with_an_invalid_key_is_ignored(admin_client, key):
    assert admin_client.post(f"{QUEUE}claim/", {"claim": key}, follow=True).status_code == 200


def test_a_filter_is_saved_used_replaced_and_deleted(admin_client, admin_user):
    build_entry()
    sent = {"name": " 今日の保留 ", "query": "status=held&unknown=1"}
    response = admin_client.post(f"{QUEUE}filters/", sent, follow=True)
    tree = page(response)
    (link,) = tree.xpath("//div[@class='desk-saved']//li/a")
    assert (link.text, link.get("href")) == ("今日の保留", "?status=held")
    admin_client.post(f"{QUEUE}filters/", {"name": "今日の保留", "query": "when=today"})
    saved = SavedFilter.objects.get()
    assert (saved.query, saved.editor) == ("when=today", admin_user)
    admin_client.post(f"{QUEUE}filters/", {"delete": saved.pk})
    assert not SavedFilter.objects.exists()


def test_a_filter_without_a_name_is_not_saved(admin_client):
    assert said(admin_client.post(f"{QUEUE}filters/", {"name": " "}, follow=True))
    assert not SavedFilter.objects.exists()


def test_saved_filters_belong_to_their_editors(client, person, admin_user):
    saved = SavedFilter.objects.create(editor=admin_user, name="秘密", query="", saved_at=NOW)
    client.force_login(person("one"))
    assert "秘密" not in client.get(QUEUE).content.decode()
    client.post(f"{QUEUE}filters/", {"delete": saved.pk})
    assert SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (TRANSLATORS, {"send_back", "claim", "release"}),
        (REVIEWERS, set(DeskAction.values)),
        (GLOSSARY_KEEPERS, set()),
        (ADMINISTRATORS, set(DeskAction.values)),
    ],
)
def test_a_role_is_offered_the_actions_it_may_do(client, person, role, offered):
    build_entry()
    client.force_login(person("one", role))
    tree = page(client.get(QUEUE))
    values = set(tree.xpath("//select[@name='action']/option/@value")) - {""}
    assert values == offered
    assert bool(tree.xpath("//button[@name='claim']")) is ("claim" in offered)


@pytest.mark.parametrize("path", ["", "begin/", "claim/", "batch/", "filters/", "1/change/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_queue_needs_a_permission(client, django_user_model, path, method):
    user = django_user_model.objects.create_user("reader", password="x", is_staff=True)
    client.force_login(user)
    assert getattr(client, method)(QUEUE + path).status_code == 403


@pytest.mark.parametrize("path", ["claim/", "batch/", "filters/"])
def test_changes_need_a_post(admin_client, path):
    assert admin_client.get(QUEUE + path).status_code == 405


def test_an_entry_redirects_to_its_translation(admin_client):
    entry = build_entry()
    response = admin_client.get(reverse("admin:review_queueentry_change", args=[entry.pk]))
    assert response.url == reverse("admin:translation_translation_change", args=[entry.pk])


def test_the_index_of_the_admin_links_to_the_queue(admin_client, client, django_user_model):
    tree = page(admin_client.get("/admin/"))
    assert tree.xpath(f"//nav[contains(@class, 'desk-front')]/a[@href='{QUEUE}']")
    user = django_user_model.objects.create_user("reader", password="x", is_staff=True)
    client.force_login(user)
    assert not page(client.get("/admin/")).xpath("//nav[contains(@class, 'desk-front')]")


def test_an_approved_translation_leaves_the_list_at_once(admin_client, admin_user):
    translation = translated(WRONG)
    refresh()
    publish(translation.pk, actor=admin_user, reviewed=True, now=LATER)
    assert keys(page(admin_client.get(QUEUE))) == []
