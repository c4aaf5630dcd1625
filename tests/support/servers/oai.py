"""A real HTTP server on the loopback that answers as arXiv's does, and misbehaves on demand."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Answer:
    """One answer. `cut` sends only so many bytes and then closes the connection."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    gzipped: bool = False


Arguments = dict[str, str]
Script = Callable[[int, Arguments], Answer]


@dataclass
class ScriptedServer:
    """url: where it listens. requests: what was asked for, raw query and User-Agent, in order."""

    url: str
    requests: list[tuple[str, str]] = field(default_factory=list)

    @property
    def queries(self) -> list[str]:
        """The raw query strings, still percent-encoded."""
        return [query for query, _ in self.requests]


@contextmanager
def serving(script: Script) -> Iterator[ScriptedServer]:
    """Serve what `script(number of the request, its arguments)` returns."""
    server_of = ScriptedServer("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            query = urlsplit(self.path).query
            server_of.requests.append((query, self.headers["User-Agent"]))
            arguments = {name: values[0] for name, values in parse_qs(query).items()}
            answer = script(len(server_of.requests), arguments)
            body = gzip.compress(answer.body) if answer.gzipped else answer.body
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.gzipped:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body if answer.cut is None else body[: answer.cut])
            self.close_connection = answer.cut is not None

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        server_of.url = f"http://127.0.0.1:{server.server_port}/oai"
        try:
            yield server_of
        finally:
            server.shutdown()
            thread.join()
