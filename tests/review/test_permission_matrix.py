"""The status that each account gets from every page of the admin, as a table.

The table has a row for each named URL and method; a URL that is missing there fails a test. The
columns are an anonymous visitor, a staff account without a role, the four roles, and a superuser.
A POST sends no data except the confirmation of a deletion. So an allowed one is answered with form
errors (200), a conflict (409), a refusal for missing data (400, 503) or a redirect (302); others
with 403, or 401 by the workbench's JSON requests. `tests/public/api/desk` covers the API.
"""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from apps.discovery.models import RelatedDecision, Score
from apps.discovery.related.curation import choose
from apps.harvest.models import HarvestRun, RunKind
from apps.harvest.runs.service import start_run
from apps.papers.models import Paper
from apps.papers.records import SourceFormat
from apps.public.models import Notice
from apps.public.site.notices import add_notice
from apps.review.accounts.api_tokens import DEFAULT_LIFE, make_token
from apps.review.models import ApiToken, Decision, FailedLogin, QueueEntry, Suggestion
from apps.review.permissions import ADMINISTRATORS, GLOSSARY_KEEPERS, REVIEWERS, TRANSLATORS
from apps.review.roles import make_roles
from apps.review.suggestions.service import suggest
from apps.translation.glossary.service import store_terms
from apps.translation.models import (
    GlossaryTerm,
    MemoryEntry,
    TermRevision,
    Translation,
)
from tests.support.acts import publish
from tests.support.builders import NOW, build_paper
from tests.support.memory import SENTENCE, remembered
from tests.support.translations import translated
from tests.translation.glossary.glossary_entries import entry

pytestmark = pytest.mark.django_db

COLUMNS = (
    "nobody", "none", TRANSLATORS, REVIEWERS, GLOSSARY_KEEPERS, ADMINISTRATORS, "superuser",
)  # fmt: skip

