"""HTTP requests that keep arXiv's rate limit and retry temporary failures."""

import logging
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from typing import IO

import httpx

from apps.core.rate_limits import Turns
from apps.core.retry_after import retry_after

ATTEMPTS = 6
FIRST_PAUSE_SECONDS = 3.0
LONGEST_PAUSE_SECONDS = 600.0
TIMEOUT_SECONDS = 60.0
# Pages of arXiv have less than 10 MB; a far larger body is an error or an attack.
LARGEST_BODY_BYTES = 512 * 1024 * 1024
_IN_MEMORY_BYTES = 4 * 1024 * 1024
_TRY_AGAIN = {429, 500, 502, 503, 504}

log = logging.getLogger(__name__)


class FetchError(Exception):
    """The server did not deliver; the message names the address and says what happened."""


class RefusedRequest(FetchError):
    """The server refused with a status that a retry would not change. `body` is its answer."""

    def __init__(self, url: str, status: int, body: IO[bytes]) -> None:
        super().__init__(f"{url}: the server answered HTTP {status}.")
        self.status = status
        self.body = body


def user_agent(site_url: str, contact_email: str) -> str:
    """Return the User-Agent that this site sends to arXiv."""
    try:
        version = metadata.version("papersite")
    except metadata.PackageNotFoundError:
        version = "development"
    contact = f"; mailto:{contact_email}" if contact_email else ""
    return f"papersite/{version} (+{site_url}{contact})"


@dataclass(slots=True)
class Fetcher:
    """Fetches whole responses. Each attempt waits for `limiter` first."""

    client: httpx.Client
    limiter: Turns
    sleep: Callable[[float], None]
    now: Callable[[], datetime]

    def fetch(self, url: str) -> IO[bytes]:
        """Return the body of `url`, whole and decompressed, as a temporary file at its beginning.

        Connection errors, timeouts, incomplete bodies, HTTP 429 and 5xx are retried up to five
        times. Pauses grow threefold or follow Retry-After; none is longer than ten minutes.

        Raises:
            RefusedRequest: The server answered with another status.
            FetchError: All attempts failed.
        """
        failure = ""
        for attempt in range(ATTEMPTS):
            self.limiter.wait()
            pause = min(FIRST_PAUSE_SECONDS * 3**attempt, LONGEST_PAUSE_SECONDS)
            try:
                with self.client.stream("GET", url) as response:
                    if response.status_code not in _TRY_AGAIN:
                        return self._body(url, response)
                    failure = f"HTTP {response.status_code}"
                    asked = retry_after(response.headers.get("Retry-After"), self.now())
                    if asked is not None:
                        pause = min(asked, LONGEST_PAUSE_SECONDS)
                        self.limiter.hold(pause)
            except (httpx.TransportError, httpx.DecodingError) as error:
                failure = f"{type(error).__name__}: {error}"
            if attempt + 1 < ATTEMPTS:
                log.warning("%s: %s; trying again in %.0f seconds", url, failure, pause)
                self.sleep(pause)
        raise FetchError(f"{url}: no answer after {ATTEMPTS} attempts; the last one: {failure}.")

    def _body(self, url: str, response: httpx.Response) -> IO[bytes]:
        body: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115
        size = 0
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > LARGEST_BODY_BYTES:
                body.close()
                raise FetchError(f"{url}: the response is larger than {LARGEST_BODY_BYTES} bytes.")
            body.write(chunk)
        body.seek(0)
        if not response.is_success:
            raise RefusedRequest(url, response.status_code, body)
        return body
