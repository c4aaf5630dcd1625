"""A server on loopback that speaks OpenAI's embeddings, with faults on request."""

import json
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np

SIZE = 384


def bag_of_words(text: str, size: int = SIZE) -> list[float]:
    """Return a vector in which texts that share words are near to each other."""
    vector = np.full(size, 0.01)
    for word in text.lower().replace(".", " ").split():
        vector[zlib.crc32(word.encode()) % size] += 1.0
    return [float(number) for number in vector]


Answer = Callable[[list[dict[str, Any]]], Any]


class EmbeddingsServer(ThreadingHTTPServer):
    """Answers POST /v1/embeddings.

    statuses: statuses to send first, one a request, before answering. own_size: numbers in its
    vectors, unless a request wants fewer and `can_shorten`. longest: words of a text it takes.
    too_long: the status for longer ones, and what it says. change: what becomes of the list of
    vectors before it is sent; a str is sent as it is.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.statuses: list[int] = []
        self.own_size = SIZE
        self.can_shorten = True
        self.longest = 1_000_000
        self.too_long = 400, "maximum context length exceeded"
        self.change: Answer = lambda data: data
        self.requests: list[dict[str, Any]] = []

    @property
    def base_url(self) -> str:
        """The address for EMBEDDER_BASE_URL."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    @property
    def texts(self) -> list[list[str]]:
        """The texts of each request."""
        return [request["input"] for request in self.requests]


class Handler(BaseHTTPRequestHandler):
    """Handles one request."""

    server: EmbeddingsServer

    def do_POST(self) -> None:
        """Answer with one vector for each text."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(body)
        if self.server.statuses:
            self._send(self.server.statuses.pop(0), {"error": {"message": "not now"}})
            return
        size = self.server.own_size
        if "dimensions" in body:
            if not self.server.can_shorten:
                self._send(400, {"error": {"message": "no matryoshka"}})
                return
            size = body["dimensions"]
        if any(len(text.split()) > self.server.longest for text in body["input"]):
            status, message = self.server.too_long
            self._send(status, {"error": {"message": message}})
            return
        data = [
            {"object": "embedding", "index": place, "embedding": bag_of_words(text, size)}
            for place, text in enumerate(body["input"])
        ]
        changed = self.server.change(data)
        if isinstance(changed, str):
            self._send_text(200, changed)
            return
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        self._send(200, {"object": "list", "data": changed, "model": body["model"], "usage": usage})

    def _send(self, status: int, body: object) -> None:
        self._send_text(status, json.dumps(body))

    def _send_text(self, status: int, text: str) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Retry-After", "0")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test output quiet."""


@contextmanager
def running_embeddings_server() -> Iterator[EmbeddingsServer]:
    """Serve on a free port of 127.0.0.1."""
    with EmbeddingsServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
