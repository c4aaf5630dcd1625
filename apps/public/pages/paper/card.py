"""The card of a paper: the image that social networks show with a link to its page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from apps.public.catalogue.published_paper import Part, published_paper
from apps.public.pages.paper.card_image import Card, CardBadge, Fonts, draw_card
from apps.public.pages.paper.downloads import not_published, paper_file
from apps.public.site.content_language import content_language
from apps.public.site.labels import plain
from apps.text.arxiv.identifiers import ArxivId

AUTHORS_ON_CARD = 6


@paper_file("card")
def card(request: HttpRequest, identifier: ArxivId) -> HttpResponse:
    """Return the card of a published paper as PNG."""
    shown = published_paper(identifier.base, content_language(), {Part.ORIGINS})
    if shown is None:
        raise not_published(identifier)
    translation, paper = shown.translation, shown.paper
    names = [plain(name) for name in paper.author_names]
    authors = ", ".join(names[:AUTHORS_ON_CARD])
    facts = [paper.primary_category, f"arXiv:{identifier}", f"{paper.submitted_at:%Y-%m-%d}"]
    drawn = draw_card(
        Card(
            site=settings.SITE_NAME,
            title=plain(translation.title),
            original=plain(paper.title),
            authors=f"{authors} et al." if len(names) > AUTHORS_ON_CARD else authors,
            facts="\u3000".join(fact for fact in facts if fact),
            badges=[CardBadge(badge.code, badge.label) for badge in shown.badges],
        ),
        Fonts(settings.CARD_FONT, settings.CARD_FONT_BOLD),
    )
    return HttpResponse(drawn, content_type="image/png")
