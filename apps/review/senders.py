"""Who sent something, as far as a site needs to know: a keyed hash instead of an address."""

import ipaddress

from django.utils.crypto import salted_hmac

_SALT = "papersite.review.sender"


def sender_of(address: str) -> str:
    """Return a hash (32 hex digits) that is the same for the same network address.

    Without SECRET_KEY it leads back to nobody. Of IPv6 addresses the network (/64) counts, of which
    one household has all. What is no address counts as one sender.
    """
    try:
        parsed = ipaddress.ip_address(address.strip())
    except ValueError:
        name = "unknown"
    else:
        if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
            parsed = parsed.ipv4_mapped
        prefix = 32 if parsed.version == 4 else 64
        name = str(ipaddress.ip_network((parsed, prefix), strict=False))
    return salted_hmac(_SALT, name, algorithm="sha256").hexdigest()[:32]
