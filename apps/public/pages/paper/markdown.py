"""The page of a paper as Markdown, with provenance and disclaimers.

Text of papers is escaped, so it cannot add links or HTML.
"""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.discovery.selectors import RelatedEntry
from apps.public.catalogue.published_paper import Part, PublishedPaper, published_paper
from apps.public.models import Notice
from apps.public.pages.paper.downloads import not_published, paper_file
from apps.public.site import labels
from apps.public.site.content_language import content_language
from apps.public.site.labels import plain
from apps.public.site.notices import current_notices
from apps.public.site.page_urls import absolute, page_path
from apps.text.arxiv.identifiers import ArxivId
from apps.text.render.markdown import markdown_line, markdown_link

PARTS = frozenset({Part.SEGMENTS, Part.SCORE_HISTORY, Part.RELATED})


@paper_file("paper-markdown")
def markdown(request: HttpRequest, identifier: ArxivId) -> HttpResponse:
    """Return a published paper as Markdown (RFC 7763)."""
    record = published_paper(identifier.base, content_language(), PARTS)
    if record is None:
        raise not_published(identifier)
    text = document(record, current_notices(get_language() or ""))
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8; variant=CommonMark")
    # Search engines should show the page itself.
    response["Link"] = f'<{_page(identifier.base)}>; rel="canonical"'
    return response


def document(record: PublishedPaper, notices: dict[str, Notice]) -> str:
    """Return the whole document."""
    parts = [
        f"# {_text(record.translation.title)}",
        "\n".join(_facts(record)),
        *_notice(notices, "machine"),
        *_summary(record),
        *_abstract(record),
        *_score(record, notices),
        *_related(record, notices),
        *_notice(notices, "disclaimer", _("Disclaimer")),
    ]
    return "\n\n".join(parts) + "\n"


def _text(text: str) -> str:
    return markdown_line(plain(text))


def _facts(record: PublishedPaper) -> Iterator[str]:
    paper, translation = record.paper, record.translation
    original = markdown_link(f"arXiv:{record.identifier}", record.identifier.abs_url)
    page = markdown_link(settings.SITE_NAME, _page(paper.arxiv_id))
    badges = " / ".join(badge.label for badge in record.badges)
    licence = labels.licence_label(paper.licence, get_language() or "")
    facts = [
        (_("Title"), _text(paper.title)),
        (_("Authors"), ", ".join(_text(name) for name in paper.author_names)),
        (_("arxiv url"), original),
        (_("This page"), page),
        (_("Date"), labels.arxiv_date(paper.submitted_at)),
        (_("Status"), f"{labels.status_label(translation)} ({badges})"),
        (_("Origin"), markdown_line(record.provenance)),
        (_("Last update in the system"), f"{labels.exact_time(translation.updated_at)} UTC"),
        (_("Categories"), ", ".join(markdown_line(code) for code in paper.categories)),
        (_("License"), markdown_line(licence)),
        ("DOI", markdown_line(paper.doi)),
        (_("How to cite"), _("Cite the paper on arXiv, not this translation.")),
    ]
    return (f"- **{label}**: {value}" for label, value in facts if value)


def _notice(notices: dict[str, Notice], key: str, heading: str = "") -> Iterator[str]:
    if key in notices:
        if heading:
            yield f"## {heading}"
        lines = [markdown_line(line) for line in notices[key].text.splitlines() if line.strip()]
        yield "\n>\n".join(f"> {line}" for line in lines)


def _summary(record: PublishedPaper) -> Iterator[str]:
    if record.translation.summary:
        yield f"## {_('Summary of the abstract')}"
        yield _text(record.translation.summary)


def _abstract(record: PublishedPaper) -> Iterator[str]:
    """Yield the abstract in both languages, sentence by sentence, with origins."""
    yield f"## {_('The abstract')}"
    if not record.paragraphs:
        yield _("arXiv gives no abstract for this paper.")
    for paragraph in record.paragraphs:
        yield "\n".join(
            f"{number}. {_text(segment.text)}\n"
            f"{' ' * len(f'{number}. ')}- {_text(segment.source)}\n"
            f"{' ' * len(f'{number}. ')}- *{markdown_line(labels.origin_label(segment))}*"
            for number, segment in paragraph
        )


def _score(record: PublishedPaper, notices: dict[str, Notice]) -> Iterator[str]:
    yield f"## {_('Reference score (attention, computed by this site)')}"
    if record.score is None:
        yield _("The score has not been computed yet.")
        return
    rank = f" ({markdown_line(labels.rank_label(record.rank))})" if record.rank else ""
    yield f"{record.score.value:.1f} / 100{rank}"
    yield "\n".join(
        f"- {markdown_line(part.label)}: {part.points:.1f} / {part.weight:.0f}"
        + (f" ({markdown_line(part.fact_label)})" if part.fact_label else "")
        for part in record.score_parts
    )
    yield labels.score_is_not()
    yield from _notice(notices, "score")


def _related(record: PublishedPaper, notices: dict[str, Notice]) -> Iterator[str]:
    yield f"## {_('Related papers')}"
    yield from _notice(notices, "related")
    if not record.related:
        yield _("No related papers have been found yet.")
        return
    yield "\n".join(
        f"- {markdown_link(plain(item.translation.title), _page(item.translation.paper.arxiv_id))}"
        f" / {markdown_link(plain(item.translation.paper.title), _arxiv(item))}"
        f" ({item.translation.paper.submitted_at:%Y-%m-%d})"
        for item in record.related
    )


def _page(arxiv_id: str) -> str:
    return absolute(page_path("paper", arxiv_id))


def _arxiv(item: RelatedEntry) -> str:
    return item.translation.paper.identifier.abs_url
