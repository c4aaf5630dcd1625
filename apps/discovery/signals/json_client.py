"""A polite HTTP client for JSON services: rate-limited, identified, with retries."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
import redis

from apps.core.rate_limits import Turns
from apps.core.retry_after import retry_after
from apps.discovery.signals.base import SignalsUnavailable

ATTEMPTS = 4
FIRST_PAUSE_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 120.0
TIMEOUT_SECONDS = 30.0
_TRY_AGAIN = {429, 500, 502, 503, 504}

log = logging.getLogger(__name__)


def http_client(contact_email: str, timeout: float = TIMEOUT_SECONDS) -> httpx.Client:
    """Return a client that names this site and its contact address."""
    contact = f" (mailto:{contact_email})" if contact_email else ""
    return httpx.Client(headers={"User-Agent": f"papersite{contact}"}, timeout=timeout)


@dataclass(frozen=True, slots=True)
class JsonClient:
    """Requests JSON from a service.

    client: sends the User-Agent. turns: each attempt waits for one. sleep, now: the clock.
    """

    client: httpx.Client
    turns: Turns
    sleep: Callable[[float], None]
    now: Callable[[], datetime]

    def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str],
        headers: Mapping[str, str] | None = None,
        json: Any = None,
    ) -> Any:
        """Return the JSON of the answer.

        Connection errors, timeouts, HTTP 429 and 5xx are retried three times, after pauses that
        double or that Retry-After sets; a pause over two minutes fails at once. Raises
        SignalsUnavailable without an answer, for an error and for anything but JSON; the message
        does not contain `params`, which may hold keys.
        """
        failure = ""
        for attempt in range(ATTEMPTS):
            self._wait()
            pause = FIRST_PAUSE_SECONDS * 2**attempt
            try:
                response = self.client.request(
                    method, url, params=params, headers=headers, json=json
                )
            except httpx.TransportError as error:
                failure = f"{type(error).__name__}: {error}"
            else:
                if response.status_code not in _TRY_AGAIN:
                    return _json(url, response)
                failure = f"HTTP {response.status_code}"
                asked = retry_after(response.headers.get("Retry-After"), self.now())
                if asked is not None:
                    pause = asked
                    self.turns.hold(pause)
            if pause > LONGEST_PAUSE_SECONDS:
                raise SignalsUnavailable(f"{url}: {failure}; it asks for {pause:.0f} seconds.")
            if attempt + 1 < ATTEMPTS:
                log.warning("%s: %s; trying again in %.0f seconds", url, failure, pause)
                self.sleep(pause)
        raise SignalsUnavailable(
            f"{url}: no answer after {ATTEMPTS} attempts; the last one: {failure}."
        )

    def _wait(self) -> None:
        try:
            self.turns.wait()
        except redis.RedisError as error:
            raise SignalsUnavailable(f"Redis gives out no turn: {error}") from error


def _json(url: str, response: httpx.Response) -> Any:
    if not response.is_success:
        raise SignalsUnavailable(
            f"{url}: HTTP {response.status_code}: {' '.join(response.text.split())[:200]}"
        )
    try:
        return response.json()
    except ValueError as error:
        raise SignalsUnavailable(f"{url}: the answer is not JSON ({error}).") from error
