"""Settings of the exports: where they are kept, and what may be passed on."""

import json
from pathlib import Path
from typing import Any

from papersite.settings.schema import Exports


def exports_storage(chosen: Exports, project: Path) -> dict[str, Any]:
    """Return the entry of STORAGES for exports: a folder, or what EXPORTS_STORAGE names."""
    if chosen.EXPORTS_STORAGE:
        options = json.loads(chosen.EXPORTS_STORAGE_OPTIONS)
        return {"BACKEND": chosen.EXPORTS_STORAGE, "OPTIONS": options}
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(project / chosen.EXPORTS_DIR)},
    }
