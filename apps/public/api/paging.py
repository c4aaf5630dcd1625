"""Paging by cursor. A cursor is valid only for its order and its list."""

from __future__ import annotations

import binascii
import json
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.keyset import Ordering, Position
from apps.public.site.page_urls import absolute

LONGEST_CURSOR = 2000
PRESENTATION_PARAMETERS = frozenset({"cursor", "limit", "ordering", "fields", "expand"})
"""Parameters that do not change the rows of a list."""

M = TypeVar("M", bound=Model)


def write_cursor(ordering: Ordering, position: Position | None, scope: str) -> str | None:
    """Return the cursor of the page after a position; None without a position."""
    if position is None:
        return None
    parts = [ordering.name, scope, *ordering.write(position)]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, ordering: Ordering, scope: str) -> Position | None:
    """Return the position that a cursor of this order and list stands for.

    Args:
        cursor: None for the beginning of the list.
        ordering: The order of the list.
        scope: The list, from `scope_of`.

    Raises:
        NoSuchPage: 404; the cursor is invalid or belongs to another list.
    """
    if cursor is None:
        return None
    try:
        name, given_for, *written = _decoded(cursor)
    except ValueError as broken:
        raise NoSuchPage(
            _(
                "This is not a cursor of this site. Omit the parameter to start from the "
                "beginning, or use the URL of the next page unchanged."
            )
        ) from broken
    if name != ordering.name:
        raise NoSuchPage(
            _(
                "This cursor belongs to the order %(its)s, not %(asked)s. Use the same order, or "
                "omit the cursor to start from the beginning."
            )
            % {"its": name, "asked": ordering.name}
        )
    if given_for != scope:
        raise NoSuchPage(
            _(
                "This cursor belongs to a list with other filters. Use the same filters, or omit "
                "the cursor to start from the beginning."
            )
        )
    try:
        return ordering.read(written)
    except ValueError as broken:
        raise NoSuchPage(
            _("This cursor was modified. Use the URL of the next page unchanged.")
        ) from broken


def _decoded(cursor: str) -> list[Any]:
    """Decode a cursor. Raises ValueError if it is malformed."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        opened = json.loads(b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, RecursionError) as broken:
        raise ValueError(cursor) from broken
    if not isinstance(opened, list) or len(opened) < 3:
        raise ValueError(cursor)
    if not all(isinstance(part, str) and part.isprintable() for part in opened[:2]):
        raise ValueError(cursor)
    opened[0] = opened[0][:80]
    return opened


class NoSuchPage(ValidationError):
    """404: the cursor is not valid for this list."""

    status_code = 404

    def __init__(self, reason: str) -> None:
        super().__init__({"cursor": [reason]})


def parameters_of(request: Request) -> dict[str, str]:
    """Return the query parameters of a request, repeated ones joined by commas."""
    return {name: ",".join(map(str, values)) for name, values in request.query_params.lists()}


def scope_of(request: Request) -> str:
    """Return a short hash that identifies a list: of its path and filters."""
    filters = {
        name: value
        for name, value in sorted(parameters_of(request).items())
        if name not in PRESENTATION_PARAMETERS
    }
    return blake2b(f"{request.path}?{urlencode(filters)}".encode(), digest_size=6).hexdigest()


def requested_page(
    request: Request, query: Mapping[str, Any], rows: QuerySet[M], ordering: Ordering
) -> tuple[list[M], str | None]:
    """Return the rows of a page and the cursor of the next page. One query.

    Args:
        request: The request, whose path and filters name the list.
        query: Its valid parameters: `limit`, and `cursor` except for the first page.
        rows: All rows of the list.
        ordering: The order of the list.

    Raises:
        NoSuchPage: 404; the cursor belongs to another order or list.
    """
    scope = scope_of(request)
    after = read_cursor(query.get("cursor"), ordering, scope)
    page = ordering.page(rows, after, size=query["limit"])
    return page.rows, write_cursor(ordering, page.next, scope)


def page_response(
    request: Request, results: Iterable[Any], following: str | None, **more: Any
) -> Response:
    """Answer with a page of results and the URL of the next page, also in `Link` (RFC 8288).

    following: the cursor of the next page, None on the last. more: further members of the answer.
    """
    address = None if following is None else address_with(request, cursor=following)
    headers = {} if address is None else {"Link": f'<{address}>; rel="next"'}
    return Response({"next": address, "results": results, **more}, headers=headers)


def address_with(request: Request, **parameters: str) -> str:
    """Return the URL of this request with some query parameters replaced."""
    merged = {**parameters_of(request), **parameters}
    return absolute(f"{request.path}?{urlencode(merged)}")
