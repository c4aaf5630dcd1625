"""Which translation engines exist and in which order they are tried, from the environment.

Engines are named and configured the way Django configures CACHES. `TRANSLATION_CHAINS` is read
from the top; the first entry that fits the language pair and the primary category wins.
"""

from typing import Any

import environ


def engines_from(env: environ.Env) -> dict[str, dict[str, Any]]:
    """Return the engines that the environment configures, by name.

    The translation memory is always there. An OpenAI-compatible server is there when
    OPENAI_BASE_URL and OPENAI_MODEL are set.
    """
    engines: dict[str, dict[str, Any]] = {
        "memory": {"BACKEND": "apps.translation.engines.memory.MemoryEngine", "OPTIONS": {}},
    }
    base_url = env.str("OPENAI_BASE_URL", default="")
    model = env.str("OPENAI_MODEL", default="")
    if base_url and model:
        engines["openai"] = {
            "BACKEND": "apps.translation.engines.openai.OpenAIEngine",
            "OPTIONS": {
                "base_url": base_url,
                "model": model,
                "api_key": env.str("OPENAI_API_KEY", default=""),
                "timeout": env.float("OPENAI_TIMEOUT", default=60.0),
                "batch_size": env.int("OPENAI_BATCH", default=8),
            },
        }
    return engines


def chains_from(env: environ.Env) -> list[dict[str, Any]]:
    """Return the chains: every language pair and category tries each configured engine in turn."""
    return [{"languages": "*", "categories": "*", "engines": list(engines_from(env))}]
