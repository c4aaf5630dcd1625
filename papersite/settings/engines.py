"""Which translation engines exist and in which order they are tried, from the environment.

Engines are named and configured the way Django configures CACHES. `TRANSLATION_CHAINS` is read
from the top; the first entry that fits the language pair and the primary category wins. Without
a word of configuration there are the memory and bergamot, which needs no service.
"""

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import environ

BACKENDS = {
    "memory": "apps.translation.engines.memory.MemoryEngine",
    "bergamot": "apps.translation.engines.bergamot.BergamotEngine",
    "ctranslate2": "apps.translation.engines.ctranslate2.CTranslate2Engine",
    "deepl": "apps.translation.engines.deepl.DeepLEngine",
    "openai": "apps.translation.engines.openai.OpenAIEngine",
}


def engines_from(env: environ.Env) -> dict[str, dict[str, Any]]:
    """Return the engines that the environment configures, by name, in the order of a chain.

    The memory is always first. Then come those that someone set up: OPENAI_BASE_URL and
    OPENAI_MODEL, DEEPL_AUTH_KEY, CTRANSLATE2_MODEL. Last is bergamot, unless BERGAMOT is off.
    """
    options: dict[str, dict[str, Any]] = {"memory": {}}
    if env.str("OPENAI_BASE_URL", default="") and env.str("OPENAI_MODEL", default=""):
        options["openai"] = {
            "base_url": env.str("OPENAI_BASE_URL"),
            "model": env.str("OPENAI_MODEL"),
            "api_key": env.str("OPENAI_API_KEY", default=""),
            "timeout": env.float("OPENAI_TIMEOUT", default=60.0),
            "batch_size": env.int("OPENAI_BATCH", default=8),
            "concurrency": env.int("OPENAI_CONCURRENCY", default=4),
            "requests_per_minute": env.float("OPENAI_REQUESTS_PER_MINUTE", default=0.0),
            "document_characters": env.int("OPENAI_DOCUMENT_CHARACTERS", default=6000),
        }
    if env.str("DEEPL_AUTH_KEY", default=""):
        options["deepl"] = {
            "auth_key": env.str("DEEPL_AUTH_KEY"),
            "server_url": env.str("DEEPL_SERVER_URL", default=""),
            "glossary": env.str("DEEPL_GLOSSARY", default=""),
        }
    if env.str("CTRANSLATE2_MODEL", default=""):
        options["ctranslate2"] = {
            "model": env.str("CTRANSLATE2_MODEL"),
            "languages": env.str("CTRANSLATE2_LANGUAGES", default="en-ja"),
            "device": env.str("CTRANSLATE2_DEVICE", default="cpu"),
            "inter_threads": env.int("CTRANSLATE2_INTER_THREADS", default=1),
            "intra_threads": env.int("CTRANSLATE2_INTRA_THREADS", default=0),
            "beam_size": env.int("CTRANSLATE2_BEAM", default=4),
            "source_prefix": env.str("CTRANSLATE2_SOURCE_PREFIX", default=""),
        }
    if env.bool("BERGAMOT", default=True):
        options["bergamot"] = {
            "models": env.str("BERGAMOT_MODELS", default="") or str(default_models()),
            "languages": env.str("BERGAMOT_LANGUAGES", default="en-ja"),
            "fetch": env.bool("BERGAMOT_FETCH", default=True),
            "threads": env.int("BERGAMOT_THREADS", default=1),
        } | _mirror(env)
    return {name: {"BACKEND": BACKENDS[name], "OPTIONS": given} for name, given in options.items()}


def _mirror(env: environ.Env) -> dict[str, str]:
    """Return where to fetch models from, where that is not the publisher."""
    places = {
        "records_url": env.str("BERGAMOT_RECORDS_URL", default=""),
        "attachments_url": env.str("BERGAMOT_ATTACHMENTS_URL", default=""),
    }
    return {name: url for name, url in places.items() if url}


def default_models() -> Path:
    """Return where bergamot's models are kept: a folder of the user's cache."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "papersite" / "bergamot"


def chains_from(env: environ.Env) -> list[dict[str, Any]]:
    """Return the chains: every language pair and category tries each configured engine in turn.

    TRANSLATION_CHAIN ("memory,bergamot") names the engines and their order.
    """
    there = list(engines_from(env))
    chosen = env.list("TRANSLATION_CHAIN", default=there)
    return [{"languages": "*", "categories": "*", "engines": chosen}]


def examples_from(env: environ.Env) -> int:
    """Return how many like sentences of the memory each sentence is sent with.

    TRANSLATION_EXAMPLES; without it two where a language model translates, which learns from them.
    """
    return env.int("TRANSLATION_EXAMPLES", default=2 if "openai" in engines_from(env) else 0)


def prices_from(env: environ.Env) -> dict[str, tuple[Decimal, Decimal]]:
    """Return what a million tokens sent and received cost, by engine: OPENAI_PRICE_IN, _OUT."""
    sent, received = (
        env.str("OPENAI_PRICE_IN", default="0"),
        env.str("OPENAI_PRICE_OUT", default="0"),
    )
    return {"openai": (Decimal(sent), Decimal(received))}


def summariser_from(env: environ.Env) -> dict[str, Any]:
    """Return the summariser: a language model where SUMMARISER_MODEL names one, else none."""
    model = env.str("SUMMARISER_MODEL", default="")
    base_url = env.str("OPENAI_BASE_URL", default="")
    if not (model and base_url):
        return {}
    return {
        "BACKEND": "apps.translation.summarisers.openai.OpenAISummariser",
        "OPTIONS": {
            "base_url": base_url,
            "model": model,
            "api_key": env.str("OPENAI_API_KEY", default=""),
            "timeout": env.float("OPENAI_TIMEOUT", default=60.0),
        },
    }
