"""Examples of notices."""

from apps.public.api.reading.examples.making import API, CURSOR, LIMIT, answer, page

DISCLAIMER = {
    "version": 1,
    "language": "en",
    "text": "The information and translations on this site are for reference only. Check arXiv.",
    "since": "2025-01-06T00:00:00Z",
}
NOTICES = {"disclaimer": DISCLAIMER, "machine": None, "related": None, "score": None}
OF_KEY = {
    **DISCLAIMER,
    "key": "disclaimer",
    "is_in_force": True,
    "api_url": f"{API}/notices/disclaimer/1/",
    "versions_url": f"{API}/notices/disclaimer/",
}

IN_FORCE = [answer(page([OF_KEY]))]
WORDINGS = [answer(page([OF_KEY])), LIMIT, CURSOR]
WORDING = [answer(OF_KEY)]
