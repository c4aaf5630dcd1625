"""Choices of editors: papers pinned to the list of another paper, or hidden from it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from apps.core.refusals import Refusal
from apps.discovery.models import RelatedChoice, RelatedDecision
from apps.papers.models import Paper
from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId

PERMISSION = "discovery.change_relatedchoice"
MOST_PINNED = 10


class CannotChoose(Refusal):
    """The choice is not possible. The message, for editors, says why and what to do."""

    code = "cannot-choose"


def find_paper(spelling: str) -> Paper:
    """Return the paper of an arXiv identifier or address in any spelling.

    Raises CannotChoose when it is invalid or the paper is not on this site.
    """
    try:
        identifier = ArxivId.parse(spelling.strip())
    except InvalidArxivId as invalid:
        raise CannotChoose(str(invalid)) from invalid
    paper = Paper.objects.filter(arxiv_id=identifier.base).first()
    if paper is None:
        raise CannotChoose(
            _("This site has no paper %(id)s. Harvest it first.") % {"id": identifier.base}
        )
    return paper


@transaction.atomic
def choose(
    paper: Paper,
    other: Paper,
    decision: RelatedDecision | None,
    *,
    actor: AbstractBaseUser,
    now: datetime,
) -> None:
    """Pin `other` to the list of `paper` or hide it there; None removes the choice.

    Raises PermissionDenied without the right, and CannotChoose for the paper itself, a withdrawn
    paper or an eleventh pinned one.
    """
    if not actor.has_perm(PERMISSION):  # type: ignore[attr-defined]
        raise PermissionDenied
    if decision is None:
        RelatedChoice.objects.filter(paper=paper, other=other).delete()
        return
    if paper.pk == other.pk:
        raise CannotChoose(_("A paper cannot be in its own list."))
    if decision == RelatedDecision.PIN:
        if other.is_withdrawn:
            raise CannotChoose(_("%(id)s is withdrawn.") % {"id": other.arxiv_id})
        # Locks the paper, so that two editors cannot both pin the tenth.
        Paper.objects.select_for_update(no_key=True).get(pk=paper.pk)
        pinned = RelatedChoice.objects.filter(paper=paper, decision=RelatedDecision.PIN)
        if pinned.exclude(other=other).count() >= MOST_PINNED:
            raise CannotChoose(_("Ten papers are pinned already. Release one of them first."))
    RelatedChoice.objects.update_or_create(
        paper=paper,
        other=other,
        defaults={"decision": decision, "chosen_at": now, "chosen_by_id": actor.pk},
    )


def choices_of_each(paper_keys: Sequence[int]) -> dict[int, dict[int, RelatedDecision]]:
    """Return the choices of editors, by paper and by the other paper. One query."""
    rows = RelatedChoice.objects.filter(paper__in=paper_keys).order_by("chosen_at", "id")
    found: dict[int, dict[int, RelatedDecision]] = {key: {} for key in paper_keys}
    for paper, other, decision in rows.values_list("paper_id", "other_id", "decision"):
        found[paper][other] = RelatedDecision(decision)
    return found


def pinned_first(near: Iterable[int], choices: dict[int, RelatedDecision]) -> list[int]:
    """Return the pinned papers in order of pinning, then `near` without hidden papers."""
    pinned = [other for other, made in choices.items() if made == RelatedDecision.PIN]
    return [*pinned, *(other for other in near if other not in choices)]
