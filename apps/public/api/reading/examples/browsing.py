"""Examples of categories, days, authors and the entry point."""

from apps.public.api.reading.examples.making import API, LANGUAGE, PAGES, SITE, answer, asked, page
from apps.public.api.reading.examples.notices import NOTICES
from apps.public.api.reading.examples.papers import MEMBERS, PAPER

CATEGORY = {
    "code": "cs.CL",
    "name_ja": "計算と言語",
    "name_en": "Computation and Language",
    "group_ja": "計算機科学",
    "group_en": "Computer Science",
    "latest_day": "2025-02-10",
    "archive": "cs",
    "field": "cs",
    "is_current": True,
    "url": f"{SITE}/categories/cs.CL/",
    "api_url": f"{API}/categories/cs.CL/",
    "papers_url": f"{API}/papers/?category=cs.CL",
    "days_url": f"{API}/days/?category=cs.CL",
}
# The schema puts it into a list by itself.
CATEGORIES = [answer(CATEGORY), LANGUAGE]
ONE_CATEGORY = [answer(CATEGORY), LANGUAGE]

DAY = {"day": "2025-02-10", "papers": 41, "url": f"{API}/papers/?day=2025-02-10"}
DAYS = [answer(page([DAY])), *PAGES, asked("category", "cs.CL", "of one category")]
ONE_DAY = [
    answer(
        {
            **DAY,
            "page_url": f"{SITE}/days/2025-02-10/",
            "previous": "2025-02-07",
            "following": None,
            "categories": [
                {
                    "category": "cs.CL",
                    "papers": 12,
                    "url": f"{API}/papers/?day=2025-02-10&category=cs.CL",
                }
            ],
        }
    ),
    LANGUAGE,
]

AUTHORS = [
    answer(
        page(
            [
                {
                    "key": "ada-example",
                    "name": "Ada Example",
                    "latest_submitted_at": "2025-02-10T06:00:00Z",
                    "url": f"{SITE}/authors/ada-example/",
                    "api_url": f"{API}/authors/ada-example/",
                }
            ]
        )
    ),
    *PAGES,
    asked("q", "Ada Ex", "names with this beginning"),
]
ONE_AUTHOR = [
    answer(
        {
            "next": None,
            "results": [PAPER],
            "key": "ada-example",
            "name": "Ada Example",
            "spellings": ["Ada Example"],
            "coauthors": [
                {
                    "key": "bert-example",
                    "name": "Bert Example",
                    "papers": 1,
                    "api_url": f"{API}/authors/bert-example/",
                }
            ],
            "url": f"{SITE}/authors/ada-example/",
            "notices": NOTICES,
        }
    ),
    *PAGES,
    *MEMBERS,
]

SERVICE = [
    answer(
        {
            "name": "papersite",
            "version": "1",
            "site_url": SITE,
            "documentation_url": f"{API}/docs/",
            "schema_url": f"{API}/schema/",
            "resources": {
                "papers": f"{API}/papers/",
                "search": f"{API}/search/",
                "categories": f"{API}/categories/",
                "authors": f"{API}/authors/",
                "days": f"{API}/days/",
                "trends": f"{API}/trends/",
                "glossary": f"{API}/glossary/",
                "notices": f"{API}/notices/",
                "paper": f"{API}/papers/{{arxiv_id}}/",
                "exports": f"{SITE}/exports/index.json",
                "oai_pmh": f"{SITE}/oai",
            },
            "source_language": "en",
            "languages": [
                {
                    "code": "ja",
                    "name": "Japanese",
                    "is_default": True,
                    "papers_url": f"{API}/papers/",
                }
            ],
            "interface_languages": ["ja", "en"],
            "licences": [
                {
                    "part": "metadata",
                    "licence": "CC0 1.0",
                    "url": "https://creativecommons.org/publicdomain/zero/1.0/",
                    "note": "Titles, abstracts and all other metadata come from arXiv.",
                }
            ],
            "licences_url": f"{SITE}/licences/",
            "engines": [
                {
                    "name": "bergamot",
                    "meaning": "Mozilla's translation engine for Firefox.",
                    "model": "Firefox Translations",
                    "licence": "Models: CC BY-SA 4.0. Software: MPL 2.0.",
                }
            ],
            "limits": {
                "largest_page": 100,
                "identifiers_at_once": 100,
                "requests_per_minute": 120,
                "seconds_fresh": 60,
            },
            "notices": NOTICES,
        }
    )
]
