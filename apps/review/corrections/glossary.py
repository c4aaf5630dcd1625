"""A corrected term as an entry of the glossary, so that the next paper has it right."""

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


def term_to_keep(
    source: str, target: str, *, language: str, scope: str = "", forbidden: str = ""
) -> TermEntry:
    """Return the entry that a correction makes, or what becomes of the one that is there.

    `forbidden` is the wrong rendering, where it is wrong in every sentence with the term. Raises
    BadTerm, saying what to change.
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
    there = existing_term(entry)
    if there is None:
        return entry
    if there.target != entry.target:
        raise BadTerm(
            _("“%(term)s” is already in the glossary with this scope, as “%(target)s”.")
            % {"term": there.source, "target": there.target}
        )
    known = entry_of(there)
    return validate_entry(replace(known, forbidden=(*known.forbidden, *entry.forbidden)))


@transaction.atomic
def keep_term(entry: TermEntry, *, actor: User, now: datetime) -> GlossaryTerm:
    """Store what `term_to_keep` returned, and switch the term on; raises NotAllowed."""
    require(actor, Right.TERMS)
    return save_term(
        entry,
        term=existing_term(entry),
        actor=actor,
        reason=_("corrected everywhere"),
        now=now,
    )
