"""A paper in the admin: to be read, never to be changed."""

import pytest
from django.urls import reverse

from tests.support.builders import build_paper

pytestmark = pytest.mark.django_db


def test_its_authors_are_named_in_plain_words(admin_client):
    paper = build_paper(
        authors=[{"name": name, "forenames": ""} for name in ("Ada Example", "Ben Sample")]
    )
    address = reverse("admin:papers_paper_change", args=[paper.pk])
    page = admin_client.get(address).content.decode()
    assert "Ada Example, Ben Sample" in page
    assert "forenames" not in page
    assert 'name="title"' not in page
