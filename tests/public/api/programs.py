"""Clients of the API with a token."""

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from apps.review.accounts.api_tokens import NewToken, make_token
from apps.review.models import Scope
from apps.review.roles import make_roles


def account(name: str = "hanako", role: str = "", **fields: Any) -> Any:
    """Return the account of a name, with a role or a superuser."""
    make_roles(apps)
    user, _ = get_user_model().objects.get_or_create(
        username=name, is_staff=True, is_superuser=not role, **fields
    )
    user.groups.set(Group.objects.filter(name=role))
    return user


def token_for(owner: Any, *scopes: str, name: str = "script", **fields: Any) -> NewToken:
    """Create a token that is valid for a month."""
    now = timezone.now()
    return make_token(
        owner=owner, name=name, scopes=scopes, expires_at=now + timedelta(days=30), now=now,
        **fields,
    )  # fmt: skip


def program_with(text: str, **headers: str) -> Client:
    """Return a client that sends a token and accepts English."""
    sent = {"Authorization": f"Bearer {text}", "Accept-Language": "en", **headers}
    return Client(headers=sent)


def program(owner: Any = None, *scopes: str, **fields: Any) -> Client:
    """Return a client with a new token of an account; without scopes it has them all."""
    made = token_for(owner or account(), *(scopes or Scope.values), **fields)
    return program_with(made.text)


class Editor:
    """A program of an editor with every scope: what it sends and gets is JSON."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def ask(self, method: str, address: str, body: Any = None, expected: int = 200) -> Any:
        """Send a request below /api/v1/desk/ and return what the answer says."""
        sent = {} if body is None else {"data": body, "content_type": "application/json"}
        answer = getattr(self.client, method)(f"/api/v1/desk/{address}", **sent)
        assert answer.status_code == expected, answer.content
        kind = "application/problem+json" if expected >= 400 else "application/json"
        if expected != 204:
            assert answer["Content-Type"] == kind
        assert answer["Cache-Control"] == "no-store"
        return answer.json() if expected != 204 else None

    def get(self, address: str, expected: int = 200) -> Any:
        """Read."""
        return self.ask("get", address, expected=expected)
