"""The categories that have papers, in arXiv's groups."""

from dataclasses import dataclass, field
from datetime import date

from apps.public.calendar.days import latest_day_by_category
from apps.text.arxiv.taxonomy import CURRENT_CATEGORIES


@dataclass(frozen=True, slots=True)
class Group:
    """A group ("Physics"). latest: its categories with papers, code -> day of the newest."""

    label: str
    latest: dict[str, date] = field(default_factory=dict)


def groups_with_papers(language: str, interface: str) -> list[Group]:
    """Return the groups that have papers in `language`, in arXiv's order. One query.

    interface: the language of the labels.
    """
    latest = latest_day_by_category(CURRENT_CATEGORIES, language)
    groups: dict[str, Group] = {}
    for code, name in CURRENT_CATEGORIES.items():
        if code in latest:
            label = name.group_ja if interface == "ja" else name.group_en
            groups.setdefault(name.group_en, Group(label)).latest[code] = latest[code]
    return list(groups.values())
