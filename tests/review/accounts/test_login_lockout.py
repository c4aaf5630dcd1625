"""Login throttling and sessions of editors."""

import datetime as dt

import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from apps.review.accounts.client_ip import client_address
from apps.review.accounts.login_lockout import login_address
from apps.review.accounts.sessions import RENEWED
from apps.review.permissions import ADMINISTRATORS
from apps.review.roles import make_roles
from tests.support.factories import publish_paper

pytestmark = pytest.mark.django_db
LOGIN, INDEX = reverse("admin:login"), reverse("admin:index")
HOME, AWAY = "192.0.2.1", "198.51.100.7"


@pytest.fixture
def hanako(django_user_model):
    return django_user_model.objects.create_user("hanako", password="right", is_staff=True)


def attempt(client: Client, password: str, *, username: str = "hanako", address: str = HOME):
    form = {"username": username, "password": password, "next": INDEX}
    return client.post(LOGIN, form, REMOTE_ADDR=address)


def lock(client: Client, settings, **fields):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = attempt(client, "wrong", **fields)
    return answer


def test_too_many_failures_lock_the_account_and_the_page_shows_for_how_long(
    client, hanako, settings
):
    answer = lock(client, settings)
    assert answer.status_code == 429
    assert answer.context["minutes"] == 15
    assert "15" in answer.content.decode()
    assert 0 < int(answer["Retry-After"]) <= 15 * 60
    assert attempt(client, "right").status_code == 429


def test_a_success_before_the_limit_resets_the_count(client, hanako, settings):
    for _round in range(2):
        for _ in range(settings.AXES_FAILURE_LIMIT - 1):
            assert attempt(client, "wrong").status_code == 200
        assert attempt(client, "right").status_code == 302
        client.logout()


@pytest.mark.parametrize(
    "other", [{"address": AWAY}, {"username": "kenji"}], ids=["another address", "another account"]
)
def test_other_accounts_and_addresses_are_not_locked(
    client, hanako, settings, django_user_model, other
):
    django_user_model.objects.create_user("kenji", password="right", is_staff=True)
    lock(client, settings)
    assert attempt(client, "right", **other).status_code == 302


def test_another_browser_at_the_same_address_is_locked_too(client, hanako, settings):
    for number in range(settings.AXES_FAILURE_LIMIT):
        browser = Client(headers={"User-Agent": f"Browser {number}"})
        answer = attempt(browser, "wrong")
    assert answer.status_code == 429


def test_the_lock_expires_and_further_attempts_do_not_extend_it(client, hanako, settings):
    lock(client, settings)
    AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(minutes=14))
    answer = attempt(client, "right")
    assert answer.status_code == 429
    assert answer.context["minutes"] == 1
    AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(minutes=16))
    assert attempt(client, "right").status_code == 302


def test_an_administrator_can_unlock(client, hanako, settings, django_user_model):
    lock(client, settings)
    make_roles(apps)
    boss = django_user_model.objects.create_user("sachiko", is_staff=True)
    boss.groups.add(Group.objects.get(name=ADMINISTRATORS))
    client.force_login(boss)
    failures = reverse("admin:review_failedlogin_changelist")
    assert "hanako" in client.get(failures).content.decode()
    (failed,) = AccessAttempt.objects.all()
    client.post(reverse("admin:review_failedlogin_delete", args=[failed.pk]), {"post": "yes"})
    client.logout()
    assert attempt(client, "right").status_code == 302


def test_failures_store_no_password(client, hanako):
    attempt(client, "nearly-right-secret")
    (failed,) = AccessAttempt.objects.all()
    assert "nearly-right-secret" not in failed.post_data


def test_the_test_client_and_commands_log_in_without_an_address(client, hanako):
    assert client.login(username="hanako", password="right")


# Where a request came from


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        pytest.param(0, "203.0.113.9", HOME, id="nobody is trusted unless it is set"),
        pytest.param(1, "203.0.113.9", "203.0.113.9", id="one proxy"),
        pytest.param(1, "10.0.0.1, 203.0.113.9", "203.0.113.9", id="what a client made up"),
        pytest.param(2, "203.0.113.9, 10.0.0.2", "203.0.113.9", id="two proxies"),
        pytest.param(2, "203.0.113.9", HOME, id="past the outer proxy"),
        pytest.param(1, "", HOME, id="past the proxy"),
        pytest.param(1, "unknown", HOME, id="no address"),
        pytest.param(1, "", HOME, id="a proxy that says nothing"),
        pytest.param(1, "2001:db8::1", "2001:db8::1", id="IPv6"),
    ],
)
def test_the_address_is_taken_from_trusted_proxies(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=HOME, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == expected


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("192.0.2.1", "192.0.2.1"),
        ("", None),
    ],
)
def test_logins_are_counted_by_ipv4_address_or_ipv6_network(address, counted):
    assert login_address(RequestFactory().get("/", REMOTE_ADDR=address)) == counted


def test_a_forged_header_does_not_evade_the_lock(client, hanako, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(settings.AXES_FAILURE_LIMIT):
        answer = client.post(
            LOGIN,
            {"username": "hanako", "password": "wrong"},
            HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, {HOME}",
        )
    assert answer.status_code == 429


# Sessions


def test_the_session_cookie_is_http_only_and_lasts_twelve_hours(client, hanako, settings):
    cookie = attempt(client, "right").cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == settings.SESSION_COOKIE_AGE == 12 * 3600


def test_using_the_admin_extends_the_session_once_a_minute(client, hanako):
    client.force_login(hanako)
    assert "sessionid" not in client.get(INDEX).cookies
    type(hanako).objects.update(last_login=timezone.now() - dt.timedelta(minutes=2))
    assert "sessionid" in client.get(INDEX).cookies
    assert "sessionid" not in client.get(INDEX).cookies
    session = client.session
    session[RENEWED] -= 61
    session.save()
    assert "sessionid" in client.get(INDEX).cookies


def test_an_expired_session_leads_to_the_login(client, hanako):
    client.force_login(hanako)
    session = client.session
    session.set_expiry(-1)
    session.save()
    assert client.get(INDEX).status_code == 302


PUBLIC = [
    "/",
    "/en/",
    "/categories/",
    "/search/",
    "/about/",
    "/papers/2405.10999/",
    "/api/v1/papers/",
]


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize("who", ["a reader", "an editor"])
def test_public_pages_neither_set_nor_read_cookies(client, hanako, notices, address, who):
    publish_paper(arxiv_id="2405.10999")
    if who == "an editor":
        client.force_login(hanako)
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "cookie" not in answer.get("Vary", "").lower()
