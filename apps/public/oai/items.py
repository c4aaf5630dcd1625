"""Public records with the data of all formats, loaded for a page at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings

from apps.public.catalogue.published_paper import Part, PublishedPaper, load_papers
from apps.public.models import Notice, NoticeKey, PublicRecord
from apps.public.site.content_language import content_languages
from apps.public.site.notices import notices_in_all_languages
from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId
from apps.translation.models import Translation

PARTS = frozenset({Part.SEGMENTS, Part.LICENCES, Part.VERSIONS})
_ABOUT_MACHINES = [NoticeKey.DISCLAIMER, NoticeKey.MACHINE]


@dataclass(frozen=True)
class Item:
    """A public record. paper: None if it was taken down.

    notices: those about the translation, in every language of the interface.
    """

    record: PublicRecord
    paper: PublishedPaper | None = None
    notices: list[Notice] = field(default_factory=list)

    @property
    def identifier(self) -> str:
        """The OAI identifier of the record."""
        return f"oai:{_host()}:{self.record.language}/{self.record.paper.arxiv_id}"


def load_items(records: Sequence[PublicRecord]) -> list[Item]:
    """Return the records with their papers and notices. A fixed number of queries.

    Records count as deleted if the translation was just taken down, before the sweep of the ledger,
    or if the licence of a sentence forbids passing it on.
    """
    chosen = [record.translation_id for record in records if record.translation_id is not None]
    published = Translation.objects.published().filter(pk__in=chosen).select_related("paper")
    shown = {paper.translation.pk: paper for paper in load_papers(published, PARTS)}
    notices = notices_in_all_languages(_ABOUT_MACHINES)
    items = []
    for record in records:
        paper = shown.get(record.translation_id or 0)
        if paper is None or not paper.may_be_passed_on:
            items.append(Item(record))
        else:
            items.append(Item(record, paper, _notices_about(paper.translation, notices)))
    return items


def _notices_about(translation: Translation, notices: Sequence[Notice]) -> list[Notice]:
    """Return the notices about a translation; the one about machines only without a review."""
    keys = [NoticeKey.DISCLAIMER] if translation.is_reviewed else _ABOUT_MACHINES
    return [notice for notice in notices if notice.key in keys]


def find_record(identifier: str) -> PublicRecord | None:
    """Return the record of an OAI identifier, or None. One query."""
    scheme, _colon, rest = identifier.partition(":")
    host, _colon, local = rest.partition(":")
    language, _slash, arxiv_id = local.partition("/")
    if scheme != "oai" or host != _host() or language not in content_languages():
        return None
    try:
        parsed = ArxivId.parse(arxiv_id)
    except InvalidArxivId:
        return None
    if str(parsed) != arxiv_id or parsed.version is not None:
        return None
    named = PublicRecord.objects.filter(paper__arxiv_id=arxiv_id, language=language)
    return named.select_related("paper").first()


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or ""
