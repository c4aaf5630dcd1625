"""The list of translations in the admin and its actions."""

import pytest
from django.urls import reverse

from apps.review.models import Decision
from apps.translation.models import Translation
from apps.translation.status import TranslationStatus
from tests.support.translations import WRONG, translated

pytestmark = pytest.mark.django_db

CHANGELIST = "admin:translation_translation_changelist"


def act(client, action: str, *translations: Translation):
    keys = [item.pk for item in translations]
    data = {"action": action, "_selected_action": keys}
    return client.post(reverse(CHANGELIST), data, follow=True)


def status_of(translation: Translation) -> str:
    translation.refresh_from_db()
    return translation.status


def test_the_list_shows_status_and_blocking_findings(admin_client):
    translated(WRONG)
    page = admin_client.get(reverse(CHANGELIST), {"status__exact": "held"}).content.decode()
    assert "題名" in page


def test_a_clean_translation_is_published_and_a_blocked_one_refused(admin_client):
    clean, blocked = translated(), translated(WRONG)
    page = act(admin_client, "publish_unreviewed", clean, blocked).content.decode()
    assert status_of(clean) == TranslationStatus.PUBLISHED
    assert status_of(blocked) == TranslationStatus.HELD
    assert blocked.paper.arxiv_id in page


def test_the_logged_in_editor_is_the_actor_of_an_approval(admin_client, admin_user):
    translation = translated(WRONG)
    act(admin_client, "approve", translation)
    assert status_of(translation) == TranslationStatus.REVIEWED
    assert Decision.objects.get().actor == admin_user


@pytest.mark.parametrize(
    ("action", "status"),
    [
        ("take_down", TranslationStatus.UNPUBLISHED),
        ("hold_back", TranslationStatus.HELD),
        ("send_back", TranslationStatus.PENDING),
    ],
)
def test_actions_go_through_the_services(admin_client, action, status):
    translation = translated()
    act(admin_client, action, translation)
    assert status_of(translation) == status
    assert Decision.objects.get().status_after == status


@pytest.mark.parametrize(
    "name",
    [
        "translation_translation",
        "translation_memoryentry",
        "review_decision",
        "papers_paper",
        "harvest_harvestrun",
        "public_notice",
    ],
)
def test_every_list_of_the_admin_opens(admin_client, name):
    assert admin_client.get(reverse(f"admin:{name}_changelist")).status_code == 200


def test_without_permissions_no_action_is_offered(client, django_user_model):
    user = django_user_model.objects.create_user("reader", password="x", is_staff=True)
    client.force_login(user)
    assert client.get(reverse(CHANGELIST)).status_code == 403


@pytest.mark.parametrize("key", ["9" * 5000, "9" * 30, "１", "x", "-1"])
@pytest.mark.parametrize(
    "address",
    [
        "/admin/review/fix/begin/?decision={}",
        "/admin/review/fix/begin/?segment={}&offer={}",
        "/admin/review/decision/?who={}",
        "/admin/review/suggestion/{}/change/",
        "/admin/translation/translation/{}/change/",
        "/admin/translation/translation/{}/history/",
        "/admin/translation/glossaryterm/{}/history/",
        "/admin/auth/user/?role={}",
    ],
)
def test_an_impossible_key_is_no_server_error(admin_client, address, key):
    assert admin_client.get(address.replace("{}", key)).status_code in (200, 302, 404)
