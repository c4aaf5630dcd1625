"""A server on loopback that speaks OpenAI's chat completions, with faults on request."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[list[dict[str, Any]]], object]


def translate_all(items: list[dict[str, Any]]) -> object:
    """Return the translation that was asked for: 訳： before each text."""
    return {"translations": [{"id": i["id"], "text": f"訳：{i['text']}"} for i in items]}


class ChatServer(ThreadingHTTPServer):
    """Answers POST /v1/chat/completions.

    answer: what stands in the message, given the sentences; a str is sent as it is.
    statuses: statuses to send first, one a request, before answering.
    knows_schema: whether json_schema is understood. delay: seconds before each answer.
    models: the names at GET /v1/models. usage: the tokens that each answer says it took.
    most_at_once: how many requests were being answered at the same time, at most.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer: Answer = translate_all
        self.statuses: list[int] = []
        self.knows_schema = True
        self.delay = 0.0
        self.models = ["small"]
        self.usage: dict[str, int] | None = {
            "prompt_tokens": 100,
            "completion_tokens": 50,
            "total_tokens": 150,
        }
        self.requests: list[dict[str, Any]] = []
        self.sentences: list[str] = []
        self.most_at_once = 0
        self.busy = 0
        self.lock = threading.Lock()

    @property
    def base_url(self) -> str:
        """The address for OPENAI_BASE_URL."""
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    """Handles one request."""

    server: ChatServer

    def do_GET(self) -> None:
        """List the models."""
        if self.server.statuses:
            self._send(self.server.statuses.pop(0), {"error": {"message": "not now"}})
            return
        models = [{"id": name, "object": "model", "created": 0} for name in self.server.models]
        self._send(200, {"object": "list", "data": models})

    def do_POST(self) -> None:
        """Answer a completion."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(body)
        if self.server.statuses:
            self._send(self.server.statuses.pop(0), {"error": {"message": "not now"}})
            return
        wanted = body.get("response_format", {}).get("type")
        if not self.server.knows_schema and wanted == "json_schema":
            self._send(400, {"error": {"message": "unknown response_format"}})
            return
        with self.server.lock:
            self.server.busy += 1
            self.server.most_at_once = max(self.server.most_at_once, self.server.busy)
        time.sleep(self.server.delay)
        asked = body["messages"][-1]["content"]
        # Who asks for no format asks for a summary of plain text.
        items = json.loads(asked)["sentences"] if "response_format" in body else [{"text": asked}]
        self.server.sentences += [item["text"] for item in items]
        answer = self.server.answer(items)
        content = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
        message = {"role": "assistant", "content": content}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        with self.server.lock:
            self.server.busy -= 1
        self._send(
            200,
            {
                "id": "1",
                "object": "chat.completion",
                "created": 0,
                "model": body["model"],
                "choices": [choice],
                "usage": self.server.usage,
            },
        )

    def _send(self, status: int, body: object) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test output quiet."""


@contextmanager
def running_chat_server() -> Iterator[ChatServer]:
    """Serve on a free port of 127.0.0.1."""
    with ChatServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
