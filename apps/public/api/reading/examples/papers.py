"""Examples of papers and their parts."""

from apps.public.api.reading.examples.making import API, PAGES, SITE, answer, asked, page
from apps.public.api.reading.examples.notices import NOTICES

MACHINE = {
    "code": "machine",
    "label": "machine translation, not reviewed",
    "meaning": "Translated by machine. A person has not checked it yet.",
}
PAPER = {
    "arxiv_id": "2502.00042",
    "url": f"{SITE}/papers/2502.00042/",
    "api_url": f"{API}/papers/2502.00042/",
    "arxiv_url": "https://arxiv.org/abs/2502.00042v1",
    "language": "ja",
    "title": "羊の数え方に関する研究",
    "original_title": "A study of counting sheep",
    "summary": "羊を数える方法を調べた。効果は大きい。",
    "authors": ["Ada Example", "Bert Example"],
    "primary_category": "cs.CL",
    "categories": ["cs.CL", "cs.LG"],
    "submitted_at": "2025-02-10T06:00:00Z",
    "updated_at": "2025-02-11T01:30:00Z",
    "status": "published",
    "status_label": "Translated (not reviewed)",
    "badges": [MACHINE],
    "score_value": 61.5,
}
RECORD = {
    "date": "Mon, 10 Feb 2025 06:00:00 GMT",
    "version": 1,
    "revised_at": "2025-02-10T06:00:00Z",
    "published_at": "2025-02-11T01:30:00Z",
    "withdrawn_at": None,
    "summary_origin": "extracted",
    "comments": "12 pages, 3 figures",
    "journal_ref": "",
    "doi": "",
}
ABSTRACT = {
    "original_abstract": "We study how to count sheep. The effect is large.",
    "abstract": "羊を数える方法を調べた。効果は大きい。",
}
SEGMENT = {
    "field": "title",
    "position": 0,
    "paragraph": 0,
    "source": "A study of counting sheep",
    "text": "羊の数え方に関する研究",
    "origin": "machine",
    "origin_label": "machine translation (bergamot enja)",
    "engine": "bergamot",
    "engine_version": "enja@0f3c",
    "translated_at": "2025-02-11T01:20:00Z",
    "approved_at": None,
    "credit": "",
}
SCORE = {
    "value": 61.5,
    "formula": 2,
    "formula_url": f"{SITE}/about/score/",
    "is_not": "It does not measure quality or correctness.",
    "scored_at": "2025-02-11T01:25:00Z",
    "rank": {
        "place": 3,
        "of": 41,
        "category": "cs.CL",
        "day": "2025-02-10",
        "ranked_at": "2025-02-11T02:00:00Z",
    },
    "components": [
        {
            "name": "activity",
            "label": "Activity of the authors",
            "meaning": "How many papers the authors had in the last year.",
            "weight": 30.0,
            "value": 0.5,
            "points": 15.0,
            "fact": {"papers": 4},
            "fact_label": "4 papers",
        }
    ],
    "history": [{"formula": 2, "value": 61.5, "scored_at": "2025-02-11T01:25:00Z"}],
}
SIGNAL = {"source": "openalex", "citations": 3, "asked_at": "2025-06-01T00:00:00Z"}
LICENCE = {
    "is_known": True,
    "code": "CC-BY-4.0",
    "label": "CC BY 4.0 (Attribution)",
    "url": "https://creativecommons.org/licenses/by/4.0/",
    "may_adapt": True,
}
VERSION = {"number": 1, "submitted_at": "2025-02-10T06:00:00Z", "size_kb": 412}
RELATED = {
    "arxiv_id": "2501.00007",
    "url": f"{SITE}/papers/2501.00007/",
    "api_url": f"{API}/papers/2501.00007/",
    "arxiv_url": "https://arxiv.org/abs/2501.00007v2",
    "title": "山羊の数え方",
    "original_title": "Counting goats",
    "summary": "山羊を数えた。",
    "status": "reviewed",
    "submitted_at": "2025-01-03T09:00:00Z",
    "similarity": 0.87,
    "shared_terms": [{"source": "counting", "target": "数え上げ"}],
    "is_pinned": False,
    "is_later": False,
    "score_value": 48.0,
}
DETAIL = {
    **PAPER,
    **RECORD,
    **ABSTRACT,
    "provenance": "This translation comes from machine translation (bergamot enja).",
    "segments": [SEGMENT],
    "score": SCORE,
    "outside_signals": [SIGNAL],
    "licence": LICENCE,
    "versions": [VERSION],
    "related": [RELATED],
    "notices": NOTICES,
}

MEMBERS = [
    asked("fields", ["arxiv_id", "title", "badges"], "three members and no others"),
    asked("expand", ["abstract", "score"], "abstracts and scores as well"),
]
LIST = [
    answer(page([PAPER], notices=NOTICES)),
    *PAGES,
    *MEMBERS,
    asked("category", "cs.CL", "one category"),
    asked("primary_category", "math.ST", "as the primary category only"),
    asked("field", "physics", "a group of archives"),
    asked("day", "2025-02-10", "one day"),
    asked("from", "2025-02", "from February 2025"),
    asked("until", "2025-02-10", "until a day"),
    asked("updated_since", "2025-02-11T00:00:00Z", "what changed since"),
    asked("status", "reviewed", "by status"),
    asked("reviewed", "1", "reviewed ones"),
    asked("author", "Ada Example", "a name"),
    asked("ids", ["2502.00042", "hep-th/9901001"], "two papers by name"),
    asked("withdrawn", "include", "withdrawn papers too"),
    asked("ordering", "updated_at", "the first changed first, to keep a copy"),
]
ONE = [
    answer(DETAIL),
    *PAGES[:1],
    asked("fields", ["title", "segments"], "the sentences only"),
    asked("expand", ["score"], "the score beside these"),
]
VERSIONS = [
    answer(
        page(
            [
                {
                    **VERSION,
                    "title": "A study of counting sheep",
                    "abstract": ABSTRACT["original_abstract"],
                    "is_latest": True,
                    "is_translated": True,
                    "url": f"{SITE}/papers/2502.00042v1/",
                    "arxiv_url": "https://arxiv.org/abs/2502.00042v1",
                }
            ]
        )
    ),
    *PAGES[:1],
]
SUMMARY = [
    answer(
        {
            "arxiv_id": "2502.00042",
            "language": "ja",
            "summary": PAPER["summary"],
            "origin": "extracted",
            "origin_label": "sentences picked from the translation",
            "positions": [0, 1],
            "engine": "",
            "status": "published",
            "badges": [MACHINE],
            "notices": NOTICES,
        }
    ),
    *PAGES[:1],
]
SCORE_OF_PAPER = [
    answer({**SCORE, "arxiv_id": "2502.00042", "outside_signals": [SIGNAL], "notices": NOTICES}),
    *PAGES[:1],
]
RELATED_PAPERS = [answer(page([RELATED], notices=NOTICES)), *PAGES[:1]]
