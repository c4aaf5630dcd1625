"""Components from a paper's own record: categories, code and data, venue."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.discovery.scoring.formulas.base import Fact, Facts, Measured

LONGEST_QUOTE = 80

PER_CATEGORY = 0.2
PER_ARCHIVE = 0.3

_LINK = re.compile(
    r"(?:https?://)?(?:[\w-]{1,63}\.){0,4}(?:github\.com|github\.io|gitlab\.com|gitlab\.io|bitbucket\.org|"
    r"codeberg\.org|sourceforge\.net|huggingface\.co|zenodo\.org|osf\.io|kaggle\.com|figshare\.com|"
    r"datadryad\.org|anonymous\.4open\.science|modelscope\.cn)(?:/[^\s,;)\]}>\"']*)?",
    re.IGNORECASE,
)
_THING = r"(?:code|data|datasets?|software|models?|weights|implementation|benchmark|package)"
_AVAILABLE = re.compile(
    rf"\b{_THING}s?\b[^.;]{{0,60}}\b(?:is|are|has been|have been|made)\b[^.;]{{0,30}}"
    r"\b(?:available|released|open[- ]sourced?)\b|"
    r"\bwe (?:will |plan to )?(?:release|open[- ]source|provide|publish|share)\b"
    rf"[^.;]{{0,40}}\b{_THING}\b|"
    rf"\b{_THING} available\b|\bpublicly (?:available|released)\b|\bopen[- ]source\b",
    re.IGNORECASE,
)
_PROMISED = re.compile(
    r"\b(?:will|plan to|to be released|upon (?:acceptance|publication)|soon)\b",
    re.IGNORECASE,
)
LINKED = (0.7, 0.85, 1.0)
"""For one, two, three or more links."""
SAID_AVAILABLE = 0.5
PROMISED = 0.3

# Two capitals and a year are a conference ("NeurIPS 2025", "KDD '25"), with exceptions.
_EDITION = re.compile(
    r"\b(?!MSC|AMS|PACS|CCS|LaTeX|REVTeX|RevTeX|TeX|JEL|DRAFT)"
    r"(?=\w*[A-Z]\w*[A-Z])[A-Z][A-Za-z&]{2,14}[ \u2019'-]{0,3}(?:20\d\d\b|(?<=['\u2019])\d\d\b)"
)
_ACCEPTED = re.compile(
    r"(?<!\bnot )(?<!\bif )\baccepted\b|\bto appear\b|\bforthcoming\b|\bin press\b|"
    r"\bpublished (?:in|at|by|as|on|version)\b|\bto be (?:published|presented)\b|"
    r"\bcamera[- ]ready\b|\bpresented at\b|\bproceedings\b",
    re.IGNORECASE,
)
_SUBMITTED = re.compile(
    r"\bsubmitted\b(?! (?:to|on) arxiv)|\bunder (?:peer )?(?:review|revision|consideration)\b",
    re.IGNORECASE,
)
_UNPUBLISHED = re.compile(r"\bpreprint\b|\btemplate\b|\bdraft\b|\bin progress\b", re.IGNORECASE)
_DISTINGUISHED = re.compile(
    r"\b(?:oral|spotlight|highlight|keynote|invited|best[\w ]{0,20} paper|outstanding paper|"
    r"award|honou?rable mention)\b",
    re.IGNORECASE,
)
_SMALLER_STAGE = re.compile(
    r"\b(?:workshops?|findings|demos?|demonstration|posters?|doctoral|late[- ]breaking|"
    r"extended abstract|student|industry track|tiny papers?)\b",
    re.IGNORECASE,
)
VENUES = {"distinguished": 1.0, "accepted": 0.8, "smaller": 0.5, "submitted": 0.2, "none": 0.0}


def breadth(facts: Facts) -> Measured:
    """Return 0.2 for each further category plus 0.3 for each further archive.

    The archive is the part before the point: "cs", "stat", "hep-th".
    """
    categories = len(set(facts.categories))
    archives = len({code.partition(".")[0] for code in facts.categories})
    value = PER_CATEGORY * (categories - 1) + PER_ARCHIVE * (archives - 1)
    return Measured(value, {"categories": categories, "archives": archives})


def describe_breadth(fact: Fact) -> str:
    categories = ngettext(
        "%(categories)d category", "%(categories)d categories", fact["categories"]
    ) % dict(fact)
    archives = ngettext("%(archives)d field", "%(archives)d fields", fact["archives"]) % dict(fact)
    return _("Listed in %(categories)s of %(archives)s.") % {
        "categories": categories,
        "archives": archives,
    }


def openness(facts: Facts) -> Measured:
    """Return how clearly abstract and comments point to code or data.

    One link to code, data or a project page is 0.7, two are 0.85, three 1; a statement without a
    link is 0.5, a promise 0.3.
    """
    text = f"{facts.abstract} {facts.comments}"
    links = sorted({_address(link.group()) for link in _LINK.finditer(text)})
    said = _AVAILABLE.search(text)
    promised = bool(said and _PROMISED.search(text, max(said.start() - 40, 0), said.end() + 40))
    kind = "promised" if promised else "available" if said else "none"
    value = {"promised": PROMISED, "available": SAID_AVAILABLE, "none": 0.0}[kind]
    if links:
        value = LINKED[min(len(links), len(LINKED)) - 1]
    return Measured(value, {"links": links[:3], "count": len(links), "said": kind})


def describe_openness(fact: Fact) -> str:
    if fact["count"]:
        return ngettext(
            "%(count)d link to code or data: %(links)s",
            "%(count)d links to code or data: %(links)s",
            fact["count"],
        ) % {"count": fact["count"], "links": ", ".join(fact["links"])}
    return {
        "available": _("The authors say that code or data are available, but give no link."),
        "promised": _("Code or data are promised."),
    }.get(fact["said"], _("No code or data are mentioned."))


def venue(facts: Facts) -> Measured:
    """Return the value of the venue that the authors name; it is not verified.

    Accepted, published or at a named conference is 0.8; with an award, oral or invited talk 1;
    at a workshop or as a poster 0.5; submitted 0.2; nothing 0.
    """
    kind, words = _venue_kind(" ".join(facts.comments.split()))
    if facts.journal_ref and VENUES[kind] < VENUES["accepted"]:
        kind, words = "accepted", " ".join(facts.journal_ref.split())
    return Measured(VENUES[kind], {"kind": kind, "words": words[:LONGEST_QUOTE]})


def describe_venue(fact: Fact) -> str:
    if fact["kind"] == "none":
        return _("No venue is named.")
    return _("The authors say: “%(words)s”") % dict(fact)


def _venue_kind(comments: str) -> tuple[str, str]:
    accepted = _ACCEPTED.search(comments)
    submitted = _SUBMITTED.search(comments)
    if accepted is None and submitted is not None:
        return "submitted", _around(comments, submitted)
    found = accepted
    if found is None and not _UNPUBLISHED.search(comments):
        found = _EDITION.search(comments)
    if found is None:
        return "none", ""
    kind = "accepted"
    if _DISTINGUISHED.search(comments):
        kind = "distinguished"
    elif _SMALLER_STAGE.search(comments):
        kind = "smaller"
    return kind, _around(comments, found)


def _around(text: str, found: re.Match[str]) -> str:
    """Return the text of the sentence around a match, or from the match on if that is long."""
    start = max(text.rfind(". ", 0, found.start()) + 2, text.rfind("; ", 0, found.start()) + 2, 0)
    if start == 1:
        start = 0
    if found.end() - start > LONGEST_QUOTE:
        start = found.start()
    return text[start:].strip()


def _address(link: str) -> str:
    """Return a link without scheme, "www." and punctuation, so that each target counts once."""
    host, slash, path = link.rpartition("://")[2].partition("/")
    path = path.rstrip("/.,:;").removesuffix(".git")
    return f"{host.lower().removeprefix('www.')}{slash if path else ''}{path}"[:LONGEST_QUOTE]
