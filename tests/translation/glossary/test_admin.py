"""The glossary in the admin."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.translation.glossary.service import store_terms
from apps.translation.models import GlossaryTerm
from tests.support.builders import NOW
from tests.translation.glossary.glossary_entries import TERM, entry

pytestmark = pytest.mark.django_db

ADD = reverse("admin:translation_glossaryterm_add")
LIST = reverse("admin:translation_glossaryterm_changelist")
IMPORT = reverse("admin:translation_glossaryterm_import")


@pytest.fixture
def stored() -> GlossaryTerm:
    """Store one term as an import does."""
    store_terms([entry("agent", "甲", forbidden=("乙",))], origin="a.csv", now=NOW)
    return GlossaryTerm.objects.get()


@pytest.fixture
def visitor(client, django_user_model):
    """Log somebody in who may see the glossary and no more."""
    user = django_user_model.objects.create(username="visitor", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_glossaryterm"))
    client.force_login(user)
    return client


def upload(text: str, name: str = "terms.csv") -> dict:
    """Return the data of the import form."""
    file = SimpleUploadedFile(name, text.encode())
    return {"file": file, "source_language": "en", "target_language": "ja", "keep_edited": "on"}


def test_a_new_term_is_stored_as_an_import_would_with_who_made_it(admin_client, admin_user):
    assert admin_client.post(ADD, TERM).status_code == 302
    term = GlossaryTerm.objects.get()
    assert (term.source, term.folded) == ("off-policy", "offpolicy")
    assert term.forbidden == ["オフ政治", "政策外"]
    assert term.scope == "cs.* stat.ML"
    assert term.created_by == term.updated_by == admin_user
    assert term.created_at.date() == datetime.now(UTC).date()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"scope": "law"}, "law", id="a wrong scope"),
        pytest.param({"source": "Agent", "scope": ""}, "agent", id="a term that is there"),
        pytest.param({"source": "(x)"}, "(x)", id="a term that cannot be found"),
    ],
)
def test_what_cannot_be_stored_is_said_in_the_form(admin_client, stored, change, message):
    answer = admin_client.post(ADD, TERM | change)
    assert answer.status_code == 200
    (error,) = answer.context["adminform"].form.non_field_errors()
    assert message in error
    assert GlossaryTerm.objects.count() == 1


def test_a_changed_term_keeps_where_it_came_from(admin_client, admin_user, stored):
    address = reverse("admin:translation_glossaryterm_change", args=[stored.pk])
    assert "乙" in admin_client.get(address).content.decode()
    data = TERM | {"source": "agent", "scope": "", "forbidden": "乙"}
    assert admin_client.post(address, data).status_code == 302
    stored.refresh_from_db()
    assert (stored.target, stored.origin, stored.created_at) == ("方策オフ型", "a.csv", NOW)
    assert stored.updated_by == admin_user


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        pytest.param("agent", 1, id="term"),
        pytest.param("甲", 1, id="rendering"),
        pytest.param("乙", 1, id="forbidden rendering"),
        pytest.param("丙", 0, id="none"),
    ],
)
def test_terms_can_be_searched(admin_client, stored, query, hits):
    answer = admin_client.get(LIST, {"q": query})
    assert answer.context["cl"].result_count == hits


class TestImporting:
    def test_a_file_is_imported_in_the_name_of_the_editor(self, admin_client, admin_user):
        assert admin_client.get(IMPORT).status_code == 200
        answer = admin_client.post(IMPORT, upload("source,target\nagent,甲\n"), follow=True)
        assert answer.redirect_chain == [(LIST, 302)]
        assert len(answer.context["messages"]) == 1
        term = GlossaryTerm.objects.get()
        assert (term.origin, term.created_by) == ("terms.csv", admin_user)

    @pytest.mark.parametrize(
        ("name", "text", "said"),
        [
            pytest.param("a.csv", "source,target\nagent,\n", "2", id="a wrong line"),
            pytest.param("a.pdf", "x", "a.pdf", id="another format"),
        ],
    )
    def test_what_cannot_be_imported_is_said(self, admin_client, name, text, said):
        answer = admin_client.post(IMPORT, upload(text, name))
        (error,) = answer.context["form"].errors["file"]
        assert said in error
        assert not GlossaryTerm.objects.exists()

    def test_who_may_only_look_may_not_import(self, visitor):
        assert visitor.get(IMPORT).status_code == 403
        assert visitor.post(IMPORT, upload("source,target\na,b\n")).status_code == 403
        assert not GlossaryTerm.objects.exists()


class TestExporting:
    @pytest.mark.parametrize("name", ["glossary_csv", "glossary_tbx"])
    def test_everything(self, visitor, stored, name):
        answer = visitor.get(reverse(f"admin:{name}"))
        assert answer["Content-Disposition"].startswith("attachment")
        assert "agent" in answer.content.decode()
        assert "乙" in answer.content.decode()

    @pytest.mark.parametrize("action", ["export_csv", "export_tbx"])
    def test_what_was_chosen(self, visitor, stored, action):
        store_terms([entry("model")], origin="b.csv", now=NOW)
        answer = visitor.post(LIST, {"action": action, "_selected_action": [stored.pk]})
        assert "agent" in answer.content.decode()
        assert "model" not in answer.content.decode()

    def test_without_permission_there_is_nothing(self, client, django_user_model, stored):
        client.force_login(django_user_model.objects.create(username="other", is_staff=True))
        assert client.get(reverse("admin:glossary_csv")).status_code == 403


@pytest.mark.parametrize(("action", "in_use"), [("switch_off", False), ("switch_on", True)])
def test_terms_are_switched_off_and_on(admin_client, admin_user, stored, action, in_use):
    GlossaryTerm.objects.update(is_in_use=not in_use)
    admin_client.post(LIST, {"action": action, "_selected_action": [stored.pk]})
    stored.refresh_from_db()
    assert stored.is_in_use is in_use
    assert stored.updated_by == admin_user
