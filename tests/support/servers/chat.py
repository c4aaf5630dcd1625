"""A loopback server for OpenAI's chat completions API, with faults on request."""

import json
import threading
from collections.abc import Callable
from typing import Any

from tests.support.servers.base import Answer, LoopbackServer, Request, json_answer


def translate_all(items: list[dict[str, Any]]) -> object:
    """Return the requested translation: 訳： before each text."""
    return {"translations": [{"id": i["id"], "text": f"訳：{i['text']}"} for i in items]}


class ChatServer(LoopbackServer):
    """Answers POST /v1/chat/completions and GET /v1/models.

    answer: what stands in the message, given the sentences; a str is sent as it is.
    knows_schema: whether json_schema is understood. models: the names at GET /v1/models.
    usage: the tokens that each answer says it took. sentences: the texts of all requests.
    most_at_once: how many requests were being answered at the same time, at most.
    """

    root = "/v1"

    def __init__(self) -> None:
        super().__init__()
        self.answer: Callable[[list[dict[str, Any]]], object] = translate_all
        self.knows_schema = True
        self.models = ["small"]
        self.usage: dict[str, int] | None = {
            "prompt_tokens": 100,
            "completion_tokens": 50,
            "total_tokens": 150,
        }
        self.sentences: list[str] = []
        self.most_at_once = 0
        self._busy = 0
        self._lock = threading.Lock()

    @property
    def requests(self) -> list[dict[str, Any]]:
        """The bodies that were posted."""
        return [request.json for request in self.seen if request.method == "POST"]

    def respond(self, request: Request) -> Answer:
        """List the models, or answer a completion."""
        if request.method == "GET":
            models = [{"id": name, "object": "model", "created": 0} for name in self.models]
            return json_answer({"object": "list", "data": models})
        body = request.json
        wanted = body.get("response_format", {}).get("type")
        if not self.knows_schema and wanted == "json_schema":
            return json_answer({"error": {"message": "unknown response_format"}}, 400)
        asked = body["messages"][-1]["content"]
        # A request without a format asks for a plain-text summary.
        items = json.loads(asked)["sentences"] if "response_format" in body else [{"text": asked}]
        self.sentences += [item["text"] for item in items]
        answer = self.answer(items)
        content = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
        message = {"role": "assistant", "content": content}
        return json_answer(
            {
                "id": "1",
                "object": "chat.completion",
                "created": 0,
                "model": body["model"],
                "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
                "usage": self.usage,
            }
        )

    def answer_to(self, request: Request) -> Answer:
        """Count simultaneous requests."""
        with self._lock:
            self._busy += 1
            self.most_at_once = max(self.most_at_once, self._busy)
        try:
            return super().answer_to(request)
        finally:
            with self._lock:
                self._busy -= 1
