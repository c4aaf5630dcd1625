"""The embedded site: PostgreSQL, Valkey and the processes of the site as child processes.

Nothing here reads Django's settings, because they need the addresses of these servers.
"""


class EmbeddedError(RuntimeError):
    """A start failed or something is missing; the message says what to do."""
