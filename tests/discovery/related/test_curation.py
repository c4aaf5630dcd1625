"""Editors pin and hide related papers."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import override

from apps.discovery.models import RelatedChoice, RelatedDecision, RelatedPaper
from apps.discovery.related.curation import MOST_PINNED, CannotChoose, choose, find_paper
from apps.discovery.selectors import related_to_each
from tests.support.builders import NOW, build_paper
from tests.support.factories import publish_paper

pytestmark = pytest.mark.django_db
PIN, HIDE = RelatedDecision.PIN, RelatedDecision.HIDE


@pytest.fixture
def chooser(django_user_model):
    """An editor with the right to choose."""
    user = django_user_model.objects.create(username="chooser", is_staff=True)
    wanted = ["change_relatedchoice", "view_relatedchoice"]
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return user


@pytest.fixture
def english():
    """Messages as the code has them."""
    with override("en"):
        yield


@pytest.fixture
def published(notices):
    """A published paper with three related ones, and one that the machine did not find."""
    others = [publish_paper() for _ in range(4)]
    return publish_paper(related=others[:3]), others


def shown(translation) -> list[int]:
    return [entry.translation.pk for entry in related_to_each([translation])[translation.pk]]


def test_pinned_papers_come_first_and_hidden_ones_never(published, chooser):
    translation, (first, second, third, unfound) = published
    assert shown(translation) == [first.pk, second.pk, third.pk]
    choose(translation.paper, unfound.paper, PIN, actor=chooser, now=NOW)
    choose(translation.paper, second.paper, HIDE, actor=chooser, now=NOW)
    assert shown(translation) == [unfound.pk, first.pk, third.pk]
    pinned = related_to_each([translation])[translation.pk][0]
    assert (pinned.is_pinned, pinned.similarity, pinned.shared_terms) == (True, None, [])
    choose(translation.paper, second.paper, None, actor=chooser, now=NOW)
    assert shown(translation) == [unfound.pk, first.pk, second.pk, third.pk]


def test_a_choice_is_about_one_list_only(published, chooser):
    translation, (first, *_others) = published
    RelatedPaper.objects.create(paper=first.paper, other=translation.paper, similarity=0.9)
    choose(translation.paper, first.paper, HIDE, actor=chooser, now=NOW)
    assert shown(first) == [translation.pk]


def test_a_pinned_paper_that_is_not_published_stays_unseen(published, chooser):
    translation, _others = published
    choose(translation.paper, build_paper(), PIN, actor=chooser, now=NOW)
    assert len(shown(translation)) == 3


def test_choosing_again_replaces_the_choice(published, chooser):
    translation, (first, *_others) = published
    for decision in (PIN, HIDE, PIN):
        choose(translation.paper, first.paper, decision, actor=chooser, now=NOW)
    choice = RelatedChoice.objects.get()
    assert (choice.decision, choice.chosen_by) == (PIN, chooser)


def test_who_may_not_choose_is_refused(published, django_user_model):
    translation, (first, *_others) = published
    somebody = django_user_model.objects.create(username="somebody", is_staff=True)
    with pytest.raises(PermissionDenied):
        choose(translation.paper, first.paper, HIDE, actor=somebody, now=NOW)
    assert not RelatedChoice.objects.exists()


def test_what_cannot_be_chosen_is_said(chooser, english):
    paper, withdrawn = build_paper(), build_paper(withdrawn_at=NOW)
    with pytest.raises(CannotChoose, match="own list"):
        choose(paper, paper, HIDE, actor=chooser, now=NOW)
    with pytest.raises(CannotChoose, match="withdrawn"):
        choose(paper, withdrawn, PIN, actor=chooser, now=NOW)
    for _ in range(MOST_PINNED):
        choose(paper, build_paper(), PIN, actor=chooser, now=NOW)
    with pytest.raises(CannotChoose, match="Ten papers"):
        choose(paper, build_paper(), PIN, actor=chooser, now=NOW)


@pytest.mark.parametrize(
    "spelling", ["{0}", "arXiv:{0}v3", " https://arxiv.org/abs/{0} ", "https://arxiv.org/pdf/{0}v1"]
)
def test_a_paper_is_named_in_any_spelling(spelling):
    paper = build_paper()
    assert find_paper(spelling.format(paper.arxiv_id)) == paper


@pytest.mark.parametrize("spelling", ["", "nonsense", "2501.99999"])
def test_a_name_that_leads_nowhere_is_said(spelling):
    with pytest.raises(CannotChoose):
        find_paper(spelling)


class TestTheAdmin:
    def page(self, translation) -> str:
        return reverse("admin:discovery_related_list", args=[translation.paper_id])

    def test_an_editor_pins_and_hides_on_the_page_of_the_list(self, client, published, chooser):
        client.force_login(chooser)
        translation, (first, _second, _third, unfound) = published
        found = client.get(
            reverse("admin:discovery_related_find"), {"paper": translation.paper.arxiv_id}
        )
        assert found.url == self.page(translation)
        assert first.paper.arxiv_id in client.get(found.url).content.decode()
        client.post(found.url, {"other": first.paper.arxiv_id, "decision": "hide"})
        client.post(found.url, {"other": unfound.paper.identifier.abs_url, "decision": "pin"})
        assert shown(translation)[0] == unfound.pk
        assert first.pk not in shown(translation)
        client.post(found.url, {"other": first.paper.arxiv_id, "decision": ""})
        assert first.pk in shown(translation)
        listed = client.get(reverse("admin:discovery_relatedchoice_changelist"))
        assert unfound.paper.arxiv_id in listed.content.decode()

    def test_bad_input_is_said_and_changes_nothing(self, client, published, chooser):
        client.force_login(chooser)
        translation, _others = published
        for given in ({"other": "nonsense", "decision": "pin"}, {"other": "", "decision": "pin"}):
            answer = client.post(self.page(translation), given, follow=True)
            assert answer.status_code == 200
            assert "error" in answer.content.decode()
        assert not RelatedChoice.objects.exists()
        lost = client.get(reverse("admin:discovery_related_find"), {"paper": "x"}, follow=True)
        assert "errornote" in lost.content.decode() or "error" in lost.content.decode()

    def test_others_are_turned_away(self, client, published, django_user_model):
        translation, (first, *_others) = published
        given = {"other": first.paper.arxiv_id, "decision": "hide"}
        assert client.post(self.page(translation), given).status_code == 302
        client.force_login(django_user_model.objects.create(username="x", is_staff=True))
        assert client.post(self.page(translation), given).status_code == 403
        assert not RelatedChoice.objects.exists()
