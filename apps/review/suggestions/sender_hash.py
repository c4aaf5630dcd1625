"""Who sent something, as far as a site needs to know: a keyed hash instead of an address."""

from django.utils.crypto import salted_hmac

from apps.review.accounts.client_ip import client_network

_SALT = "papersite.review.sender"


def sender_of(address: str) -> str:
    """Return a hash (32 hex digits) that is the same for the same customer of a provider.

    Without SECRET_KEY it leads back to nobody. What is no address counts as one sender.
    """
    name = client_network(address) or "unknown"
    return salted_hmac(_SALT, name, algorithm="sha256").hexdigest()[:32]
