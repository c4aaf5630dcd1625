"""Only what is published can be read, anywhere."""

import pytest

from apps.translation.models import Translation
from apps.translation.status import PUBLIC, TranslationStatus
from tests.support.builders import NOW, build_paper
from tests.support.factories import SENTENCE, TITLE, publish_paper, ready_translation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]

ADDRESSES = [
    "/",
    "/days/2026-02-20/",
    "/categories/",
    "/categories/cs.CL/",
    "/categories/cs.CL/feed.atom",
    "/feeds/latest.atom",
    "/feeds/latest.json",
    "/days/2026-02-20/feed.json",
    "/categories/cs.CL/days/2026-02-20/feed.atom",
    "/papers/2602.00077/",
    "/papers/2602.00078/",
    "/en/papers/2602.00077/",
    "/papers/2602.00077.md",
    "/papers/2602.00078.md",
    "/api/v1/papers/",
    "/api/v1/papers/?category=cs.CL",
    "/api/v1/papers/?day=2026-02-20",
    "/api/v1/papers/2602.00077/",
    "/api/v1/papers/2602.00078/",
]


def traces(client) -> set[str]:
    """The addresses at which the marked translation shows."""
    shown = set()
    for address in ADDRESSES:
        body = client.get(address).content.decode()
        if TITLE in body or SENTENCE in body:
            shown.add(address)
    return shown


@pytest.fixture
def neighbour():
    """A published paper whose list of related papers may show the marked one."""
    other_words = {
        "Another": "別の論文",
        "We do more.": "さらに行う。",
    }
    return publish_paper(
        arxiv_id="2602.00078",
        title="Another",
        abstract="We do more.",
        texts=other_words,
        submitted_at=NOW.replace(month=2, day=20),
    )


def marked(neighbour: Translation) -> Translation:
    translation = publish_paper(
        arxiv_id="2602.00077", related=[neighbour], submitted_at=NOW.replace(month=2, day=20)
    )
    neighbour.paper.related.create(other=translation.paper, similarity=0.9)
    return translation


@pytest.mark.parametrize("status", TranslationStatus.values)
def test_a_translation_shows_everywhere_or_nowhere(client, neighbour, status):
    translation = marked(neighbour)
    Translation.objects.filter(pk=translation.pk).update(status=status)
    expected = set(ADDRESSES) - {"/categories/"} if status in PUBLIC else set()
    assert traces(client) == expected


def test_a_translation_that_is_ready_but_never_published_shows_nowhere(client):
    ready_translation(build_paper(arxiv_id="2602.00077"))
    assert traces(client) == set()
    assert client.get("/api/v1/papers/2602.00077/").status_code == 404


def test_translations_into_other_languages_do_not_show(client, neighbour):
    translation = marked(neighbour)
    Translation.objects.filter(pk=translation.pk).update(language="ko")
    assert traces(client) == set()


def test_a_withdrawn_paper_is_in_no_list(client, neighbour):
    translation = marked(neighbour)
    translation.paper.withdrawn_at = NOW
    translation.paper.save()
    own = {
        "/papers/2602.00077/",
        "/en/papers/2602.00077/",
        "/papers/2602.00077.md",
        "/api/v1/papers/2602.00077/",
    }
    assert traces(client) == own
