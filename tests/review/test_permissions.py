"""Roles and rights, checked by the services."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group

from apps.review.claims import active_claim, delete_claim
from apps.review.models import Claim
from apps.review.permissions import (
    ADMINISTRATORS,
    GLOSSARY_KEEPERS,
    REVIEWERS,
    ROLES,
    TRANSLATORS,
    NotAllowed,
    Right,
    require,
)
from apps.review.refusals import ClaimedByOther
from apps.review.roles import make_roles
from tests.support.acts import (
    claim,
    edit_segments,
    edit_summary,
    hold,
    publish,
    retranslate,
    unpublish,
)
from tests.support.builders import NOW
from tests.support.translations import RIGHT, translated

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


def edit(translation, actor, text="人の訳。", now=NOW):
    segment = translation.segments.get(field="abstract")
    return edit_segments(translation.pk, {segment.pk: text}, actor=actor, now=now)


ACTS = {
    Right.EDIT: lambda item, actor: edit(item, actor),
    "summary": lambda item, actor: edit_summary(item.pk, "要約。", actor=actor, now=NOW),
    Right.RETRANSLATE: lambda item, actor: retranslate(item.pk, actor=actor, now=NOW),
    Right.APPROVE: lambda item, actor: publish(item.pk, actor=actor, reviewed=True, now=NOW),
    Right.PUBLISH: lambda item, actor: publish(item.pk, actor=actor, reviewed=False, now=NOW),
    "take down": lambda item, actor: unpublish(item.pk, actor=actor, reason="", now=NOW),
    "hold": lambda item, actor: hold(item.pk, actor=actor, reason="", now=NOW),
    "claim": lambda item, actor: claim(item.pk, actor=actor, now=NOW),
}
TRANSLATING = {Right.EDIT, "summary", Right.RETRANSLATE, "claim"}
MAY = {
    TRANSLATORS: TRANSLATING,
    REVIEWERS: set(ACTS),
    GLOSSARY_KEEPERS: set(),
    ADMINISTRATORS: set(ACTS),
}


@pytest.mark.parametrize("act", ACTS, ids=str)
@pytest.mark.parametrize("role", MAY)
def test_a_role_may_do_what_it_is_for_and_nothing_else(person, role, act):
    translation, actor = translated(), person("somebody", role)
    if act in MAY[role]:
        ACTS[act](translation, actor)
    else:
        with pytest.raises(NotAllowed):
            ACTS[act](translation, actor)


@pytest.mark.parametrize("right", Right)
def test_an_anonymous_visitor_has_no_right(right):
    with pytest.raises(NotAllowed, match=str(right.label)):
        require(AnonymousUser(), right)


def test_every_permission_of_every_role_exists(person):
    for name, wanted in ROLES.items():
        held = person(name, name).get_all_permissions()
        assert held == set(wanted)


def test_making_the_roles_again_keeps_what_an_administrator_added(person):
    group = Group.objects.get_or_create(name=TRANSLATORS)[0]
    permission = person("x", REVIEWERS).groups.get().permissions.get(codename="publish_text")
    group.permissions.add(permission)
    make_roles(apps)
    assert permission in group.permissions.all()


def test_four_eyes_keep_a_writer_from_approving(person, settings):
    settings.FOUR_EYES = True
    translation, writer, other = translated(), person("w", REVIEWERS), person("o", REVIEWERS)
    edit(translation, writer)
    with pytest.raises(NotAllowed):
        publish(translation.pk, actor=writer, reviewed=True, now=NOW)
    delete_claim(translation.pk, actor=writer)
    assert publish(translation.pk, actor=other, reviewed=True, now=NOW)


def test_a_claim_is_for_one_editor_until_it_ends(person, settings):
    translation, one, other = translated(), person("one", TRANSLATORS), person("other", TRANSLATORS)
    end = claim(translation.pk, actor=one, now=NOW).expires_at
    with pytest.raises(ClaimedByOther, match="one"):
        claim(translation.pk, actor=other, now=LATER)
    assert claim(translation.pk, actor=other, now=end).editor == other
    assert end == NOW + timedelta(minutes=settings.CLAIM_MINUTES)


def test_a_claim_can_be_taken_over_and_given_up(person):
    translation, one, other = translated(), person("one", TRANSLATORS), person("other", TRANSLATORS)
    claim(translation.pk, actor=one, now=NOW)
    claim(translation.pk, actor=other, now=NOW, take_over=True)
    delete_claim(translation.pk, actor=one)
    assert active_claim(translation.pk, now=NOW).editor == other
    delete_claim(translation.pk, actor=other)
    assert not Claim.objects.exists()


def test_claiming_again_lengthens_the_claim(person):
    translation, one = translated(), person("one", TRANSLATORS)
    first = claim(translation.pk, actor=one, now=NOW)
    again = claim(translation.pk, actor=one, now=LATER)
    assert (again.claimed_at, again.expires_at - first.expires_at) == (NOW, LATER - NOW)


@pytest.mark.parametrize(
    "act", ["edit", "summary", "retranslate", "approve"], ids=lambda name: name
)
def test_a_claim_blocks_the_acts_of_other_editors(person, act):
    translation, one, other = translated(), person("one", TRANSLATORS), person("other", REVIEWERS)
    claim(translation.pk, actor=one, now=NOW)
    acts = {"edit": Right.EDIT, "summary": "summary", "retranslate": Right.RETRANSLATE}
    with pytest.raises(ClaimedByOther):
        ACTS[acts.get(act, Right.APPROVE)](translation, other)
    assert translation.segments.get(field="abstract").text == RIGHT


def test_editing_claims_and_approving_releases(person):
    translation, one = translated(), person("one", REVIEWERS)
    edit(translation, one)
    assert active_claim(translation.pk, now=NOW).editor == one
    publish(translation.pk, actor=one, reviewed=True, now=NOW)
    assert not Claim.objects.exists()
