"""Examples of translations."""

from apps.public.api.reading.examples.making import API, SITE, answer, asked, page
from apps.public.api.reading.examples.notices import NOTICES
from apps.public.api.reading.examples.papers import ABSTRACT, MACHINE, PAPER, SEGMENT

TRANSLATION = {
    "arxiv_id": "2502.00042",
    "language": "ja",
    "language_name": "Japanese",
    "url": f"{SITE}/papers/2502.00042/",
    "api_url": f"{API}/papers/2502.00042/translations/ja/",
    "paper_url": f"{API}/papers/2502.00042/",
    "version": 1,
    "title": PAPER["title"],
    "summary": PAPER["summary"],
    "summary_origin": "extracted",
    "status": "published",
    "status_label": "Translated (not reviewed)",
    "badges": [MACHINE],
    "provenance": "This translation comes from machine translation (bergamot enja).",
    "origins": [
        {"origin": "machine", "engine": "bergamot", "engine_version": "enja@0f3c", "sentences": 3}
    ],
    "published_at": "2025-02-11T01:30:00Z",
    "updated_at": "2025-02-11T01:30:00Z",
}

MEMBERS = [
    asked("fields", ["language", "status", "origins"], "three members and no others"),
    asked("expand", ["segments"], "with every sentence"),
]
LIST = [answer(page([TRANSLATION], notices=NOTICES)), *MEMBERS]
ONE = [
    answer(
        {
            **TRANSLATION,
            "abstract": ABSTRACT["abstract"],
            "segments": [SEGMENT],
            "notices": NOTICES,
        }
    ),
    *MEMBERS,
]
