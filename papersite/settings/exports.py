"""Settings of the exports: where they are kept, how often they are made, what may be passed on."""

import json
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

__all__ = [
    "ENGINE_LICENCES",
    "EXPORTS_FULL_DAYS",
    "EXPORTS_KEEP",
    "UNSHARED_LICENCES",
    "exports_storage",
]

env = environ.Env()


def licences_from(pairs: list[str]) -> dict[str, str]:
    """Return the licence of what each engine wrote, from items such as "bergamot=CC-BY-SA-4.0".

    An engine may be followed by a colon and a model. Raises ImproperlyConfigured for an item that
    says no licence.
    """
    found = {}
    for pair in pairs:
        name, _, licence = (part.strip() for part in pair.partition("="))
        if not name or not licence:
            raise ImproperlyConfigured(
                f"ENGINE_LICENCES has {pair!r}. Write engine=LICENCE or engine:model=LICENCE with "
                "an SPDX identifier, and an address behind it where SPDX has none; engine=no for "
                "what may not be passed on."
            )
        found[name] = licence
    return found


def exports_storage(default: Path) -> dict[str, Any]:
    """Return the entry of STORAGES for exports: a folder, or what EXPORTS_STORAGE names.

    Raises ImproperlyConfigured when EXPORTS_STORAGE_OPTIONS is not valid JSON object.
    """
    backend = env.str("EXPORTS_STORAGE", default="")
    if not backend:
        folder = env.str("EXPORTS_DIR", default=str(default))
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder},
        }
    written = env.str("EXPORTS_STORAGE_OPTIONS", default="{}")
    try:
        options = json.loads(written)
    except ValueError as error:
        raise ImproperlyConfigured(f"EXPORTS_STORAGE_OPTIONS is not JSON: {error}.") from error
    if not isinstance(options, dict):
        raise ImproperlyConfigured('EXPORTS_STORAGE_OPTIONS must be an object: {"bucket": "..."}.')
    return {"BACKEND": backend, "OPTIONS": options}


# After how many days a full export is made again; an increment on the days between. 0: only when
# somebody asks for one.
EXPORTS_FULL_DAYS = env.int("EXPORTS_FULL_DAYS", default=7)
# How many full exports are kept, each with the increments that follow it.
EXPORTS_KEEP = env.int("EXPORTS_KEEP", default=2)
# Under which licence the text of an engine is, where its model or its terms impose one:
# "bergamot=CC-BY-SA-4.0,openai:qwen2.5:7b=Apache-2.0,deepl=no". "no": it is not exported.
ENGINE_LICENCES = {
    "bergamot": "CC-BY-SA-4.0",
    "deepl": "no",
} | licences_from(env.list("ENGINE_LICENCES", default=[]))
# Entries of memory and glossary that came under one of these licences are not exported, nor
# translations with a sentence from such an entry.
UNSHARED_LICENCES = env.list(
    "UNSHARED_LICENCES",
    default=["proprietary", "confidential", "internal", "all rights reserved"],
)
