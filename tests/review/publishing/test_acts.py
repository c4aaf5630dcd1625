"""Acts: their checks refuse before anything is changed, and make no query."""

import pytest

from apps.core.refusals import Refusal
from apps.review.models import Decision
from apps.review.publishing.actions import ACTS, DeskAction
from apps.translation.models import Translation
from tests.review.publishing.test_publish import RIGHT, WRONG, translated
from tests.support.builders import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("action", DeskAction)
def test_a_check_makes_no_query(person, action, django_assert_num_queries):
    act = ACTS[action](actor=person("one"), now=NOW)
    chosen = [translated(text).pk for text in (RIGHT, WRONG)]
    facts = act.facts_about(list(Translation.objects.select_related("paper").filter(pk__in=chosen)))
    refused = []
    with django_assert_num_queries(0):
        for each in facts:
            try:
                act.check(each)
            except Refusal as refusal:
                refused.append(refusal.code)
    expected = {
        DeskAction.PUBLISH: ["blocking-findings"],
        DeskAction.HOLD: ["already-decided"],
        DeskAction.RELEASE: ["no-claim", "no-claim"],
    }
    assert refused == expected.get(action, [])


@pytest.mark.parametrize("action", [DeskAction.PUBLISH, DeskAction.HOLD])
def test_a_refused_act_changes_nothing(person, action):
    translation = translated(WRONG)
    with pytest.raises(Refusal):
        ACTS[action](actor=person("one"), now=NOW).execute(translation.pk)
    assert not Decision.objects.exists()
