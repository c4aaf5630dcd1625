"""The site's notices: which wording is shown, and how a new wording comes in."""

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
    """Return the wording now in force of every notice, by key.

    `language` is the reader's interface language. A notice that nobody has worded in it comes in
    the site's default language; one without any wording is left out. One query.
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
    """Return the wordings now in force of some notices, in every language of the interface.

    For what goes out in no one's language. A notice that nobody has worded in a language is left
    out there.
    """
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
    """Put a new wording into force and return it. Earlier wordings stay as they are.

    `actor` words it, for a `reason`; None where the site itself does.

    Raises ValidationError when the text is empty, or the key or language is not the site's.
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
    """Return every wording of the same notice in the same language, the one in force first."""
    return Notice.objects.filter(key=notice.key, language=notice.language).order_by("-version")


@transaction.atomic
def restore_notice(
    wording: Notice, *, seen: int, actor: User, reason: str = "", now: datetime
) -> Notice:
    """Put an earlier wording into force again, as a new version, and return that.

    `seen` is the version in force as the editor saw it. Raises ValidationError when there is a
    later one, or when the wording is in force already.
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
