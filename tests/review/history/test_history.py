"""The history: it is complete, it cannot be changed, and earlier texts can be restored."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import Error, connection, models, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from apps.public.models import Notice
from apps.public.site.notices import add_notice, restore_notice
from apps.review.acts.restore import restore_sentence, restore_summary
from apps.review.history.timeline import history_of
from apps.review.models import Decision, DecisionKind
from apps.review.permissions import TRANSLATORS, NotAllowed
from apps.review.refusals import ChangedMeanwhile, NothingToRestore
from apps.review.roles import make_roles
from apps.translation.glossary.service import store_terms
from apps.translation.models import (
    Segment,
    SegmentOrigin,
    Translation,
)
from apps.translation.status import TranslationStatus
from tests.support.acts import (
    approve_sentences,
    edit_segments,
    edit_summary,
    publish,
    retranslate,
    unpublish,
)
from tests.support.builders import NOW
from tests.support.translations import RIGHT, WRONG, translated
from tests.translation.glossary.glossary_entries import entry

pytestmark = pytest.mark.django_db
LATER, LAST = NOW + timedelta(hours=1), NOW + timedelta(days=1)


def sentence(translation: Translation) -> Segment:
    return translation.segments.get(field="abstract")


def edit(translation, text, actor, now=NOW, **fields) -> Decision:
    texts = {sentence(translation).pk: text}
    decision = edit_segments(translation.pk, texts, actor=actor, now=now, **fields)
    assert decision is not None
    return decision


def page_of(translation, client, **query) -> str:
    address = reverse("admin:translation_translation_history", args=[translation.pk])
    return client.get(address, query).content.decode()


# Nothing is missing


def test_sending_back_records_the_texts_that_will_be_replaced(editor):
    translation = translated()
    Segment.objects.update(engine="bergamot", origin=SegmentOrigin.MACHINE)
    detail = retranslate(translation.pk, actor=editor, now=NOW).detail
    title = translation.segments.get(field="title")
    assert {row["segment"]: (row["before"], row["engine"]) for row in detail["replaced"]} == {
        title.pk: ("題名", "bergamot"),
        sentence(translation).pk: (RIGHT, "bergamot"),
    }


def test_a_summary_that_changes_with_a_sentence_is_recorded(editor):
    translation = translated(WRONG)
    detail = edit(translation, RIGHT, editor).detail
    assert detail["summary_followed"] == {"before": WRONG, "after": RIGHT}


def test_approving_records_the_replaced_summary_of_a_model(editor):
    translation = translated()
    Translation.objects.update(summary="模型の要約。", summary_origin="model")
    decision = approve_sentences(translation.pk, [sentence(translation).pk], actor=editor, now=NOW)
    assert decision.detail["summary_followed"] == {"before": "模型の要約。", "after": RIGHT}


def test_an_edit_copied_to_a_newer_translation_records_the_earlier_text(editor):
    older = translated(WRONG)
    newer = Translation.objects.create(
        paper=older.paper, language="ja", version=2, source_fingerprint="other", status="ready",
        title="題名", abstract=WRONG, created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    for segment in older.segments.all():
        segment.pk, segment.translation = None, newer
        segment.save()
    edit(older, RIGHT, editor)
    (decision,) = newer.decisions.all()
    (change,) = decision.detail["segments"]
    assert (change["before"], change["after"]) == (WRONG, RIGHT)


# Nobody can change it


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("review_decision", "reason"),
        ("translation_termrevision", "reason"),
        ("public_notice", "text"),
    ],
)
@pytest.mark.parametrize("deed", ["UPDATE {0} SET {1} = 'x'", "DELETE FROM {0}"])
def test_the_database_refuses_to_change_history(editor, notices, table, column, deed):
    translation = translated()
    unpublish(translation.pk, actor=editor, reason="wrong", now=NOW)
    store_terms([entry("agent", "甲")], origin="a.csv", now=NOW)
    with (
        pytest.raises(Error, match="history"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(deed.format(table, column))
    assert Decision.objects.get().reason == "wrong"


def test_the_application_cannot_change_history_either(editor):
    decision = edit(translated(), "人の訳。", editor)
    decision.reason = "another"
    with pytest.raises(Error), transaction.atomic():
        decision.save()
    with pytest.raises(Error), transaction.atomic():
        Decision.objects.all().delete()


@pytest.mark.parametrize("what", ["translation", "editor"])
def test_a_row_with_a_history_cannot_be_deleted(editor, what):
    decision = edit(translated(), "人の訳。", editor)
    decision.translation.claim.delete()
    owner: models.Model = editor if what == "editor" else decision.translation
    with pytest.raises(ProtectedError):
        owner.delete()


# Everything comes back


def test_restoring_a_sentence_is_a_new_decision(editor):
    translation = translated()
    first = edit(translation, "人の訳。", editor)
    edit(translation, "別の訳。", editor, LATER)
    restored = restore_sentence(
        first,
        sentence(translation).pk,
        seen="別の訳。",
        actor=editor,
        reason="元がよい",
        now=LAST,
    )
    assert sentence(translation).text == RIGHT
    assert (restored.kind, restored.reason) == (DecisionKind.RESTORE, "元がよい")
    assert [row.kind for row in translation.decisions.order_by("id")] == [
        "edit",
        "edit",
        "restore",
    ]


def test_a_text_that_a_machine_replaced_can_be_restored(editor):
    translation = translated()
    sent = retranslate(translation.pk, actor=editor, now=NOW)
    Segment.objects.update(text="機械の新しい訳。", state="done")
    restore_sentence(
        sent, sentence(translation).pk, seen="機械の新しい訳。", actor=editor, now=LATER
    )
    assert sentence(translation).text == RIGHT


def test_an_earlier_summary_can_be_restored(editor):
    translation = translated()
    edit_summary(translation.pk, "一つ目。", actor=editor, now=NOW)
    second = edit_summary(translation.pk, "二つ目。", actor=editor, now=LATER)
    restored = restore_summary(second, seen="二つ目。", actor=editor, reason="why", now=LAST)
    translation.refresh_from_db()
    assert translation.summary == "一つ目。"
    assert (restored.kind, restored.reason) == (DecisionKind.RESTORE, "why")


def test_restoring_does_not_overwrite_a_text_changed_in_the_meantime(editor):
    translation = translated()
    first = edit(translation, "人の訳。", editor)
    edit(translation, "もっと新しい訳。", editor, LATER)
    with pytest.raises(ChangedMeanwhile):
        restore_sentence(first, sentence(translation).pk, seen="人の訳。", actor=editor, now=LAST)
    assert sentence(translation).text == "もっと新しい訳。"


def test_a_current_or_never_replaced_text_cannot_be_restored(editor):
    translation = translated()
    first = edit(translation, "人の訳。", editor)
    key = sentence(translation).pk
    restore_sentence(first, key, seen="人の訳。", actor=editor, now=LATER)
    with pytest.raises(NothingToRestore):
        restore_sentence(first, key, seen=RIGHT, actor=editor, now=LAST)
    with pytest.raises(NothingToRestore):
        restore_summary(
            unpublish(translation.pk, actor=editor, reason="", now=LAST),
            seen=translation.summary, actor=editor, now=LAST,
        )  # fmt: skip


def test_restoring_needs_the_right_to_edit(editor, django_user_model):
    translation = translated()
    first = edit(translation, "人の訳。", editor)
    nobody = django_user_model.objects.create(username="nobody")
    with pytest.raises(NotAllowed):
        restore_sentence(first, sentence(translation).pk, seen="人の訳。", actor=nobody, now=LATER)


def test_restoring_a_notice_makes_a_new_version(editor, notices):
    add_notice(key="score", language="ja", text="新しい。", actor=editor, reason="a", now=LATER)
    first = Notice.objects.get(key="score", language="ja", version=1)
    added = restore_notice(first, seen=3, actor=editor, reason="b", now=LAST)
    assert (added.version, added.text) == (4, first.text)
    assert (added.created_by, added.reason) == (editor, "b")


# A page that a person can read


def test_the_page_shows_who_did_what_when_and_why(desk, editor):
    translation = translated(WRONG)
    edit(translation, RIGHT, editor, LATER, reason="数が違う")
    publish(translation.pk, actor=editor, reviewed=True, now=LAST)
    page = page_of(translation, desk)
    for said in ("花子", "数が違う", "It holds in 3 cases.", "2026年3月3日", "07:00"):
        assert said in page
    assert '<del data-said="' in page
    assert page.index("2026年3月3日") < page.index("2026年3月2日")


def test_the_page_shows_work_of_the_machine_and_decisions_of_the_policy(desk):
    translation = translated()
    Segment.objects.update(engine="bergamot", origin="machine", translated_at=NOW)
    publish(translation.pk, actor=None, reviewed=False, now=LATER)
    translation.refresh_from_db()
    with override("en"):
        entries = history_of(translation).rows
    assert [(entry.who, entry.what, entry.by_machine) for entry in entries] == [
        ("the site's policy", "published", False),
        ("machine", "2 sentences translated by bergamot", True),
        ("machine", "opened for translation", True),
    ]


def test_a_status_without_a_decision_was_set_by_the_machine():
    translation = translated(WRONG)
    with override("en"):
        latest = history_of(translation).rows[0]
    assert (latest.who, latest.what) == ("machine", "Status: held for an editor")
    assert latest.lines


def test_pages_neither_skip_nor_repeat_entries(editor):
    translation = translated()
    Segment.objects.update(engine="bergamot", origin="machine", translated_at=NOW)
    for number in range(7):
        edit(translation, f"訳{number}。", editor, NOW + timedelta(minutes=number + 1))
    whole = [entry.key for entry in history_of(translation).rows]
    before, seen = None, []
    while True:
        page = history_of(translation, before=before, per_page=3)
        seen += [entry.key for entry in page.rows]
        before = page.next and page.next[0]
        if before is None:
            break
    assert seen == whole
    assert len(whole) == 7 + 2


def test_the_queries_of_the_page_do_not_grow_with_decisions(
    desk, editor, django_assert_max_num_queries
):
    translation = translated()
    for number in range(12):
        edit(translation, f"訳{number}。", editor, NOW + timedelta(minutes=number))
    with django_assert_max_num_queries(10):
        page_of(translation, desk)


def restore_form(decision: Decision, segment: Segment, seen: str) -> dict[str, str]:
    return {"restore": f"{decision.pk}:{segment.pk}", "seen": seen, "reason": "元がよい"}


def test_a_sentence_is_restored_on_the_page(desk, editor):
    translation = translated()
    first = edit(translation, "人の訳。", editor)
    assert f'value="{first.pk}:{sentence(translation).pk}"' in page_of(translation, desk)
    address = reverse("admin:translation_translation_history", args=[translation.pk])
    answer = desk.post(address, restore_form(first, sentence(translation), "人の訳。"))
    assert answer.status_code == 302
    assert sentence(translation).text == RIGHT
    assert translation.decisions.first().actor == editor


def test_a_refused_restore_keeps_the_typed_reason(desk, editor):
    translation = translated()
    first = edit(translation, "人の訳。", editor)
    edit(translation, "新しい訳。", editor, LATER)
    address = reverse("admin:translation_translation_history", args=[translation.pk])
    answer = desk.post(address, restore_form(first, sentence(translation), "人の訳。"))
    assert answer.status_code == 409
    assert 'value="元がよい"' in answer.content.decode()
    assert sentence(translation).text == "新しい訳。"


@pytest.mark.parametrize("wanted", ["", "x", "1:2", "999999:summary", "-1:summary"])
def test_an_invalid_request_is_refused(desk, wanted):
    translation = translated()
    address = reverse("admin:translation_translation_history", args=[translation.pk])
    assert desk.post(address, {"restore": wanted}).status_code == 409


def test_without_the_right_to_edit_restoring_is_not_offered(client, editor, django_user_model):
    make_roles(apps)
    translation = translated()
    first = edit(translation, "人の訳。", editor)
    keeper = django_user_model.objects.create(username="keeper", is_staff=True)
    keeper.groups.add(Group.objects.get(name="Glossary keepers"))
    client.force_login(keeper)
    assert "<details" not in page_of(translation, client)
    address = reverse("admin:translation_translation_history", args=[translation.pk])
    form = restore_form(first, sentence(translation), "人の訳。")
    assert client.post(address, form).status_code == 403
    keeper.groups.set([Group.objects.get(name=TRANSLATORS)])
    assert "<details" in page_of(translation, client)


def test_a_replaced_text_can_be_read_but_not_restored(desk, editor):
    translation = translated()
    edit(translation, "人の訳。", editor)
    Translation.objects.update(status=TranslationStatus.SUPERSEDED)
    page = page_of(translation, desk)
    assert "人の訳" in page
    assert "<details" not in page


# The journal of the site


JOURNAL = reverse("admin:review_decision_changelist")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, ["edit", "unpublish"]),
        ({"kind__exact": "edit"}, ["edit"]),
        ({"who": "policy"}, ["unpublish"]),
        ({"day": "2026-03-02"}, ["edit"]),
        ({"q": "2026-03-03"}, ["unpublish"]),
        ({"q": "nonsense words"}, []),
    ],
    ids=str,
)
def test_the_list_of_decisions_is_filtered(desk, editor, query, shown):
    edit(translated(), "人の訳。", editor, NOW)
    unpublish(translated().pk, actor=None, reason="", now=LAST)
    found = desk.get(JOURNAL, query).context["cl"].result_list
    assert sorted(decision.kind for decision in found) == shown


def test_the_list_of_decisions_is_searched_by_any_spelling_of_a_paper(desk, editor):
    translation = translated()
    edit(translation, "人の訳。", editor)
    edit(translated(), "人の訳。", editor)
    spelled = f"https://arxiv.org/abs/{translation.paper.arxiv_id}v1"
    (found,) = desk.get(JOURNAL, {"q": spelled}).context["cl"].result_list
    assert found.translation == translation


def test_the_list_of_decisions_links_into_the_history(desk, editor):
    decision = edit(translated(), "人の訳。", editor)
    address = reverse("admin:translation_translation_history", args=[decision.translation_id])
    link = f"{address}?before={decision.pk + 1}#entry-{decision.pk}"
    assert link in desk.get(JOURNAL).content.decode()
    assert f'id="entry-{decision.pk}"' in desk.get(link).content.decode()


def test_the_queries_of_the_list_do_not_grow_with_decisions(desk, editor):
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get(JOURNAL)
        return len(captured)

    edit(translated(), "人の訳。", editor)
    one = asked()
    for _ in range(4):
        edit(translated(), "人の訳。", editor)
    assert asked() == one


def test_the_history_of_a_notice_names_its_authors_and_restores_versions(desk, editor, notices):
    add_notice(key="score", language="ja", text="新しい。", actor=editor, reason="短く", now=LATER)
    first = Notice.objects.get(key="score", language="ja", version=1)
    address = reverse("admin:public_notice_history", args=[first.pk])
    page = desk.get(address).content.decode()
    assert "花子" in page
    assert "短く" in page
    form = {"restore": str(first.pk), "seen": "3", "reason": "戻す"}
    assert desk.post(address, form).status_code == 302
    latest = Notice.objects.filter(key="score", language="ja").latest("version")
    assert (latest.version, latest.text, latest.reason) == (4, first.text, "戻す")
    assert desk.post(address, form).status_code == 409
