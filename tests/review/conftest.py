"""Fixtures for the tests of review."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group

from apps.review.permissions import REVIEWERS
from apps.review.roles import make_roles


@pytest.fixture
def person(django_user_model):
    """Make accounts of the admin by name and role; with an empty role they have none."""
    make_roles(apps)

    def make(name: str, role: str = REVIEWERS, **fields):
        user = django_user_model.objects.create_user(name, password="x", is_staff=True, **fields)
        user.groups.set(Group.objects.filter(name=role))
        return user

    return make
