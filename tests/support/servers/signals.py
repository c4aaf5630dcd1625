"""A server on loopback that speaks what papersite asks OpenAlex and Semantic Scholar for."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class SignalsServer:
    """url: where it listens. counts: citations by identifier of the papers that it knows.

    refusals: (status, headers) to answer first, one a request. body: answered in place of the
    right one. asked: what came: method, path, parameters, headers, JSON.
    """

    url: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    refusals: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    body: bytes | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)


def openalex(server: SignalsServer, parameters: dict[str, str]) -> Any:
    """The works of a filter such as doi:a|b, in an order of its own; the unknown are missing."""
    wanted = parameters["filter"].removeprefix("doi:").split("|")
    known = {f"10.48550/arxiv.{arxiv_id}".lower(): n for arxiv_id, n in server.counts.items()}
    works = [
        {"doi": f"https://doi.org/{doi}", "cited_by_count": known[doi]}
        for doi in sorted(wanted, reverse=True)
        if doi in known
    ]
    meta = {"count": len(works), "page": 1, "per_page": int(parameters["per_page"])}
    return {"meta": meta, "results": works, "group_by": []}


def semantic_scholar(server: SignalsServer, ids: list[str]) -> Any:
    """One entry for each identifier, in order; null for a paper that it does not know."""
    names = [name.removeprefix("ARXIV:") for name in ids]
    return [
        {"paperId": f"{place:040x}", "citationCount": server.counts[name]}
        if name in server.counts
        else None
        for place, name in enumerate(names)
    ]


@contextmanager
def running_signals_server() -> Iterator[SignalsServer]:
    """Serve on a free port of 127.0.0.1."""
    state = SignalsServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _answer(self, sent: Any) -> None:
            parts = urlsplit(self.path)
            parameters = {name: values[0] for name, values in parse_qs(parts.query).items()}
            state.asked.append(
                {
                    "method": self.command,
                    "path": parts.path,
                    "parameters": parameters,
                    "headers": dict(self.headers),
                    "json": sent,
                }
            )
            if state.refusals:
                status, headers = state.refusals.pop(0)
                self._send(status, b'{"error": "not now"}', headers)
                return
            if state.body is not None:
                self._send(200, state.body, {})
                return
            if parts.path == "/works":
                answer = openalex(state, parameters)
            elif parts.path == "/graph/v1/paper/batch":
                answer = semantic_scholar(state, sent["ids"])
            else:
                self._send(404, b'{"error": "no such place"}', {})
                return
            self._send(200, json.dumps(answer).encode(), {})

        def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        state.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()
