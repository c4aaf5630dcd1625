"""The IP address of a request, as far as it can be trusted."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Find the IP address of a client.

    Each of the TRUSTED_PROXIES appends the address it was called from to X-Forwarded-For, so the
    client's is that many places from the end. A client can forge everything before it.

    Args:
        request: the request.

    Returns:
        The address; "" if the web server does not give any.
    """
    nearest: str = request.META.get("REMOTE_ADDR") or ""
    if not settings.TRUSTED_PROXIES:
        return nearest
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if len(forwarded) < settings.TRUSTED_PROXIES:
        return nearest
    found = forwarded[-settings.TRUSTED_PROXIES]
    return nearest if client_network(found) is None else found


def client_network(address: str) -> str | None:
    """Reduce an address to what one customer of a provider has.

    Args:
        address: an IP address, or any other text.

    Returns:
        An IPv4 address as it is; of an IPv6 address its /64 network; None for other texts.
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
