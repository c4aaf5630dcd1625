"""The Retry-After header of HTTP: how long a server asks its clients to wait."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds from `now` that a Retry-After header asks for.

    Args:
        value: The header: seconds or an HTTP date; None where the response has none.
        now: The current time, with a time zone.

    Returns:
        Seconds, 0 or more; None where there is no header or it cannot be read.

    Source:
        RFC 9110, section 10.2.3.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())
