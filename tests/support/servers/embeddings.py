"""A loopback server for OpenAI's embeddings API, with faults on request."""

import zlib
from collections.abc import Callable
from typing import Any

import numpy as np

from tests.support.servers.base import Answer, LoopbackServer, Request, json_answer

SIZE = 384


def bag_of_words(text: str, size: int = SIZE) -> list[float]:
    """Return a vector; texts that share words have similar vectors."""
    vector = np.full(size, 0.01)
    for word in text.lower().replace(".", " ").split():
        vector[zlib.crc32(word.encode()) % size] += 1.0
    return [float(number) for number in vector]


class EmbeddingsServer(LoopbackServer):
    """Answers POST /v1/embeddings.

    own_size: numbers in its vectors, unless a request wants fewer and `can_shorten`. longest: words
    of a text it takes. too_long: the status for longer ones, and what it says. change: what becomes
    of the list of vectors before it is sent; a str is sent as it is.
    """

    root = "/v1"

    def __init__(self) -> None:
        super().__init__()
        self.own_size = SIZE
        self.can_shorten = True
        self.longest = 1_000_000
        self.too_long = 400, "maximum context length exceeded"
        self.change: Callable[[list[dict[str, Any]]], Any] = lambda data: data

    @property
    def requests(self) -> list[dict[str, Any]]:
        """The bodies that were posted."""
        return [request.json for request in self.seen]

    @property
    def texts(self) -> list[list[str]]:
        """The texts of each request."""
        return [request["input"] for request in self.requests]

    def answer_to(self, request: Request) -> Answer:
        """Let clients retry at once."""
        answer = super().answer_to(request)
        answer.headers["Retry-After"] = "0"
        return answer

    def respond(self, request: Request) -> Answer:
        """Answer with one vector for each text."""
        body = request.json
        if "dimensions" in body and not self.can_shorten:
            return json_answer({"error": {"message": "no matryoshka"}}, 400)
        size = body.get("dimensions", self.own_size)
        if any(len(text.split()) > self.longest for text in body["input"]):
            status, message = self.too_long
            return json_answer({"error": {"message": message}}, status)
        changed = self.change(
            [
                {"object": "embedding", "index": place, "embedding": bag_of_words(text, size)}
                for place, text in enumerate(body["input"])
            ]
        )
        if isinstance(changed, str):
            return Answer(changed.encode(), headers={"Content-Type": "application/json"})
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        return json_answer(
            {"object": "list", "data": changed, "model": body["model"], "usage": usage}
        )
