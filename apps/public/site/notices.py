"""The site's notices: which wording is shown, and adding a wording."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from apps.public.models import Notice, NoticeKey


def current_notices(language: str) -> dict[str, Notice]:
    """Return the wording in force of every notice. One query.

    Args:
        language: The interface language. Notices without a wording in it come in the site's
            default language.

    Returns:
        The wordings by key of the notice, without notices that have none.
    """
    wordings = (
        Notice.objects.filter(language__in={language, settings.LANGUAGE_CODE})
        .order_by("key", "language", "-version")
        .distinct("key", "language")
    )
    chosen: dict[str, Notice] = {}
    for notice in wordings:
        if notice.language == language or notice.key not in chosen:
            chosen[notice.key] = notice
    return chosen


def notices_in_all_languages(keys: Collection[str]) -> list[Notice]:
    """Return the wordings in force of some notices in every interface language that has one."""
    return [
        notice
        for code, _name in settings.LANGUAGES
        for key, notice in current_notices(code).items()
        if key in keys and notice.language == code
    ]


def add_notice(
    *,
    key: str,
    language: str,
    text: str,
    actor: User | None = None,
    reason: str = "",
    now: datetime,
) -> Notice:
    """Add a wording, which is in force from now on. Earlier wordings stay as they are.

    Args:
        key: A value of NoticeKey.
        language: An interface language.
        text: The wording.
        actor: The editor; None for the site itself.
        reason: Why the wording changes.
        now: The current time.

    Returns:
        The new wording.

    Raises:
        ValidationError: If the text is empty or the key or language does not exist.
    """
    if not text.strip():
        raise ValidationError(_("Write the text of the notice: an empty one cannot be shown."))
    if key not in NoticeKey.values:
        raise ValidationError(
            _("There is no notice “%(key)s”. Choose one of: %(known)s.")
            % {"key": key, "known": ", ".join(NoticeKey.values)}
        )
    if language not in dict(settings.LANGUAGES):
        raise ValidationError(
            _("“%(language)s” is not a language of the interface. Choose one of: %(known)s.")
            % {"language": language, "known": ", ".join(dict(settings.LANGUAGES))}
        )
    with transaction.atomic():
        latest = (
            Notice.objects.select_for_update()
            .filter(key=key, language=language)
            .order_by("-version")
            .first()
        )
        return Notice.objects.create(
            key=key,
            language=language,
            version=1 if latest is None else latest.version + 1,
            text=text.strip(),
            created_at=now,
            created_by=actor,
            reason=reason.strip(),
        )


def versions_of(notice: Notice) -> QuerySet[Notice]:
    """Return all wordings of the same notice and language, the one in force first."""
    return Notice.objects.filter(key=notice.key, language=notice.language).order_by("-version")


@transaction.atomic
def restore_notice(
    wording: Notice, *, seen: int, actor: User, reason: str = "", now: datetime
) -> Notice:
    """Put an earlier wording into force again, as a new version.

    Args:
        wording: The earlier wording.
        seen: The version in force that the editor saw.
        actor: The editor.
        reason: Why it is restored.
        now: The current time.

    Returns:
        The new version.

    Raises:
        ValidationError: If there is a newer version, or this wording is in force.
    """
    latest = versions_of(wording).select_for_update().first()
    if latest is None or latest.version != seen:
        raise ValidationError(_("There is a newer wording. Read it, then restore."))
    if latest.text == wording.text:
        raise ValidationError(_("This wording is already in use."))
    return add_notice(
        key=wording.key,
        language=wording.language,
        text=wording.text,
        actor=actor,
        reason=reason,
        now=now,
    )