TABLE = """
# url name                                         method nobody none transl review keeper admin su
admin:app_list                                     GET    302    404  200    200    200    200   200
admin:app_list                                     POST   302    404  200    200    200    200   200
admin:auth_group_add                               GET    302    403  403    403    403    403   200
admin:auth_group_add                               POST   302    403  403    403    403    403   200
admin:auth_group_change                            GET    302    403  403    403    403    200   200
admin:auth_group_change                            POST   302    403  403    403    403    403   200
admin:auth_group_changelist                        GET    302    403  403    403    403    200   200
admin:auth_group_changelist                        POST   302    403  403    403    403    200   200
admin:auth_group_delete                            GET    302    403  403    403    403    403   200
admin:auth_group_delete                            POST   302    403  403    403    403    403   302
admin:auth_group_history                           GET    302    403  403    403    403    200   200
admin:auth_group_history                           POST   302    403  403    403    403    200   200
admin:auth_user_add                                GET    302    403  403    403    403    200   200
admin:auth_user_add                                POST   302    403  403    403    403    200   200
admin:auth_user_change                             GET    302    403  403    403    403    200   200
admin:auth_user_change                             POST   302    403  403    403    403    200   200
admin:auth_user_changelist                         GET    302    403  403    403    403    200   200
admin:auth_user_changelist                         POST   302    403  403    403    403    200   200
admin:auth_user_delete                             GET    302    403  403    403    403    403   403
admin:auth_user_delete                             POST   302    403  403    403    403    403   403
admin:auth_user_history                            GET    302    403  403    403    403    200   200
admin:auth_user_history                            POST   302    403  403    403    403    200   200
admin:auth_user_password_change                    GET    302    403  403    403    403    200   200
admin:auth_user_password_change                    POST   302    403  403    403    403    200   200
admin:autocomplete                                 GET    302    403  403    403    403    200   200
admin:autocomplete                                 POST   302    405  405    405    405    405   405
admin:discovery_related_find                       GET    302    403  302    302    302    302   302
admin:discovery_related_find                       POST   302    403  302    302    302    302   302
admin:discovery_related_list                       GET    302    403  200    200    200    200   200
admin:discovery_related_list                       POST   302    403  200    200    200    200   200
admin:discovery_relatedchoice_add                  GET    302    403  403    403    403    403   403
admin:discovery_relatedchoice_add                  POST   302    403  403    403    403    403   403
admin:discovery_relatedchoice_change               GET    302    403  200    200    200    200   200
admin:discovery_relatedchoice_change               POST   302    403  403    403    403    403   403
admin:discovery_relatedchoice_changelist           GET    302    403  200    200    200    200   200
admin:discovery_relatedchoice_changelist           POST   302    403  200    200    200    200   200
admin:discovery_relatedchoice_delete               GET    302    403  403    200    403    200   200
admin:discovery_relatedchoice_delete               POST   302    403  403    302    403    302   302
admin:discovery_relatedchoice_history              GET    302    403  200    200    200    200   200
admin:discovery_relatedchoice_history              POST   302    403  200    200    200    200   200
admin:discovery_score_add                          GET    302    403  403    403    403    403   403
admin:discovery_score_add                          POST   302    403  403    403    403    403   403
admin:discovery_score_change                       GET    302    403  200    200    200    200   200
admin:discovery_score_change                       POST   302    403  403    403    403    403   403
admin:discovery_score_changelist                   GET    302    403  200    200    200    200   200
admin:discovery_score_changelist                   POST   302    403  200    200    200    200   200
admin:discovery_score_delete                       GET    302    403  403    403    403    403   403
admin:discovery_score_delete                       POST   302    403  403    403    403    403   403
admin:discovery_score_formulae                     GET    302    403  200    200    200    200   200
admin:discovery_score_formulae                     POST   302    403  200    200    200    200   200
admin:discovery_score_history                      GET    302    403  200    200    200    200   200
admin:discovery_score_history                      POST   302    403  200    200    200    200   200
admin:glossary_csv                                 GET    302    403  200    200    200    200   200
admin:glossary_csv                                 POST   302    403  200    200    200    200   200
admin:glossary_tbx                                 GET    302    403  200    200    200    200   200
admin:glossary_tbx                                 POST   302    403  200    200    200    200   200
admin:harvest_harvestrun_add                       GET    302    403  403    403    403    403   403
admin:harvest_harvestrun_add                       POST   302    403  403    403    403    403   403
admin:harvest_harvestrun_change                    GET    302    403  403    403    403    200   200
admin:harvest_harvestrun_change                    POST   302    403  403    403    403    302   302
admin:harvest_harvestrun_changelist                GET    302    403  403    403    403    200   200
admin:harvest_harvestrun_changelist                POST   302    403  403    403    403    200   200
admin:harvest_harvestrun_daily                     GET    302    403  403    403    403    405   405
admin:harvest_harvestrun_daily                     POST   302    403  403    403    403    302   302
admin:harvest_harvestrun_delete                    GET    302    403  403    403    403    403   403
admin:harvest_harvestrun_delete                    POST   302    403  403    403    403    403   403
admin:harvest_harvestrun_history                   GET    302    403  403    403    403    200   200
admin:harvest_harvestrun_history                   POST   302    403  403    403    403    200   200
admin:harvest_harvestrun_resume                    GET    302    403  403    403    403    405   405
admin:harvest_harvestrun_resume                    POST   302    403  403    403    403    302   302
admin:harvest_harvestrun_start                     GET    302    403  403    403    403    200   200
admin:harvest_harvestrun_start                     POST   302    403  403    403    403    200   200
admin:harvest_harvestrun_stop                      GET    302    403  403    403    403    405   405
admin:harvest_harvestrun_stop                      POST   302    403  403    403    403    302   302
admin:index                                        GET    302    200  200    200    200    200   200
admin:index                                        POST   302    200  200    200    200    200   200
admin:jsi18n                                       GET    302    200  200    200    200    200   200
admin:jsi18n                                       POST   302    405  405    405    405    405   405
admin:login                                        GET    200    302  302    302    302    302   302
admin:login                                        POST   200    200  200    200    200    200   200
admin:logout                                       GET    302    405  405    405    405    405   405
admin:logout                                       POST   302    200  200    200    200    200   200
admin:papers_paper_add                             GET    302    403  403    403    403    403   403
admin:papers_paper_add                             POST   302    403  403    403    403    403   403
admin:papers_paper_change                          GET    302    403  200    200    200    200   200
admin:papers_paper_change                          POST   302    403  403    403    403    403   403
admin:papers_paper_changelist                      GET    302    403  200    200    200    200   200
admin:papers_paper_changelist                      POST   302    403  200    200    200    200   200
admin:papers_paper_delete                          GET    302    403  403    403    403    403   403
admin:papers_paper_delete                          POST   302    403  403    403    403    403   403
admin:papers_paper_history                         GET    302    403  200    200    200    200   200
admin:papers_paper_history                         POST   302    403  200    200    200    200   200
admin:password_change                              GET    302    200  200    200    200    200   200
admin:password_change                              POST   302    200  200    200    200    200   200
admin:password_change_done                         GET    302    200  200    200    200    200   200
admin:password_change_done                         POST   302    405  405    405    405    405   405
admin:public_notice_add                            GET    302    403  403    403    403    200   200
admin:public_notice_add                            POST   302    403  403    403    403    200   200
admin:public_notice_change                         GET    302    403  403    403    403    200   200
admin:public_notice_change                         POST   302    403  403    403    403    200   200
admin:public_notice_changelist                     GET    302    403  403    403    403    200   200
admin:public_notice_changelist                     POST   302    403  403    403    403    200   200
admin:public_notice_delete                         GET    302    403  403    403    403    403   403
admin:public_notice_delete                         POST   302    403  403    403    403    403   403
admin:public_notice_history                        GET    302    403  403    403    403    200   200
admin:public_notice_history                        POST   302    403  403    403    403    409   409
admin:review_apitoken_add                          GET    302    200  200    200    200    200   200
admin:review_apitoken_add                          POST   302    200  200    200    200    200   200
admin:review_apitoken_change                       GET    302    302  302    302    302    200   200
admin:review_apitoken_change                       POST   302    403  403    403    403    302   302
admin:review_apitoken_changelist                   GET    302    200  200    200    200    200   200
admin:review_apitoken_changelist                   POST   302    200  200    200    200    200   200
admin:review_apitoken_delete                       GET    302    403  403    403    403    403   403
admin:review_apitoken_delete                       POST   302    403  403    403    403    403   403
admin:review_apitoken_history                      GET    302    302  302    302    302    200   200
admin:review_apitoken_history                      POST   302    302  302    302    302    200   200
admin:review_apitoken_revoke                       GET    302    405  405    405    405    405   405
admin:review_apitoken_revoke                       POST   302    403  403    403    403    302   302
admin:review_claim                                 GET    405    405  405    405    405    405   405
admin:review_claim                                 POST   401    403  200    200    403    200   200
admin:review_decide                                GET    302    405  405    405    405    405   405
admin:review_decide                                POST   302    403  302    302    302    302   302
admin:review_decision_add                          GET    302    403  403    403    403    403   403
admin:review_decision_add                          POST   302    403  403    403    403    403   403
admin:review_decision_change                       GET    302    403  200    200    200    200   200
admin:review_decision_change                       POST   302    403  403    403    403    403   403
admin:review_decision_changelist                   GET    302    403  200    200    200    200   200
admin:review_decision_changelist                   POST   302    403  200    200    200    200   200
admin:review_decision_delete                       GET    302    403  403    403    403    403   403
admin:review_decision_delete                       POST   302    403  403    403    403    403   403
admin:review_decision_history                      GET    302    403  200    200    200    200   200
admin:review_decision_history                      POST   302    403  200    200    200    200   200
admin:review_failedlogin_add                       GET    302    403  403    403    403    403   403
admin:review_failedlogin_add                       POST   302    403  403    403    403    403   403
admin:review_failedlogin_change                    GET    302    403  403    403    403    200   200
admin:review_failedlogin_change                    POST   302    403  403    403    403    403   403
admin:review_failedlogin_changelist                GET    302    403  403    403    403    200   200
admin:review_failedlogin_changelist                POST   302    403  403    403    403    200   200
admin:review_failedlogin_delete                    GET    302    403  403    403    403    200   200
admin:review_failedlogin_delete                    POST   302    403  403    403    403    302   302
admin:review_failedlogin_history                   GET    302    403  403    403    403    200   200
admin:review_failedlogin_history                   POST   302    403  403    403    403    200   200
admin:review_fix                                   GET    302    403  200    200    403    200   200
admin:review_fix                                   POST   302    403  200    200    403    200   200
admin:review_fix_add                               GET    302    403  403    403    403    403   403
admin:review_fix_add                               POST   302    403  403    403    403    403   403
admin:review_fix_batch                             GET    302    403  404    404    403    404   404
admin:review_fix_batch                             POST   302    403  302    302    403    302   302
admin:review_fix_change                            GET    302    403  302    302    403    302   302
admin:review_fix_change                            POST   302    403  403    403    403    403   403
admin:review_fix_changelist                        GET    302    403  200    200    403    200   200
admin:review_fix_changelist                        POST   302    403  200    200    403    200   200
admin:review_fix_delete                            GET    302    403  403    403    403    403   403
admin:review_fix_delete                            POST   302    403  403    403    403    403   403
admin:review_fix_history                           GET    302    302  302    302    302    302   302
admin:review_fix_history                           POST   302    302  302    302    302    302   302
admin:review_fix_preview                           GET    302    403  200    200    403    200   200
admin:review_fix_preview                           POST   302    403  200    200    403    200   200
admin:review_note                                  GET    302    405  405    405    405    405   405
admin:review_note                                  POST   302    403  302    302    302    302   302
admin:review_queue_batch                           GET    302    403  405    405    405    405   405
admin:review_queue_batch                           POST   302    403  302    302    302    302   302
admin:review_queue_begin                           GET    302    403  302    302    302    302   302
admin:review_queue_begin                           POST   302    403  302    302    302    302   302
admin:review_queue_claim                           GET    302    403  405    405    405    405   405
admin:review_queue_claim                           POST   302    403  302    302    302    302   302
admin:review_queue_filters                         GET    302    403  405    405    405    405   405
admin:review_queue_filters                         POST   302    403  302    302    302    302   302
admin:review_queueentry_add                        GET    302    403  403    403    403    403   403
admin:review_queueentry_add                        POST   302    403  403    403    403    403   403
admin:review_queueentry_change                     GET    302    403  302    302    302    302   302
admin:review_queueentry_change                     POST   302    403  302    302    302    302   302
admin:review_queueentry_changelist                 GET    302    403  200    200    200    200   200
admin:review_queueentry_changelist                 POST   302    403  200    200    200    200   200
admin:review_queueentry_delete                     GET    302    403  403    403    403    403   403
admin:review_queueentry_delete                     POST   302    403  403    403    403    403   403
admin:review_queueentry_history                    GET    302    403  200    200    200    200   200
admin:review_queueentry_history                    POST   302    403  200    200    200    200   200
admin:review_sentence_approve                      GET    405    405  405    405    405    405   405
admin:review_sentence_approve                      POST   401    403  200    200    403    200   200
admin:review_sentence_ask                          GET    405    405  405    405    405    405   405
admin:review_sentence_ask                          POST   401    403  503    503    403    503   503
admin:review_sentence_check                        GET    405    405  405    405    405    405   405
admin:review_sentence_check                        POST   401    403  200    200    403    200   200
admin:review_sentence_save                         GET    405    405  405    405    405    405   405
admin:review_sentence_save                         POST   401    403  400    400    403    400   400
admin:review_sentence_undo                         GET    405    405  405    405    405    405   405
admin:review_sentence_undo                         POST   401    403  400    400    403    400   400
admin:review_suggestion_add                        GET    302    403  403    403    403    403   403
admin:review_suggestion_add                        POST   302    403  403    403    403    403   403
admin:review_suggestion_change                     GET    302    403  200    200    403    200   200
admin:review_suggestion_change                     POST   302    403  200    200    403    200   200
admin:review_suggestion_changelist                 GET    302    403  200    200    403    200   200
admin:review_suggestion_changelist                 POST   302    403  200    200    403    200   200
admin:review_suggestion_delete                     GET    302    403  403    403    403    403   403
admin:review_suggestion_delete                     POST   302    403  403    403    403    403   403
admin:review_suggestion_history                    GET    302    403  200    200    403    200   200
admin:review_suggestion_history                    POST   302    403  200    200    403    200   200
admin:review_summary_save                          GET    405    405  405    405    405    405   405
admin:review_summary_save                          POST   401    403  200    200    403    200   200
admin:translation_glossaryterm_add                 GET    302    403  403    403    200    200   200
admin:translation_glossaryterm_add                 POST   302    403  403    403    200    200   200
admin:translation_glossaryterm_change              GET    302    403  200    200    200    200   200
admin:translation_glossaryterm_change              POST   302    403  403    403    200    200   200
admin:translation_glossaryterm_changelist          GET    302    403  200    200    200    200   200
admin:translation_glossaryterm_changelist          POST   302    403  200    200    200    200   200
admin:translation_glossaryterm_delete              GET    302    403  403    403    200    200   200
admin:translation_glossaryterm_delete              POST   302    403  403    403    302    302   302
admin:translation_glossaryterm_history             GET    302    403  200    200    200    200   200
admin:translation_glossaryterm_history             POST   302    403  403    403    409    409   409
admin:translation_glossaryterm_import              GET    302    403  403    403    200    200   200
admin:translation_glossaryterm_import              POST   302    403  403    403    200    200   200
admin:translation_memoryentry_add                  GET    302    403  403    403    403    403   403
admin:translation_memoryentry_add                  POST   302    403  403    403    403    403   403
admin:translation_memoryentry_change               GET    302    403  200    200    200    200   200
admin:translation_memoryentry_change               POST   302    403  403    403    403    403   403
admin:translation_memoryentry_changelist           GET    302    403  200    200    200    200   200
admin:translation_memoryentry_changelist           POST   302    403  200    200    200    200   200
admin:translation_memoryentry_delete               GET    302    403  403    403    200    200   200
admin:translation_memoryentry_delete               POST   302    403  403    403    302    302   302
admin:translation_memoryentry_history              GET    302    403  200    200    200    200   200
admin:translation_memoryentry_history              POST   302    403  200    200    200    200   200
admin:translation_termrevision_add                 GET    302    403  403    403    403    403   403
admin:translation_termrevision_add                 POST   302    403  403    403    403    403   403
admin:translation_termrevision_change              GET    302    403  200    200    200    200   200
admin:translation_termrevision_change              POST   302    403  403    403    403    403   403
admin:translation_termrevision_changelist          GET    302    403  200    200    200    200   200
admin:translation_termrevision_changelist          POST   302    403  200    200    200    200   200
admin:translation_termrevision_delete              GET    302    403  403    403    403    403   403
admin:translation_termrevision_delete              POST   302    403  403    403    403    403   403
admin:translation_termrevision_history             GET    302    403  200    200    200    200   200
admin:translation_termrevision_history             POST   302    403  200    200    200    200   200
admin:translation_translation_add                  GET    302    403  403    403    403    403   403
admin:translation_translation_add                  POST   302    403  403    403    403    403   403
admin:translation_translation_change               GET    302    403  200    200    200    200   200
admin:translation_translation_change               POST   302    403  302    302    403    302   302
admin:translation_translation_changelist           GET    302    403  200    200    200    200   200
admin:translation_translation_changelist           POST   302    403  200    200    200    200   200
admin:translation_translation_delete               GET    302    403  403    403    403    403   403
admin:translation_translation_delete               POST   302    403  403    403    403    403   403
admin:translation_translation_history              GET    302    403  200    200    200    200   200
admin:translation_translation_history              POST   302    403  409    409    403    409   409
admin:view_on_site                                 GET    302    404  404    404    404    404   404
admin:view_on_site                                 POST   302    404  404    404    404    404   404
review_desk                                        GET    302    403  200    200    200    200   200
review_desk                                        POST   302    403  200    200    200    200   200
"""


