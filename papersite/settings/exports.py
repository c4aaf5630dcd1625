"""The storage of the exports."""

import json
from pathlib import Path
from typing import Any

from papersite.settings.schema import Exports


def exports_storage(chosen: Exports, project: Path) -> dict[str, Any]:
    """Return the entry of STORAGES for exports: EXPORTS_STORAGE, or a folder."""
    if chosen.EXPORTS_STORAGE:
        options = json.loads(chosen.EXPORTS_STORAGE_OPTIONS)
        return {"BACKEND": chosen.EXPORTS_STORAGE, "OPTIONS": options}
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(project / chosen.EXPORTS_DIR)},
    }
