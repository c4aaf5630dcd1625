"""Whether a form comes from a page of this site, as far as a browser says."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

_OWN_DOING = ("same-origin", "none")
"""Sec-Fetch-Site of a form on this site, and of what somebody does in the browser itself."""


def is_same_origin(request: HttpRequest) -> bool:
    """Whether a form was sent by a page of this site, as far as the browser says.

    Browsers send Origin with every form and Sec-Fetch-Site with every request
    (https://www.w3.org/TR/fetch-metadata/); neither can be set by a page. What sends none of them
    is no browser that another site could abuse.
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
