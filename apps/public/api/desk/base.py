"""Base of the editors' endpoints: access by token, no caching."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.keyset import Ordering
from apps.public.api.authentication import ScopeMissing, TokenNeeded
from apps.public.api.conditional import refuse_if_match
from apps.public.api.paging import page_response, requested_page
from apps.public.api.queries import PagedQuery, requested_members
from apps.public.api.sparse_fields import Representation
from apps.public.api.views import PublicView
from apps.review.models import ApiToken, Scope

LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Access:
    """The access that a method requires: a scope of the token and a permission of its account.

    Services check rights themselves; this check comes first, so that 404 reveals nothing.
    """

    scope: Scope
    permission: str = ""


def read_access(permission: str) -> Access:
    """Return the access for reading what the admin shows with `permission`."""
    return Access(Scope.DESK_READ, permission)


def actor_in(request: Request) -> User:
    """Return the account of the token. Raises TokenNeeded (401) without one."""
    if not isinstance(request.user, User):
        raise TokenNeeded
    return request.user


class HasAccess(BasePermission):
    """Whether the token and its account have the view's `access` for the method."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Return True, or raise TokenNeeded (401), ScopeMissing or PermissionDenied (403)."""
        actor, token = actor_in(request), request.auth
        method = "GET" if request.method == "HEAD" else request.method
        access: Access | None = view.access.get(method)
        if not isinstance(token, ApiToken):
            raise TokenNeeded
        if access is None:
            # The method does not exist; REST framework answers 405.
            return True
        if access.scope not in token.scopes:
            raise ScopeMissing(access.scope.value)
        if access.permission and not actor.has_perm(access.permission):
            raise PermissionDenied(
                _("The account of this token lacks the permission %s. Ask an administrator.")
                % access.permission
            )
        return True


class DeskView(PublicView):
    """Base of the editors' views. access: what each method requires."""

    access: ClassVar[Mapping[str, Access]] = {}
    permission_classes = [HasAccess]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse If-Match: answers here have no ETag."""
        super().initial(request, *args, **kwargs)
        refuse_if_match(request)

    def handle_exception(self, exc: Exception) -> Response:
        """Answer 404 if a row is deleted during the request."""
        if isinstance(exc, ObjectDoesNotExist):
            exc = NotFound(_("No item has this number."))
        return super().handle_exception(exc)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Forbid caching."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response


class DeskList(DeskView):
    """Base of lists. query: the parameters. shape: the serializer of a row."""

    query: ClassVar[type[PagedQuery]]
    shape: ClassVar[type[Representation]]
    ordering: ClassVar[Ordering]

    def get(self, request: Request, **named: Any) -> Response:
        query = self.query.read(request)
        members = requested_members(query, self.shape)
        rows = self.rows(request, query, members, **named)
        shown, following = requested_page(request, query, rows, self.order(query))
        results = self.shape(shown, many=True, members=members).data
        return page_response(request, results, following)

    def order(self, query: dict[str, Any]) -> Ordering:
        """Return the order for a query."""
        return query.get("ordering") or self.ordering

    def rows(
        self, request: Request, query: dict[str, Any], members: frozenset[str], **named: Any
    ) -> QuerySet[Any]:
        """Return the matching rows, with the data of `members` loaded."""
        raise NotImplementedError


def get_row(rows: QuerySet[Any], key: int) -> Any:
    """Return a row by number. Raises NotFound (404)."""
    row = rows.filter(pk=key).first() if key <= LARGEST_KEY else None
    if row is None:
        raise NotFound(
            _("No %(what)s has the number %(key)s.")
            % {"what": rows.model._meta.verbose_name, "key": str(key)[:30]}
        )
    return row


def row_number_field(help_text: str) -> serializers.IntegerField:
    """Return the field of a parameter that is a row number."""
    return serializers.IntegerField(
        required=False, min_value=1, max_value=LARGEST_KEY, help_text=help_text
    )
