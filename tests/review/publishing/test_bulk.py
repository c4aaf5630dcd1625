"""Acts on many translations: the plan, and the result."""

from datetime import timedelta

import pytest

from apps.review.day_counts import recount_days
from apps.review.models import Decision
from apps.review.permissions import ADMINISTRATORS, GLOSSARY_KEEPERS, REVIEWERS, TRANSLATORS
from apps.review.publishing.actions import DeskAction, allowed_actions
from apps.review.publishing.bulk import MOST_AT_ONCE, act, plan
from apps.translation.models import SegmentState, Translation
from apps.translation.models.findings import check_label
from apps.translation.status import TranslationStatus
from tests.support.acts import claim
from tests.support.builders import NOW
from tests.support.queue_entries import page, refresh
from tests.support.translations import RIGHT, WRONG, translated

pytestmark = pytest.mark.django_db

QUEUE = "/admin/review/queueentry/"
LATER = NOW + timedelta(hours=1)


def words(element) -> str:
    return " ".join(element.text_content().split())


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def status_of(translation: Translation) -> str:
    translation.refresh_from_db()
    return translation.status


def batch(client, action, *translations, **data):
    sent = {"action": action, "key": [item.pk for item in translations], **data}
    return client.post(f"{QUEUE}batch/", sent, follow=True)


def test_a_batch_shows_its_plan_before_it_acts(admin_client):
    clean, blocked = translated(), translated(WRONG)
    tree = page(batch(admin_client, "publish", clean, blocked))
    assert not Decision.objects.exists()
    assert tree.xpath("//input[@name='key']/@value") == [str(clean.pk)]
    assert blocked.paper.arxiv_id in words(tree.xpath("//main//table")[0])
    assert check_label("numbers") in words(tree.xpath("//main//table")[0])
    response = batch(admin_client, "publish", clean, blocked, confirmed="1")
    assert (status_of(clean), status_of(blocked)) == ("published", "held")
    assert any(blocked.paper.arxiv_id in text for text in said(response))


def test_a_batch_of_all_that_a_filter_lists(admin_client):
    clean, blocked = translated(), translated(WRONG)
    refresh()
    tree = page(batch(admin_client, "approve", all="1", query="status=held"))
    assert tree.xpath("//input[@name='key']/@value") == [str(blocked.pk)]
    batch(admin_client, "approve", blocked, confirmed="1", query="status=held")
    assert (status_of(clean), status_of(blocked)) == ("ready", "reviewed")


def test_a_reason_goes_into_the_history(admin_client):
    translation = translated()
    batch(admin_client, "take_down", translation, confirmed="1", reason="wrong paper")
    assert Decision.objects.get().reason == "wrong paper"


@pytest.mark.parametrize(
    "data", [{"action": ""}, {"action": "explode", "key": 1}, {"action": "hold"}], ids=str
)
def test_a_batch_without_an_action_or_a_choice_says_what_to_do(admin_client, data):
    assert said(admin_client.post(f"{QUEUE}batch/", data, follow=True))


def test_a_batch_has_a_limit(admin_client):
    assert MOST_AT_ONCE == 500
    translation = translated()
    data = {"action": "hold", "key": [0] * MOST_AT_ONCE + [translation.pk], "confirmed": "1"}
    admin_client.post(f"{QUEUE}batch/", data)
    assert status_of(translation) == TranslationStatus.READY


def every_state(other) -> list[Translation]:
    """Return one translation for every status and every obstacle."""
    found = []
    for status in TranslationStatus:
        for text in (RIGHT, WRONG):
            item = translated(text)
            Translation.objects.filter(pk=item.pk).update(status=status)
            found.append(item)
    recount_days("ja", [NOW.date(), NOW.date() - timedelta(days=1)])
    undone = translated()
    undone.segments.filter(field="abstract").update(text="", state=SegmentState.FAILED)
    claimed = translated()
    claim(claimed.pk, actor=other, now=NOW)
    return [*found, undone, claimed]


@pytest.mark.parametrize("role", [TRANSLATORS, REVIEWERS, GLOSSARY_KEEPERS, ADMINISTRATORS])
@pytest.mark.parametrize("action", DeskAction)
def test_the_plan_matches_the_result(person, action, role):
    actor, other = person("one", role), person("other", REVIEWERS)
    chosen = every_state(other)
    if action == DeskAction.RELEASE and role != GLOSSARY_KEEPERS:
        claim(chosen[0].pk, actor=actor, now=NOW)
    keys_of = [item.pk for item in chosen]
    planned = plan(action, keys_of, actor=actor, now=LATER - timedelta(minutes=55))
    outcome = act(action, keys_of, actor=actor, reason="", now=LATER - timedelta(minutes=55))
    expected = {item.translation.pk: item.obstacle for item in planned if item.obstacle}
    assert {item.pk: why for item, why in outcome.refused} == expected
    assert outcome.done == len(chosen) - len(expected)
    if action not in allowed_actions(actor):
        assert outcome.done == 0
    for item in planned:
        if not item.obstacle and item.after:
            assert status_of(item.translation) == item.after


def test_the_plan_respects_four_eyes(person, settings):
    settings.FOUR_EYES = True
    actor, translation = person("one"), translated(WRONG)
    segment = translation.segments.get(field="abstract")
    translation.segments.filter(pk=segment.pk).update(
        origin="person", approved_by=actor, approved_at=NOW
    )
    (planned,) = plan(DeskAction.APPROVE, [translation.pk], actor=actor, now=NOW)
    ((_, why),) = act(DeskAction.APPROVE, [translation.pk], actor=actor, reason="", now=NOW).refused
    assert planned.obstacle == why


@pytest.mark.parametrize("action", DeskAction)
def test_the_queries_of_a_plan_do_not_grow(person, action, django_assert_max_num_queries):
    actor = person("one")
    chosen = [translated(WRONG).pk for _ in range(8)]
    with django_assert_max_num_queries(7):
        plan(action, chosen, actor=actor, now=NOW)
