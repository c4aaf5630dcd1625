"""Public records with everything that any format says of them: read for a page at once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings

from apps.papers.models import Paper, PaperVersion
from apps.public.exports.licensing import TextLicence, licence_rules
from apps.public.models import Notice, NoticeKey, PublicRecord
from apps.public.site.content_language import content_languages
from apps.public.site.labels import Badge, badges_of
from apps.public.site.notices import notices_everywhere
from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId
from apps.translation.models import Segment, Translation

_ABOUT_MACHINES = [NoticeKey.DISCLAIMER, NoticeKey.MACHINE]


@dataclass(frozen=True)
class Item:
    """A public record. translation, segments, versions: empty for one that was taken down.

    notices: in every language of the interface. licences: of the sentences, each once.
    """

    record: PublicRecord
    translation: Translation | None = None
    segments: list[Segment] = field(default_factory=list)
    versions: list[PaperVersion] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    licences: list[TextLicence] = field(default_factory=list)

    @property
    def paper(self) -> Paper:
        """The paper."""
        return self.record.paper

    @property
    def identifier(self) -> str:
        """By what harvesters know the record."""
        return f"oai:{_host()}:{self.record.language}/{self.paper.arxiv_id}"

    @property
    def badges(self) -> list[Badge]:
        """How far a reader can trust the text."""
        if self.translation is None:
            return []
        return badges_of(self.translation, {segment.origin for segment in self.segments})

    def notices_of(self, translation: Translation) -> list[Notice]:
        """What the site declares about a translation: about machines only where nobody read it."""
        keys = [NoticeKey.DISCLAIMER] if translation.is_reviewed else _ABOUT_MACHINES
        return [notice for notice in self.notices if notice.key in keys]


def items_of(records: Sequence[PublicRecord]) -> list[Item]:
    """Return the records with all that belongs to them. A fixed number of queries.

    A translation that was taken down a moment ago, before the ledger says so, is not given out:
    its record counts as deleted. So does that of a text with a sentence under a licence that does
    not let it be passed on.
    """
    chosen = [record.translation_id for record in records if record.translation_id is not None]
    translations = (
        Translation.objects.published().select_related("paper").in_bulk(chosen) if chosen else {}
    )
    segments: dict[int, list[Segment]] = defaultdict(list)
    for segment in (
        Segment.objects.filter(translation__in=list(translations))
        .select_related("memory_entry")
        .defer("machine_text", "last_error", "lease", "memory_entry__sketch")
        .order_by("-field", "position")
    ):
        segments[segment.translation_id].append(segment)
    versions: dict[int, list[PaperVersion]] = defaultdict(list)
    papers = [translation.paper_id for translation in translations.values()]
    for version in PaperVersion.objects.filter(paper__in=papers).order_by("number"):
        versions[version.paper_id].append(version)
    notices = notices_everywhere(_ABOUT_MACHINES)
    rules = licence_rules()
    items = []
    for record in records:
        translation = translations.get(record.translation_id or 0)
        parts = segments[translation.pk] if translation is not None else []
        licences = sorted({rules.of_sentence(part) for part in parts})
        if translation is None or not all(map(rules.may_pass_on, licences)):
            items.append(Item(record))
            continue
        items.append(
            Item(
                record,
                translation,
                parts,
                versions[translation.paper_id],
                notices,
                [TextLicence(name, rules.address_of(name)) for name in licences],
            )
        )
    return items


def record_named(identifier: str) -> PublicRecord | None:
    """Return the record that harvesters know by `identifier`, or None. One query."""
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
