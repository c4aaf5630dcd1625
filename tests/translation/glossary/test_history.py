"""The history of terms: every change is noted with who, when and why, and can be taken back."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from apps.translation.glossary.entries import BadTerm
from apps.translation.glossary.files import import_glossary
from apps.translation.glossary.restore import restore_term
from apps.translation.glossary.service import delete_terms, save_term, store_terms, switch_terms
from apps.translation.models import GlossaryTerm, TermRevision
from tests.support.builders import NOW
from tests.translation.glossary.glossary_entries import TERM, entry

pytestmark = pytest.mark.django_db
LATER, LAST = NOW + timedelta(hours=1), NOW + timedelta(days=1)


@pytest.fixture
def keeper(django_user_model):
    return django_user_model.objects.create(
        username="kenji", first_name="健二", is_superuser=True, is_staff=True
    )


@pytest.fixture
def desk(client, keeper):
    client.force_login(keeper)
    return client


@pytest.fixture
def term(keeper) -> GlossaryTerm:
    return save_term(entry("agent", "代理人"), actor=keeper, reason="初めに", now=NOW)


def change(term, target, keeper, now=LATER, **fields) -> TermRevision:
    save_term(entry("agent", target), term=term, actor=keeper, now=now, **fields)
    return TermRevision.objects.latest("id")


def history(term) -> str:
    return reverse("admin:translation_glossaryterm_history", args=[term.pk])


# Every change is noted


def test_a_new_term_and_a_changed_one_are_noted_with_who_when_and_why(term, keeper):
    change(term, "エージェント", keeper, reason="人ではない")
    second, first = TermRevision.objects.all()
    assert (first.before, first.after["target"], first.reason) == (None, "代理人", "初めに")
    assert (second.before["target"], second.after["target"]) == ("代理人", "エージェント")
    assert (second.actor, second.changed_at, second.reason) == (keeper, LATER, "人ではない")


def test_saving_what_is_there_notes_nothing(term, keeper):
    save_term(entry("agent", "代理人"), term=term, actor=keeper, now=LATER)
    assert TermRevision.objects.count() == 1


def test_an_import_is_noted_with_the_name_of_its_file_for_what_it_changed(term):
    file = BytesIO("source,target\nagent,エージェント\nmodel,モデル\n".encode())
    import_glossary(file, "terms.csv", source="en", target="ja", now=LATER)
    noted = TermRevision.objects.filter(origin="terms.csv", actor=None).order_by("id")
    assert {(row.before and row.before["target"], row.after["target"]) for row in noted} == {
        (None, "モデル"),
        ("代理人", "エージェント"),
    }
    file.seek(0)
    import_glossary(file, "terms.csv", source="en", target="ja", now=LAST)
    assert TermRevision.objects.filter(origin="terms.csv").count() == 2


def test_switching_off_is_noted_once(term, keeper):
    assert switch_terms([term.pk], is_in_use=False, actor=keeper, now=LATER) == 1
    assert switch_terms([term.pk], is_in_use=False, actor=keeper, now=LAST) == 0
    latest = TermRevision.objects.latest("id")
    assert (latest.before["is_in_use"], latest.after["is_in_use"]) == (True, False)


def test_a_deletion_outlives_its_term(term, keeper):
    key = term.pk
    delete_terms([key], actor=keeper, reason="doppelt", now=LATER)
    latest = TermRevision.objects.latest("id")
    assert (latest.term_id, latest.before["target"], latest.after) == (key, "代理人", None)


def test_the_admin_notes_what_it_does(desk, keeper):
    desk.post(reverse("admin:translation_glossaryterm_add"), TERM | {"reason": "新しい"})
    stored = GlossaryTerm.objects.get()
    page = reverse("admin:translation_glossaryterm_change", args=[stored.pk])
    desk.post(page, TERM | {"target": "オフポリシー", "reason": "直す"})
    chosen = {"action": "switch_off", "_selected_action": [stored.pk]}
    desk.post(reverse("admin:translation_glossaryterm_changelist"), chosen)
    delete = reverse("admin:translation_glossaryterm_delete", args=[stored.pk])
    desk.post(delete, {"post": "yes"})
    assert not GlossaryTerm.objects.exists()
    rows = TermRevision.objects.order_by("id")
    assert [(row.reason, row.actor) for row in rows] == [
        ("新しい", keeper), ("直す", keeper), ("", keeper), ("", keeper),
    ]  # fmt: skip


# Everything comes back


def test_an_earlier_wording_comes_back_as_a_new_change(term, keeper):
    first = TermRevision.objects.get()
    latest = change(term, "エージェント", keeper)
    restored = restore_term(
        first.pk, "after", seen=latest.pk, actor=keeper, reason="やはり", now=LAST
    )
    assert restored.target == "代理人"
    newest = TermRevision.objects.latest("id")
    assert (newest.before["target"], newest.after["target"]) == ("エージェント", "代理人")
    assert (newest.reason, newest.actor, newest.changed_at) == ("やはり", keeper, LAST)


def test_a_deleted_term_comes_back_with_its_history(term, keeper):
    key = term.pk
    switch_terms([key], is_in_use=False, actor=keeper, now=NOW)
    delete_terms([key], actor=keeper, now=LATER)
    gone = TermRevision.objects.latest("id")
    restored = restore_term(gone.pk, "before", seen=gone.pk, actor=keeper, now=LAST)
    assert (restored.pk, restored.target, restored.is_in_use) == (key, "代理人", False)
    assert TermRevision.objects.filter(term=key).count() == 4


@pytest.mark.parametrize("case", ["changed in the meantime", "was not there", "place is taken"])
def test_what_cannot_come_back_says_why(term, keeper, case):
    first = TermRevision.objects.get()
    latest = change(term, "エージェント", keeper)
    side, seen = "after", latest.pk
    if case == "changed in the meantime":
        seen = first.pk
    elif case == "was not there":
        side = "before"
    else:
        delete_terms([term.pk], actor=keeper, now=LATER)
        seen = TermRevision.objects.latest("id").pk
        store_terms([entry("Agent", "別の訳")], origin="a.csv", now=LAST)
    with pytest.raises(BadTerm):
        restore_term(first.pk, side, seen=seen, actor=keeper, now=LAST)


# Pages that a person can read


def test_the_page_of_a_term_shows_each_change_and_restores(desk, term, keeper):
    first = TermRevision.objects.get()
    latest = change(term, "エージェント", keeper, reason="人ではない")
    page = desk.get(history(term)).content.decode()
    for said in ("健二", "人ではない", "初めに", ">代理人</del>", ">エージェント</ins>"):
        assert said in page
    form = {"restore": f"after:{first.pk}", "seen": str(latest.pk), "reason": "戻す"}
    assert desk.post(history(term), form).status_code == 302
    term.refresh_from_db()
    assert term.target == "代理人"
    assert desk.post(history(term), form).status_code == 409


def test_a_deleted_term_still_has_its_page_and_comes_back_there(desk, term, keeper):
    address = history(term)
    delete_terms([term.pk], actor=keeper, now=LATER)
    gone = TermRevision.objects.latest("id")
    journal = desk.get(reverse("admin:translation_termrevision_changelist"))
    assert address in journal.content.decode()
    assert desk.get(address).status_code == 200
    form = {"restore": f"before:{gone.pk}", "seen": str(gone.pk)}
    assert desk.post(address, form).status_code == 302
    assert GlossaryTerm.objects.get().target == "代理人"


def test_a_term_older_than_the_history_begins_where_it_was_added(desk, keeper):
    term = GlossaryTerm.objects.create(
        source="agent", folded="agent", target="代理人", source_language="en",
        target_language="ja", origin="old.csv", created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    change(term, "エージェント", keeper)
    page = desk.get(history(term)).content.decode()
    assert "old.csv" in page
    assert 'id="entry-beginning"' in page
    latest = TermRevision.objects.get()
    form = {"restore": f"before:{latest.pk}", "seen": str(latest.pk)}
    assert desk.post(history(term), form).status_code == 302
    term.refresh_from_db()
    assert term.target == "代理人"


def test_long_histories_are_paged(desk, term, keeper):
    for number in range(60):
        change(term, f"訳{number}", keeper)
    first = desk.get(history(term))
    second = desk.get(history(term), {"before": first.context["older"]})
    keys = [
        item.key
        for page in (first, second)
        for _day, items in page.context["days"]
        for item in items
    ]
    assert len(keys) == len(set(keys)) == 61
    assert second.context["older"] is None


@pytest.mark.parametrize("wanted", ["", "after:", "after:x", "sideways:1", "after:999999"])
def test_nonsense_is_refused(desk, term, wanted):
    answer = desk.post(history(term), {"restore": wanted, "seen": "1"})
    assert answer.status_code == 409


def test_whoever_may_only_see_the_glossary_reads_its_history(client, term, django_user_model):
    user = django_user_model.objects.create(username="visitor", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_glossaryterm"))
    client.force_login(user)
    page = client.get(history(term))
    assert page.status_code == 200
    assert "<details" not in page.content.decode()
    revision = TermRevision.objects.get()
    form = {"restore": f"after:{revision.pk}", "seen": str(revision.pk)}
    assert client.post(history(term), form).status_code == 403
