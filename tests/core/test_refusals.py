"""Refusals, and how commands report them."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from apps.core.commands import ServiceCommand
from apps.core.refusals import Refusal


class Full(Refusal):
    """There is no room left."""

    code = "full"
    status = 409


class Store(ServiceCommand):
    """Refuses."""

    def handle(self, *args, **options):
        raise Full("There is no room. Delete something first.")


def test_a_refusal_has_a_message_and_nothing_else_unless_it_says_so():
    refused = Full("There is no room.")
    assert (refused.code, refused.status, str(refused)) == ("full", 409, "There is no room.")
    assert (refused.detail, refused.extensions, refused.retry_after) == (str(refused), {}, None)


def test_a_command_ends_with_the_message_of_the_refusal():
    with pytest.raises(CommandError, match=r"There is no room\. Delete something first\."):
        call_command(Store())
