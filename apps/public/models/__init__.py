"""The tables of the public site."""

from apps.public.models.exports import (
    MOST_ATTEMPTS,
    ExportKind,
    ExportPart,
    ExportRun,
    ExportStatus,
)
from apps.public.models.notices import Notice, NoticeKey
from apps.public.models.records import LONGEST_SET, PublicRecord

__all__ = [
    "LONGEST_SET",
    "MOST_ATTEMPTS",
    "ExportKind",
    "ExportPart",
    "ExportRun",
    "ExportStatus",
    "Notice",
    "NoticeKey",
    "PublicRecord",
]
