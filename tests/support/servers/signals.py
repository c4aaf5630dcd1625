"""A loopback server for the parts of OpenAlex and Semantic Scholar that papersite uses."""

from typing import Any

from tests.support.servers.base import Answer, LoopbackServer, Request, json_answer


class SignalsServer(LoopbackServer):
    """counts: citations by identifier of the known papers.

    body: answered in place of the right one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.counts: dict[str, int] = {}
        self.body: bytes | None = None

    def respond(self, request: Request) -> Answer:
        """Answer as the service with the requested path."""
        if self.body is not None:
            return Answer(self.body, headers={"Content-Type": "application/json"})
        if request.path == "/works":
            return json_answer(self._openalex(request.parameters))
        if request.path == "/graph/v1/paper/batch":
            return json_answer(self._semantic_scholar(request.json["ids"]))
        return json_answer({"error": "no such place"}, 404)

    def _openalex(self, parameters: dict[str, str]) -> Any:
        """The works of a filter such as doi:a|b, in another order, without the unknown."""
        wanted = parameters["filter"].removeprefix("doi:").split("|")
        known = {f"10.48550/arxiv.{arxiv_id}".lower(): n for arxiv_id, n in self.counts.items()}
        works = [
            {"doi": f"https://doi.org/{doi}", "cited_by_count": known[doi]}
            for doi in sorted(wanted, reverse=True)
            if doi in known
        ]
        meta = {"count": len(works), "page": 1, "per_page": int(parameters["per_page"])}
        return {"meta": meta, "results": works, "group_by": []}

    def _semantic_scholar(self, ids: list[str]) -> Any:
        """One entry for each identifier, in order; null for a paper that it does not know."""
        names = [name.removeprefix("ARXIV:") for name in ids]
        return [
            {"paperId": f"{place:040x}", "citationCount": self.counts[name]}
            if name in self.counts
            else None
            for place, name in enumerate(names)
        ]
