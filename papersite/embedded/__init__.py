"""The embedded default: PostgreSQL and Valkey as child processes, and the site on top of them.

Nothing here reads Django's settings, because the settings need the addresses that come from here.
"""


class EmbeddedError(RuntimeError):
    """Something the launcher needs is missing or failed; the message says what to do about it."""
