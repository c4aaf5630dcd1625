"""`manage.py editor`: create an account for the admin."""

import json
import secrets
from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from apps.review.permissions import ADMINISTRATORS, GLOSSARY_KEEPERS, REVIEWERS, TRANSLATORS
from apps.review.roles import make_roles

ROLES = {
    "translator": TRANSLATORS,
    "reviewer": REVIEWERS,
    "glossary-keeper": GLOSSARY_KEEPERS,
    "administrator": ADMINISTRATORS,
}


class Command(BaseCommand):
    help = (
        "Create an account for the admin; the password is printed once, as JSON. Without --role it "
        "is a superuser, which the first account of a site has to be."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", nargs="?", default="editor")
        parser.add_argument("--role", choices=ROLES, help="the role of the account")
        parser.add_argument(
            "--if-missing", action="store_true", help="leave an existing account as it is"
        )

    def handle(
        self, *args: Any, username: str, role: str | None, if_missing: bool, **options: Any
    ) -> None:
        if User.objects.filter(username=username).exists():
            if not if_missing:
                raise CommandError(
                    f"{username!r} exists. Set a new password with: "
                    f"python manage.py changepassword {username}"
                )
            self.stdout.write(json.dumps({"username": username, "password": None}))
            return
        password = secrets.token_urlsafe(12)
        _create(username, password, role)
        self.stdout.write(json.dumps({"username": username, "password": password}))


@transaction.atomic
def _create(username: str, password: str, role: str | None) -> None:
    if role is None:
        User.objects.create_superuser(username=username, password=password)
        return
    make_roles(apps)
    user = User.objects.create_user(username=username, password=password, is_staff=True)
    user.groups.add(Group.objects.get(name=ROLES[role]))
