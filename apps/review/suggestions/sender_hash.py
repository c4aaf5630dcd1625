"""A keyed hash that stands for the sender of a request, so that no address is stored."""

from django.utils.crypto import salted_hmac

from apps.review.accounts.client_ip import client_network

_SALT = "papersite.review.sender"


def hash_sender(address: str) -> str:
    """Return a hash that is the same for all addresses of one customer of a provider.

    Args:
        address: The IP address; texts that are no address count as one sender.

    Returns:
        32 hexadecimal digits, which lead back to no address without SECRET_KEY.
    """
    name = client_network(address) or "unknown"
    return salted_hmac(_SALT, name, algorithm="sha256").hexdigest()[:32]
