"""Examples of search, trends and the glossary."""

from apps.public.api.reading.examples.making import API, LANGUAGE, PAGES, SITE, answer, asked, page
from apps.public.api.reading.examples.notices import NOTICES
from apps.public.api.reading.examples.papers import MEMBERS, PAPER

SEARCH = [
    answer(
        {
            "next": None,
            "results": [
                {
                    "paper": PAPER,
                    "by_meaning": False,
                    "sentence": {"text": "羊を数える方法を調べた。", "source": "We count sheep."},
                }
            ],
            "paper": None,
            "total": 1,
            "total_is_at_least": False,
            "also_searched": ["羊"],
            "corrections": [],
            "marks": ["sheep", "羊"],
            "facets": {
                "categories": [{"category": "cs.CL", "papers": 1}],
                "years": [{"year": 2025, "papers": 1}],
                "reviewed": 0,
            },
            "notices": NOTICES,
        }
    ),
    *PAGES[:2],
    *MEMBERS,
    asked("q", "counting sheep", "words"),
    asked("category", "cs.CL", "in one category"),
    asked("field", "cs", "in a group of archives"),
    asked("from", "2025", "since a year"),
    asked("until", "2025-02", "until a month"),
    asked("reviewed", "1", "reviewed ones"),
    asked("sort", "newest", "newest first"),
]

WEEKS = {"first": "2025-01-06", "last": "2025-03-02", "papers": 1000}
TRENDS = [
    answer(
        {
            "category": "cs.CL",
            "week": "2025-W09",
            "last": WEEKS,
            "before": {"first": "2024-01-08", "last": "2025-01-05", "papers": 5200},
            "weekly_papers": [100, 125],
            "statistic": 1,
            "computed_at": "2025-03-03T00:10:00Z",
            "previous": f"{API}/trends/?category=cs.CL&week=2025-W08",
            "next": None,
            "results": [
                {
                    "rank": 1,
                    "term": "counting sheep",
                    "label": "counting sheep",
                    "translation": "羊の数え上げ",
                    "papers": 16,
                    "share": 0.016,
                    "share_before": 0.0002,
                    "growth": 2.0,
                    "evidence": 30.0,
                    "weekly": [0, 16],
                    "search_url": f"{SITE}/search/?q=%22counting+sheep%22",
                    "examples": [
                        {
                            "arxiv_id": "2502.00042",
                            "title": PAPER["title"],
                            "status": "published",
                            "url": PAPER["url"],
                            "api_url": PAPER["api_url"],
                        }
                    ],
                }
            ],
            "notices": NOTICES,
        }
    ),
    LANGUAGE,
    asked("category", "cs.CL", "of one category"),
    asked("week", "2025-W09", "of one week"),
]

GLOSSARY = [
    answer(
        page(
            [
                {
                    "id": 7,
                    "source_language": "en",
                    "language": "ja",
                    "source": "counting",
                    "target": "数え上げ",
                    "scope": "",
                    "part_of_speech": "noun",
                    "forbidden": ["計数"],
                    "case_rule": "any",
                    "note": "",
                    "origin": "glossary_en_ja.csv",
                    "licence": "CC0-1.0",
                    "updated_at": "2025-01-06T00:00:00Z",
                }
            ]
        )
    ),
    *PAGES,
    asked("q", "count", "terms with these letters"),
    asked("scope", "cs.*", "of one scope"),
    asked("source_language", "en", "English terms"),
]
