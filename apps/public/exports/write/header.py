"""The header of the files of an export: site, notices, licences."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from apps.public.exports import FORMAT, FORMAT_VERSION
from apps.public.models import NoticeKey
from apps.public.site.notices import notices_in_all_languages
from apps.public.site.page_urls import absolute

_KEYS = (NoticeKey.DISCLAIMER, NoticeKey.MACHINE)


def site_description() -> dict[str, str]:
    """Return the name and URL of the site, and the URL pattern of its papers."""
    with override(settings.LANGUAGE_CODE):
        # Readers of the file fill in the identifier.
        pages = absolute(reverse("pages:paper", args=["ARXIV_ID"]))
    return {
        "name": settings.SITE_NAME,
        "url": settings.SITE_URL.rstrip("/"),
        "paper_page": pages.replace("ARXIV_ID", "{arxiv_id}"),
    }


def notices_in_force() -> list[dict[str, Any]]:
    """Return the disclaimer and the notice about machine translations, in every language."""
    return [
        {
            "key": notice.key,
            "language": notice.language,
            "version": notice.version,
            "text": notice.text,
        }
        for notice in notices_in_all_languages(_KEYS)
    ]


def about_part(kind: str, detail: dict[str, Any]) -> dict[str, Any]:
    """Return the first line of a JSONL file, without a time: equal rows give equal files."""
    return {
        "record": "about",
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "part": kind,
        "site": site_description(),
        "licences": detail["licences"],
        "notices": notices_in_force(),
    }


def plain_about(kind: str, detail: dict[str, Any]) -> dict[str, str]:
    """Return `about_part` as the metadata of a Parquet file."""
    about = about_part(kind, detail)
    return {"papersite": json.dumps(about, ensure_ascii=False, sort_keys=True)}


def notes() -> list[str]:
    """Return the texts of the notices, for TMX and TBX."""
    return [notice["text"] for notice in notices_in_force()]
