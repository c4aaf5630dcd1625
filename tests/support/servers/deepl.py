"""A loopback server for the part of DeepL's API that papersite uses."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from tests.support.servers.base import Answer, LoopbackServer, Request, json_answer


class DeepLServer(LoopbackServer):
    """Answers /v2/translate and /v2/usage.

    answer: what becomes of a text. requests: what was asked of /v2/translate.
    """

    def __init__(self) -> None:
        super().__init__()
        self.answer: Callable[[str], str] = lambda text: f"訳：{text}"
        self.used = 10
        self.requests: list[dict[str, Any]] = []

    def respond(self, request: Request) -> Answer:
        """Return the usage or translate."""
        if request.path.startswith("/v2/usage"):
            return json_answer({"character_count": self.used, "character_limit": 1000})
        body = _fields(request)
        self.requests.append(body)
        texts = body["text"] if isinstance(body["text"], list) else [body["text"]]
        translated = [
            {
                "detected_source_language": "EN",
                "text": self.answer(text),
                "billed_characters": len(text),
            }
            for text in texts
        ]
        return json_answer({"translations": translated})


def _fields(request: Request) -> dict[str, Any]:
    """Return what was posted, as JSON or as a form."""
    if "json" in request.headers["Content-Type"]:
        fields: dict[str, Any] = request.json
        return fields
    form = parse_qs(request.body.decode())
    return {name: values if name == "text" else values[0] for name, values in form.items()}
