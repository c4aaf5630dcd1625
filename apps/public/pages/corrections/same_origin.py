"""Check that a form was sent from this site."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

_OWN_DOING = ("same-origin", "none")
"""Sec-Fetch-Site of a form on this site, and of actions in the browser itself."""


def is_same_origin(request: HttpRequest) -> bool:
    """Return whether a form was sent by a page of this site.

    Browsers send Origin with forms and Sec-Fetch-Site (https://www.w3.org/TR/fetch-metadata/) with
    requests; pages cannot set them. A client that sends neither is not a browser to protect.
    """
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None and fetched not in _OWN_DOING:
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    here = f"{request.scheme}://{request.get_host()}"
    return _origin(origin) in {_origin(here), *map(_origin, settings.CSRF_TRUSTED_ORIGINS)}


def _origin(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", address
    return parts.scheme.lower(), parts.netloc.lower()