def rows() -> dict[tuple[str, str], tuple[int, ...]]:
    """Return the table: statuses by name and method."""
    found = {}
    for line in TABLE.strip().splitlines():
        name, method, *statuses = line.split()
        if name != "#":
            found[name, method] = tuple(map(int, statuses))
    return found


def names_of(patterns: list[Any], namespace: str) -> Iterator[str]:
    """Yield the name of every URL, also of those that are included."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names_of(pattern.url_patterns, namespace)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{namespace}:{pattern.name}"


ADMIN = sorted({*names_of(admin.site.get_urls(), "admin"), "review_desk"})

# What the addresses of the admin are about: one row for each model, made by `site`.
FIRST: dict[str, Callable[[], Any]] = {
    "auth_group": lambda: Group.objects.get(name=TRANSLATORS).pk,
    "auth_user": lambda: User.objects.get(username="plain").pk,
    "discovery_relatedchoice": lambda: (
        apps.get_model("discovery", "RelatedChoice").objects.get().pk
    ),
    "discovery_related_list": lambda: Paper.objects.earliest("id").pk,
    "discovery_score": lambda: Score.objects.earliest("id").pk,
    "harvest_harvestrun": lambda: HarvestRun.objects.get().pk,
    "papers_paper": lambda: Paper.objects.earliest("id").pk,
    "public_notice": lambda: Notice.objects.latest("id").pk,
    "review_apitoken": lambda: ApiToken.objects.get().pk,
    "review_decision": lambda: Decision.objects.earliest("id").pk,
    "review_queueentry": lambda: QueueEntry.objects.earliest("pk").pk,
    "review_suggestion": lambda: Suggestion.objects.get().pk,
    "review_fix": lambda: Decision.objects.earliest("id").pk,
    "review_failedlogin": lambda: FailedLogin.objects.get().pk,
    "translation_glossaryterm": lambda: GlossaryTerm.objects.get().pk,
    "translation_memoryentry": lambda: MemoryEntry.objects.get().pk,
    "translation_termrevision": lambda: TermRevision.objects.get().pk,
    "translation_translation": lambda: Translation.objects.earliest("id").pk,
}


def first_sentence() -> list[Any]:
    """Return the keys of the first translation and of one of its sentences."""
    first = Translation.objects.earliest("id")
    return [first.pk, first.segments.get(field="abstract").pk]


# Addresses with other parts than a key of such a row, or with none.
PARTS: dict[str, Callable[[], list[Any]]] = {
    "admin:view_on_site": lambda: [
        ContentType.objects.get_for_model(Paper).pk, Paper.objects.earliest("id").pk,
    ],
    "admin:app_list": lambda: ["translation"],
    "admin:review_fix": list,
    "admin:review_fix_preview": list,
    "admin:review_fix_batch": lambda: [uuid.UUID(int=1)],
    **{
        f"admin:review_sentence_{act}": first_sentence
        for act in ("save", "check", "approve", "undo", "ask")
    },
    **{
        f"admin:review_{act}": lambda: first_sentence()[:1]
        for act in ("claim", "decide", "note", "summary_save")
    },
}  # fmt: skip
WITHOUT_KEY = ("_changelist", "_add", "_import", "_start", "_daily", "_formulae", "_find")
QUERIES = {
    "admin:autocomplete": {
        "app_label": "auth", "model_name": "user", "field_name": "groups", "term": "x",
    },
}  # fmt: skip


def address(name: str) -> str:
    """Return an address of the site by the name of its URL."""
    if name in PARTS:
        return reverse(name, args=PARTS[name]())
    plain = name.partition(":")[2]
    model = next((key for key in FIRST if plain == key or plain.startswith(f"{key}_")), None)
    if model is None or plain.endswith(WITHOUT_KEY):
        return reverse(name)
    return reverse(name, args=[FIRST[model]()])


@pytest.fixture
def site(django_user_model, notices, counters) -> dict[str, Client]:
    """Make one row of each model, and a client for each column."""
    make_roles(apps)
    boss = django_user_model.objects.create(username="boss", is_superuser=True)
    django_user_model.objects.create(username="plain", is_staff=True)
    translation = translated()
    publish(translation.pk, actor=None, reviewed=False, now=NOW)
    choose(translation.paper, build_paper(), RelatedDecision.PIN, actor=boss, now=NOW)
    start_run(RunKind.OAI, SourceFormat.ARXIV_RAW, now=NOW, set_spec="cs")
    add_notice(key="score", language="ja", text="文面。", now=NOW)
    store_terms([entry("agent", "甲")], origin="a.csv", now=NOW)
    remembered(SENTENCE)
    sentence = translation.segments.get(field="abstract")
    suggest(sentence.pk, base_text=sentence.text, text="案。", sender="x", now=NOW)
    make_token(owner=boss, name="x", scopes=[], expires_at=NOW + DEFAULT_LIFE, now=NOW)
    FailedLogin.objects.create(username="x", ip_address="192.0.2.1", failures_since_start=1)
    people = {"nobody": Client()}
    for column in COLUMNS[1:]:
        user = django_user_model.objects.create(
            username=f"a {column}", is_staff=True, is_superuser=column == "superuser"
        )
        user.groups.set(Group.objects.filter(name=column))
        people[column] = Client()
        people[column].force_login(user)
    return people


def ask(client: Client, name: str, method: str) -> int:
    """Return the status of an answer, and roll its effects back."""
    query = QUERIES.get(name, {})
    with transaction.atomic():
        if method == "GET":
            status = client.get(address(name), query).status_code
        else:
            data = {"post": "yes"} if name.endswith("_delete") else {}
            status = client.post(address(name), data).status_code
        transaction.set_rollback(True)
    return status


def nameless_in(patterns: list[Any]) -> Iterator[str]:
    """Yield the routes without a name, which the table cannot list."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from nameless_in(pattern.url_patterns)
        elif not pattern.name:
            yield str(pattern.pattern)


def test_only_the_redirects_of_django_have_no_name():
    assert set(nameless_in(admin.site.get_urls())) == {"<path:object_id>/", "(?P<url>.*)$"}


def test_every_address_is_in_the_table():
    missing = {(name, method) for name in ADMIN for method in ("GET", "POST")}
    assert sorted(missing ^ set(rows())) == []


def group_of(name: str) -> str:
    """Return the model of a URL; the URLs of one model share a site."""
    plain = name.partition(":")[2]
    return next((key for key in FIRST if plain.startswith(key)), name.partition(":")[0])


GROUPS = {group_of(name): [] for name in ADMIN}
for each in sorted(ADMIN, key=lambda name: name == "admin:logout"):
    # The log-out comes last, because the clients stay logged out.
    GROUPS[group_of(each)].append(each)


@pytest.mark.parametrize("group", GROUPS)
def test_every_account_gets_the_statuses_of_the_table(site, group):
    got = {
        (name, method): tuple(ask(client, name, method) for client in site.values())
        for name in GROUPS[group]
        for method in ("GET", "POST")
    }
    assert got == {key: statuses for key, statuses in rows().items() if key in got}
