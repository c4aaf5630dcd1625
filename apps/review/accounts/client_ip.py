"""Where a request comes from, as far as a site can believe it."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the address that a request came from, or "" where the web server does not say.

    Each of the TRUSTED_PROXIES has added to X-Forwarded-For who asked it, so the address is so
    many places from the end. What stands before that anybody may have written.
    """
    nearest: str = request.META.get("REMOTE_ADDR") or ""
    if not settings.TRUSTED_PROXIES:
        return nearest
    noted = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if len(noted) < settings.TRUSTED_PROXIES:
        return nearest
    found = noted[-settings.TRUSTED_PROXIES]
    return nearest if client_network(found) is None else found


def client_network(address: str) -> str | None:
    """Return what one customer of a provider has: an IPv4 address, or of IPv6 the network (/64).

    None for what is no address.
    """
    try:
        found = ip_address(address.strip())
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ip_network((found.packed, 64), strict=False).network_address)
    return str(found)
