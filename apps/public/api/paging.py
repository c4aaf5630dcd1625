"""Cursor paging of the API, by the same keys as the pages."""

from typing import Any

from django.utils.http import urlencode
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from apps.public.addresses import absolute
from apps.public.keyset import BrokenCursor, KeysetPage, Place, page_after
from apps.translation.querysets import TranslationQuerySet


def page_of(translations: TranslationQuerySet, *, cursor: str | None, limit: int) -> KeysetPage:
    """Return the page of `limit` translations that `cursor` names; None means the first.

    Raises ValidationError (400) for a cursor that this site did not give out.
    """
    try:
        place = None if cursor is None else Place.parse(cursor)
    except BrokenCursor as broken:
        raise ValidationError({"cursor": [str(broken)]}) from broken
    return page_after(translations, place, size=limit)


def envelope(request: Request, results: Any, following: object | None) -> dict[str, Any]:
    """Wrap the results of one page with the address of the next one, None on the last."""
    return {
        "next": None if following is None else address_with(request, cursor=str(following)),
        "results": results,
    }


def address_with(request: Request, **parameters: str) -> str:
    """Return the address of this request with some of its query parameters replaced."""
    merged = {**request.query_params.dict(), **parameters}
    return absolute(f"{request.path}?{urlencode(merged)}")
