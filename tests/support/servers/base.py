"""The loopback HTTP server of the tests; each protocol is a subclass that answers requests."""

import gzip
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Request:
    """A received request; `query` is percent-encoded."""

    method: str
    path: str
    query: str
    headers: Message
    body: bytes

    @property
    def parameters(self) -> dict[str, str]:
        """The first value of each parameter of the query."""
        return {name: values[0] for name, values in parse_qs(self.query).items()}

    @property
    def json(self) -> Any:
        """The body read as JSON; None without a body."""
        return json.loads(self.body) if self.body else None


@dataclass
class Answer:
    """A response. With `cut`, only so many bytes are sent before the connection closes."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    gzipped: bool = False


def json_answer(body: object, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    """Return a JSON response."""
    kind = {"Content-Type": "application/json"}
    return Answer(json.dumps(body).encode(), status, kind | (headers or {}))


class LoopbackServer(ThreadingHTTPServer):
    """Serves on a free port of 127.0.0.1 as long as it is open as a context manager.

    A subclass says what it answers in `respond`. `refusals` go first, one a request: a status, or a
    status and headers. `delay`: seconds before each answer of `respond`. `seen`: the requests.
    """

    daemon_threads = True
    root = ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.refusals: list[int | tuple[int, dict[str, str]]] = []
        self.delay = 0.0
        self.seen: list[Request] = []

    @property
    def url(self) -> str:
        """The address with the protocol's root."""
        return f"http://127.0.0.1:{self.server_port}{self.root}"

    def respond(self, request: Request) -> Answer:
        """Return the answer to a request that is not refused."""
        raise NotImplementedError

    def answer_to(self, request: Request) -> Answer:
        """Record the request and return its answer."""
        self.seen.append(request)
        if self.refusals:
            refusal = self.refusals.pop(0)
            status, headers = (refusal, {}) if isinstance(refusal, int) else refusal
            refused = {"message": "not now", "error": {"message": "not now"}}
            return json_answer(refused, status, headers)
        time.sleep(self.delay)
        return self.respond(request)

    def __enter__(self) -> Self:
        self._thread = Thread(target=self.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()


class ScriptedServer(LoopbackServer):
    """Answers with `script(number of the request, its parameters)`."""

    root = "/oai"

    def __init__(self, script: Callable[[int, dict[str, str]], Answer]) -> None:
        super().__init__()
        self.script = script

    @property
    def queries(self) -> list[str]:
        """The raw query strings, still percent-encoded."""
        return [request.query for request in self.seen]

    def respond(self, request: Request) -> Answer:
        """Follow the script."""
        return self.script(len(self.seen), request.parameters)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: LoopbackServer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        answer = self.server.answer_to(
            Request(self.command, parts.path, parts.query, self.headers, sent)
        )
        body = gzip.compress(answer.body) if answer.gzipped else answer.body
        headers = answer.headers | {"Content-Length": str(len(body))}
        if answer.gzipped:
            headers["Content-Encoding"] = "gzip"
        self.send_response(answer.status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: answer.cut])
        self.close_connection = self.close_connection or answer.cut is not None

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test output quiet."""
