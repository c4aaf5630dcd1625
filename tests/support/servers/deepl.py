"""A server on loopback that speaks the part of DeepL's protocol that papersite uses."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs


class DeepLServer(ThreadingHTTPServer):
    """Answers /v2/translate, /v2/usage and /v2/glossaries.

    answer: what becomes of a text. statuses: statuses to send first, one a request. delay:
    seconds before each answer.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer: Callable[[str], str] = lambda text: f"訳：{text}"
        self.statuses: list[int] = []
        self.delay = 0.0
        self.used = 10
        self.requests: list[dict[str, Any]] = []
        self.glossaries: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        """The address for server_url."""
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Handles one request."""

    server: DeepLServer

    def do_GET(self) -> None:
        """Say how much is used, or which glossaries there are."""
        if self._refused():
            return
        if self.path.startswith("/v2/usage"):
            self._send({"character_count": self.server.used, "character_limit": 1000})
        else:
            self._send({"glossaries": self.server.glossaries})

    def do_POST(self) -> None:
        """Translate, or keep a glossary."""
        body = self._body()
        if self._refused():
            return
        time.sleep(self.server.delay)
        if self.path.startswith("/v2/glossaries"):
            self._send(self._keep(body))
            return
        self.server.requests.append(body)
        texts = body["text"] if isinstance(body["text"], list) else [body["text"]]
        translated = [
            {
                "detected_source_language": "EN",
                "text": self.server.answer(text),
                "billed_characters": len(text),
            }
            for text in texts
        ]
        self._send({"translations": translated})

    def _keep(self, body: dict[str, Any]) -> dict[str, Any]:
        made = {
            "glossary_id": f"g{len(self.server.glossaries)}",
            "name": body["name"],
            "ready": True,
            "source_lang": body["source_lang"],
            "target_lang": body["target_lang"],
            "creation_time": "2026-03-02T06:00:00.000000+00:00",
            "entry_count": len(str(body["entries"]).splitlines()),
        }
        self.server.glossaries.append(made)
        return made

    def _body(self) -> dict[str, Any]:
        raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if "json" in self.headers["Content-Type"]:
            body: dict[str, Any] = json.loads(raw)
            return body
        return {k: v if k == "text" else v[0] for k, v in parse_qs(raw).items()}

    def _refused(self) -> bool:
        if not self.server.statuses:
            return False
        self._send({"message": "refused"}, self.server.statuses.pop(0))
        return True

    def _send(self, body: object, status: int = 200) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test output quiet."""


@contextmanager
def running_deepl_server() -> Iterator[DeepLServer]:
    """Serve on a free port of 127.0.0.1."""
    with DeepLServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
