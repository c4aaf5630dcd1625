"""A loopback server for the part of DeepL's API that papersite uses."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from tests.support.servers.base import Answer, LoopbackServer, Request, json_answer


class DeepLServer(LoopbackServer):
    """Answers /v2/translate, /v2/usage and /v2/glossaries.

    answer: what becomes of a text. requests: what was asked of /v2/translate.
    """

    def __init__(self) -> None:
        super().__init__()
        self.answer: Callable[[str], str] = lambda text: f"訳：{text}"
        self.used = 10
        self.requests: list[dict[str, Any]] = []
        self.glossaries: list[dict[str, Any]] = []

    def respond(self, request: Request) -> Answer:
        """Return the usage, list or store glossaries, or translate."""
        if request.path.startswith("/v2/usage"):
            return json_answer({"character_count": self.used, "character_limit": 1000})
        if request.method == "GET":
            return json_answer({"glossaries": self.glossaries})
        body = _fields(request)
        if request.path.startswith("/v2/glossaries"):
            return json_answer(self._keep(body))
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

    def _keep(self, body: dict[str, Any]) -> dict[str, Any]:
        made = {
            "glossary_id": f"g{len(self.glossaries)}",
            "name": body["name"],
            "ready": True,
            "source_lang": body["source_lang"],
            "target_lang": body["target_lang"],
            "creation_time": "2026-03-02T06:00:00.000000+00:00",
            "entry_count": len(str(body["entries"]).splitlines()),
        }
        self.glossaries.append(made)
        return made


def _fields(request: Request) -> dict[str, Any]:
    """Return what was posted, as JSON or as a form."""
    if "json" in request.headers["Content-Type"]:
        fields: dict[str, Any] = request.json
        return fields
    form = parse_qs(request.body.decode())
    return {name: values if name == "text" else values[0] for name, values in form.items()}
