"""Harvest runs: listing, starting, stopping and resuming them."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.keyset import MOMENT, WHOLE, Ordering
from apps.harvest.forms import MOST_PAPERS, StartForm
from apps.harvest.models import HarvestRun, RunKind, RunStatus
from apps.harvest.runs import service
from apps.harvest.tasks import enqueue_run
from apps.papers.records import SourceFormat
from apps.public.api.bodies import Body
from apps.public.api.desk.base import Access, DeskList, DeskView, get_row, read_access
from apps.public.api.desk.schema import list_schema, row_number_parameter, schema
from apps.public.api.fields import PatternField, StrictDateField
from apps.public.api.patterns import ANY_VERSION
from apps.public.api.queries import (
    ExpandField,
    FieldsField,
    PagedQuery,
    Query,
    member_query,
    requested_members,
)
from apps.public.api.sparse_fields import Representation
from apps.review.models import Scope

READ_ACCESS = read_access("harvest.view_harvestrun")
WRITE_ACCESS = Access(Scope.HARVEST_WRITE, "harvest.change_harvestrun")
RUN_NUMBER = [row_number_parameter("the run")]
SET_SPEC = r"[a-z][a-z-]*(:[A-Za-z][A-Za-z-]*){0,2}"


class DeskRunErrorSerializer(serializers.Serializer):
    """A message of a run."""

    at = serializers.DateTimeField()
    what = serializers.CharField(help_text="rejected, note, restart or error.")
    message = serializers.CharField()


class DeskRunSerializer(Representation):
    """One harvest."""

    expansions = {"errors": ("messages",)}

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=RunKind.values)
    status = serializers.ChoiceField(choices=RunStatus.values)
    source_format = serializers.ChoiceField(choices=SourceFormat.values)
    set_spec = serializers.CharField()
    from_date = serializers.DateField(allow_null=True)
    until_date = serializers.DateField(allow_null=True)
    query = serializers.CharField(help_text="The query, or identifiers or files, one per line.")
    pages = serializers.IntegerField()
    seen = serializers.IntegerField()
    created = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    rejected = serializers.IntegerField()
    total = serializers.IntegerField(
        allow_null=True, help_text="Number of records that arXiv announced."
    )
    attempts = serializers.IntegerField(help_text="Consecutive failed attempts.")
    started_at = serializers.DateTimeField()
    touched_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    messages = DeskRunErrorSerializer(many=True, source="errors", help_text="The newest last.")


class DeskRunsQuery(PagedQuery):
    status = serializers.ChoiceField(choices=RunStatus.values, required=False)
    fields = FieldsField(DeskRunSerializer)  # type: ignore[assignment]
    expand = ExpandField(DeskRunSerializer)


class DeskStartBody(Body):
    """What to harvest: a set from a day on, or some papers."""

    set_spec = PatternField(
        SET_SPEC,
        required=False,
        max_length=64,
        help_text="A set of arXiv's OAI-PMH: cs:cs:CL, math.",
    )
    from_date = StrictDateField(
        required=False, help_text="The first day on which arXiv changed a record."
    )
    until_date = StrictDateField(required=False, help_text="The last such day. Default: up to now.")
    identifiers = serializers.ListField(
        child=PatternField(ANY_VERSION, max_length=40),
        required=False,
        min_length=1,
        max_length=MOST_PAPERS,
        help_text="arXiv identifiers, instead of a set.",
    )


@list_schema(
    "desk_harvests_list",
    tag="desk",
    summary="Harvests, the latest first",
    description="List the harvest runs.",
)
class DeskRunsView(DeskList):
    access = {"GET": READ_ACCESS, "POST": WRITE_ACCESS}
    query = DeskRunsQuery
    shape = DeskRunSerializer
    ordering = Ordering("-started_at", (("started_at", MOMENT), ("id", WHOLE)))

    def rows(
        self, request: Request, query: dict[str, Any], members: frozenset[str], **named: Any
    ) -> QuerySet[Any]:
        rows = HarvestRun.objects.all()
        return rows.filter(status=query["status"]) if "status" in query else rows

    @schema(
        "desk_harvests_start",
        tag="desk",
        summary="Start a harvest",
        response=DeskRunSerializer,
        status=201,
        body=DeskStartBody,
        errors=[409],
    )
    def post(self, request: Request) -> Response:
        """Fetch either a set from a day on or papers by identifier (409 otherwise).

        Each request starts a run of its own; records that are already stored are not stored twice.
        """
        body = DeskStartBody.read(request)
        form = StartForm(body | {"identifiers": "\n".join(body.get("identifiers", ()))})
        if not form.is_valid():
            raise _form_problem(form)
        run = form.start(timezone.now())
        enqueue_run(run.pk)
        return _run_response(run, status=201)


DeskRunQuery = member_query(DeskRunSerializer, Query)


class DeskRunView(DeskView):
    access = {"GET": READ_ACCESS}

    @schema(
        "desk_harvests_retrieve",
        tag="desk",
        summary="One harvest",
        response=DeskRunSerializer,
        query=DeskRunQuery,
        path=RUN_NUMBER,
    )
    def get(self, request: Request, id: int) -> Response:
        """Return a run with its counts; `expand=errors` adds its messages."""
        members = requested_members(DeskRunQuery.read(request), DeskRunSerializer)
        item = get_row(HarvestRun.objects.all(), id)
        return Response(DeskRunSerializer(item, members=members).data)


class DeskStopView(DeskView):
    access = {"POST": WRITE_ACCESS}

    @schema(
        "desk_harvests_stop",
        tag="desk",
        summary="Stop a harvest",
        response=DeskRunSerializer,
        path=RUN_NUMBER,
        errors=[503],
    )
    def post(self, request: Request, id: int) -> Response:
        """Stop a run after its current page. A run that has ended is not changed."""
        Query.read(request)
        get_row(HarvestRun.objects.all(), id)
        return _run_response(service.stop_run(id, timezone.now()))


class DeskResumeView(DeskView):
    access = {"POST": WRITE_ACCESS}

    @schema(
        "desk_harvests_resume",
        tag="desk",
        summary="Resume a harvest",
        response=DeskRunSerializer,
        path=RUN_NUMBER,
        errors=[503],
    )
    def post(self, request: Request, id: int) -> Response:
        """Continue a stopped or failed run from where it ended. A complete run is not changed."""
        Query.read(request)
        get_row(HarvestRun.objects.all(), id)
        run = service.resume_run(id, timezone.now())
        if run.status == RunStatus.RUNNING:
            enqueue_run(run.pk)
        return _run_response(run)


def _run_response(run: HarvestRun, status: int = 200) -> Response:
    members = frozenset(DeskRunSerializer.plain_members())
    return Response(DeskRunSerializer(run, members=members).data, status=status)


def _form_problem(form: StartForm) -> ValidationError:
    """Return the errors of a form as a problem (409)."""
    errors = {
        "body" if name == "__all__" else name: [str(said) for said in told]
        for name, told in form.errors.items()
    }
    problem = ValidationError(errors)
    problem.status_code = 409
    return problem
