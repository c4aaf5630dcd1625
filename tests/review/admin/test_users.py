"""Accounts and roles in the admin: administrators assign only roles within their own rights."""

import io
import json

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.urls import reverse

from apps.review.admin.users import assignable_roles, may_manage
from apps.review.permissions import (
    ADMINISTRATORS,
    GLOSSARY_KEEPERS,
    REVIEWERS,
    ROLES,
    TRANSLATORS,
    Right,
)
from apps.review.roles import role_label

pytestmark = pytest.mark.django_db
LIST, ADD = reverse("admin:auth_user_changelist"), reverse("admin:auth_user_add")
PASSWORD = "a-long-enough-secret"


def page(user: User, name: str = "change") -> str:
    return reverse(f"admin:auth_user_{name}", args=[user.pk])


@pytest.fixture
def administrator(person):
    return person("sachiko", ADMINISTRATORS)


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


def new(role: str = TRANSLATORS, **fields) -> dict:
    group = Group.objects.get(name=role)
    return {
        "username": "taro",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "groups": [group.pk],
    } | fields


def changed(user: User, **fields) -> dict:
    return {"username": user.username, "is_active": "on", "groups": []} | fields


@pytest.mark.parametrize("role", ROLES)
def test_an_administrator_creates_an_account_that_can_log_in(desk, client, role):
    assert desk.post(ADD, new(role)).status_code == 302
    user = User.objects.get(username="taro")
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert [group.name for group in user.groups.all()] == [role]
    desk.post(reverse("admin:logout"))
    form = {"username": "taro", "password": PASSWORD, "next": reverse("admin:index")}
    assert client.post(reverse("admin:login"), form).status_code == 302


def test_only_superusers_create_superusers(desk):
    desk.post(ADD, new(is_superuser="on", user_permissions=[Permission.objects.first().pk]))
    user = User.objects.get(username="taro")
    given = changed(user, is_superuser="on", user_permissions=[Permission.objects.first().pk])
    assert desk.post(page(user), given).status_code == 302
    user.refresh_from_db()
    assert not user.is_superuser
    assert not user.user_permissions.exists()


def test_administrators_do_not_see_the_fields_of_superusers(desk, person):
    shown = desk.get(page(person("taro", TRANSLATORS))).content.decode()
    assert 'name="groups"' in shown
    for name in ("is_superuser", "user_permissions", "is_staff"):
        assert f'name="{name}"' not in shown


def test_roles_and_their_rights_are_shown_in_the_language_of_the_page(desk):
    shown = desk.get(ADD).content.decode()
    assert f"<strong>{role_label(TRANSLATORS)}</strong>" in shown
    assert str(Right.EDIT.label) in shown


@pytest.mark.parametrize(
    "above",
    [
        {"is_superuser": True},
        {"is_superuser": True, "is_active": False},
        {"permission": "delete_user"},
        {"permission": "delete_user", "is_active": False},
    ],
    ids=str,
)
def test_an_account_with_more_rights_is_read_only(desk, person, above):
    above = dict(above)
    permission = above.pop("permission", None)
    user = person("above", "", **above)
    if permission:
        user.user_permissions.add(Permission.objects.get(codename=permission))
    assert 'name="username"' not in desk.get(page(user)).content.decode()
    assert desk.post(page(user), changed(user, username="mine")).status_code == 403
    assert desk.get(page(user, "password_change")).status_code == 403
    form = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    assert desk.post(page(user, "password_change"), form).status_code == 403
    user.refresh_from_db()
    assert user.username == "above"
    assert user.check_password("x")


def test_a_group_with_more_rights_cannot_be_assigned(desk, administrator):
    root = Group.objects.create(name="Root")
    root.permissions.add(Permission.objects.get(codename="delete_user"))
    assert set(assignable_roles(administrator).values_list("name", flat=True)) == set(ROLES)
    answer = desk.post(ADD, new(groups=[root.pk]))
    assert answer.status_code == 200
    assert not User.objects.filter(username="taro").exists()


def test_a_superuser_manages_all_accounts(person):
    above, root = person("above", "", is_superuser=True), person("root", "", is_superuser=True)
    assert may_manage(root, above)


@pytest.mark.parametrize("role", [TRANSLATORS, REVIEWERS, GLOSSARY_KEEPERS])
def test_other_roles_see_no_accounts(client, person, role):
    client.force_login(person("somebody", role))
    for address in (LIST, ADD, reverse("admin:auth_group_changelist")):
        assert client.get(address).status_code == 403


def test_roles_are_read_only_for_administrators(desk):
    group = Group.objects.get(name=TRANSLATORS)
    address = reverse("admin:auth_group_change", args=[group.pk])
    assert desk.get(address).status_code == 200
    assert desk.post(address, {"name": "Mine"}).status_code == 403
    assert desk.get(reverse("admin:auth_group_add")).status_code == 403
    assert group.permissions.count() == len(ROLES[TRANSLATORS])


def test_a_deactivated_account_is_logged_out_at_once_and_cannot_be_deleted(desk, client, person):
    user = person("taro", TRANSLATORS)
    form = changed(user)
    del form["is_active"]
    assert desk.post(page(user), form).status_code == 302
    assert not User.objects.get(username="taro").is_active
    assert desk.post(page(user, "delete"), {"post": "yes"}).status_code == 403
    client.force_login(user)
    assert client.get(reverse("admin:index")).status_code == 302


def test_the_queries_of_the_list_do_not_grow_with_accounts(
    desk, person, django_assert_max_num_queries
):
    for number in range(12):
        person(f"p{number}", TRANSLATORS)
    with django_assert_max_num_queries(12):
        assert "p11" in desk.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("translator", TRANSLATORS),
        ("reviewer", REVIEWERS),
        ("glossary-keeper", GLOSSARY_KEEPERS),
        ("administrator", ADMINISTRATORS),
    ],
)
def test_the_command_creates_an_account_with_a_role(role, name):
    out = io.StringIO()
    call_command("editor", "taro", "--role", role, stdout=out)
    user = User.objects.get(username="taro")
    assert user.check_password(json.loads(out.getvalue())["password"])
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert user.get_all_permissions() == set(ROLES[name])


def test_the_command_creates_a_superuser_without_a_role():
    call_command("editor", "root", stdout=io.StringIO())
    assert User.objects.get(username="root").is_superuser


def test_the_command_leaves_an_existing_account_unchanged(person):
    user = person("taro", TRANSLATORS)
    with pytest.raises(CommandError, match="changepassword"):
        call_command("editor", "taro", "--role", "administrator", stdout=io.StringIO())
    call_command("editor", "taro", "--if-missing", stdout=io.StringIO())
    user.refresh_from_db()
    assert not user.is_superuser
