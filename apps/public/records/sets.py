"""The OAI-PMH sets of public records: arXiv's categories, languages, reviewed or not.

Categories have the same sets as at arXiv (cs:cs:CL, physics:hep-th). A set includes its subsets.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.public.site.content_language import content_languages
from apps.public.site.labels import category_label, language_name
from apps.text.arxiv.taxonomy import CURRENT_CATEGORIES, group_code
from apps.text.arxiv.taxonomy_data import GROUPS

REVIEWED = "review:reviewed"
UNREVIEWED = "review:unreviewed"


@dataclass(frozen=True, slots=True)
class RecordSet:
    """A set. spec: its name in requests. name: for people."""

    spec: str
    name: str


def category_sets(code: str) -> list[str]:
    """Return the sets of a category, widest first: cs, cs:cs, cs:cs:CL for cs.CL; [] if unknown."""
    group = group_code(code)
    if not group:
        return []
    archive, _dot, subject = code.partition(".")
    specs = [group, f"{group}:{archive}"]
    return [*specs, f"{group}:{archive}:{subject}"] if subject else specs


def sets_of(categories: Iterable[str], language: str, *, is_reviewed: bool) -> list[str]:
    """Return the sets of a record, sorted, without duplicates."""
    sets = {spec for code in categories for spec in category_sets(code)}
    return sorted(sets | {f"language:{language}", REVIEWED if is_reviewed else UNREVIEWED})


def sets_in(language: str) -> Iterator[RecordSet]:
    """Yield all sets, named in the interface language `language`."""
    yield RecordSet(REVIEWED, _("translations that a person has reviewed"))
    yield RecordSet(UNREVIEWED, _("translations that are not reviewed"))
    for code in content_languages():
        yield RecordSet(
            f"language:{code}",
            _("translations into %(language)s") % {"language": language_name(code)},
        )
    given = set()
    for code in CURRENT_CATEGORIES:
        for spec in category_sets(code):
            if spec not in given:
                given.add(spec)
                yield RecordSet(spec, _name(spec, code, language))


def _name(spec: str, code: str, language: str) -> str:
    parts = spec.split(":")
    if len(parts) == 1:
        name_en, name_ja = GROUPS[parts[0]]
        return name_ja if language == "ja" else name_en
    return category_label(code if len(parts) == 3 else parts[1], language)
