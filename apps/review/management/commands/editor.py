"""`manage.py editor`: an account for the admin."""

import json
import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Creates an administrator with a password that is shown once."""

    help = "Create an account for the admin; the password is printed once, as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the name and --if-missing."""
        parser.add_argument("username", nargs="?", default="editor")
        parser.add_argument(
            "--if-missing", action="store_true", help="leave an existing account as it is"
        )

    def handle(self, *args: Any, username: str, if_missing: bool, **options: Any) -> None:
        """Create the account, or say that it is there."""
        users = get_user_model().objects
        if users.filter(username=username).exists():
            if not if_missing:
                raise CommandError(
                    f"{username!r} exists. Set a new password with: "
                    f"python manage.py changepassword {username}"
                )
            self.stdout.write(json.dumps({"username": username, "password": None}))
            return
        password = secrets.token_urlsafe(12)
        users.create_superuser(username=username, password=password)
        self.stdout.write(json.dumps({"username": username, "password": password}))
