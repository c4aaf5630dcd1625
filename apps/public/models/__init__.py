from apps.public.models.notices import (
    ExportKind,
    ExportPart,
    ExportRun,
    ExportStatus,
    Notice,
    NoticeKey,
    PublicRecord,
)

__all__ = [
    "ExportKind",
    "ExportPart",
    "ExportRun",
    "ExportStatus",
    "Notice",
    "NoticeKey",
    "PublicRecord",
]
