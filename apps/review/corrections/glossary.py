"""A correction everywhere can add its term to the glossary."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from apps.review.permissions import Right, require
from apps.translation.glossary.entries import BadTerm, TermEntry, validate_entry
from apps.translation.glossary.service import entry_of, existing_term, save_term
from apps.translation.models import GlossaryTerm


def corrected_entry(
    source: str, target: str, *, language: str, scope: str = "", forbidden: str = ""
) -> TermEntry:
    """Return the new entry for a term, or the present one with `forbidden` added.

    `forbidden` is a rendering that is wrong in every sentence with the term.

    Raises:
        BadTerm: The entry is invalid, or the glossary has another rendering.
    """
    entry = validate_entry(
        TermEntry(
            source_language=settings.SOURCE_LANGUAGE,
            target_language=language,
            source=source,
            target=target,
            scope=scope,
            forbidden=(forbidden,) if forbidden else (),
        )
    )
    present = existing_term(entry)
    if present is None:
        return entry
    if present.target != entry.target:
        raise BadTerm(
            _("“%(term)s” is already in the glossary with this scope, as “%(target)s”.")
            % {"term": present.source, "target": present.target}
        )
    before = entry_of(present)
    return validate_entry(replace(before, forbidden=(*before.forbidden, *entry.forbidden)))


@transaction.atomic
def save_corrected_term(entry: TermEntry, *, actor: User, now: datetime) -> GlossaryTerm:
    """Store an entry from `corrected_entry` as an active term; raises NotAllowed."""
    require(actor, Right.TERMS)
    return save_term(
        entry,
        term=existing_term(entry),
        actor=actor,
        reason=_("corrected everywhere"),
        now=now,
    )
