"""The metadata formats of records."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.templatetags.static import static
from lxml import etree

from apps.public.catalogue.published_paper import PublishedPaper
from apps.public.models import Notice
from apps.public.oai import arxiv_raw, dublin_core, papersite_format
from apps.public.site.page_urls import absolute


@dataclass(frozen=True, slots=True)
class Format:
    """A metadata format: its prefix, its schema, and the function that writes a record."""

    prefix: str
    namespace: str
    schema: str
    write: Callable[[PublishedPaper, Sequence[Notice]], etree._Element]

    @property
    def schema_url(self) -> str:
        """The absolute URL of the schema; that of the site's own format is on this site."""
        return self.schema if "://" in self.schema else absolute(static(self.schema))


FORMATS: Final = {
    format_.prefix: format_
    for format_ in (
        Format("oai_dc", dublin_core.NAMESPACE, dublin_core.SCHEMA, dublin_core.dublin_core),
        Format(
            "papersite",
            papersite_format.NAMESPACE,
            papersite_format.SCHEMA,
            papersite_format.papersite_record,
        ),
        Format("arXivRaw", arxiv_raw.NAMESPACE, arxiv_raw.SCHEMA, arxiv_raw.arxiv_raw),
    )
}
