"""The form by which a reader suggests a correction of one sentence.

Readers have no cookie, so Django's CSRF protection is off; the form acts for no account. Against
floods, also through other sites' visitors, there are in this order: `is_same_origin`, a honeypot
field, a signed token of what was shown and when, and the limits of
`apps.review.suggestions.service`. If a form is refused, the typed text stays in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from apps.public.pages.corrections.form_tokens import (
    BadToken,
    FormContent,
    TooOld,
    TooYoung,
    make_token,
    read_token,
)
from apps.public.pages.corrections.same_origin import is_same_origin
from apps.public.site.content_language import content_language
from apps.public.site.page_urls import page_path
from apps.review.accounts.client_ip import client_address
from apps.review.models import LONGEST_COMMENT, LONGEST_CREDIT, LONGEST_TEXT
from apps.review.suggestions.errors import CannotSuggest, SentenceChanged
from apps.review.suggestions.sender_hash import hash_sender
from apps.review.suggestions.service import open_to_readers, suggest
from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId
from apps.translation.models import Segment

HONEYPOT = "homepage"
"""The name of a field that readers do not see and only programs fill in."""


@dataclass
class Form:
    """The form as it is shown: inputs, token, error."""

    text: str
    token: str = ""
    comment: str = ""
    credit: str = ""
    error: str = ""
    error_field: str = ""
    status: HTTPStatus = HTTPStatus.OK
    headers: dict[str, str] = field(default_factory=dict)

    def refuse(
        self, message: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST, *, about: str = ""
    ) -> None:
        """Set the error, and the field that it is about."""
        self.error, self.error_field, self.status = message, about, status


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, spelling: str, place: str) -> HttpResponse:
    """Show the form for one sentence, and store the suggestion sent with it."""
    try:
        identifier = ArxivId.parse(spelling).base
    except InvalidArxivId:
        return _closed(request, spelling, "")
    if spelling != identifier and request.method != "POST":
        return redirect(page_path("correct", identifier, place), permanent=True)
    now = timezone.now()
    segment = _sentence(identifier, place)
    if segment is None:
        return _closed(request, identifier, request.POST.get("text", ""))
    shown = FormContent(identifier, place, segment.text)
    if request.method != "POST":
        form = Form(text=segment.text, token=make_token(shown, now=now))
        return _page(request, shown, segment, form)
    form = Form(
        text=request.POST.get("text", ""),
        token=request.POST.get("token", ""),
        comment=request.POST.get("comment", ""),
        credit=request.POST.get("credit", ""),
    )
    if _take(request, shown, segment, form, now):
        return redirect(page_path("corrected", identifier, place))
    return _page(request, shown, segment, form)


@require_safe
@never_cache
def corrected(request: HttpRequest, spelling: str, place: str) -> HttpResponse:
    """Thank the reader, with a link back to the sentence."""
    return _answer(
        request, "pages/corrections/corrected.html", {"spelling": spelling, **_place(place)}
    )


def _take(
    request: HttpRequest, shown: FormContent, segment: Segment, form: Form, now: datetime
) -> bool:
    """Store a suggestion and return True, or set the error of the form."""
    if not is_same_origin(request):
        form.token = make_token(shown, now=now)
        form.refuse(
            _("This was sent from another site. If you wrote it, please send it from this page."),
            HTTPStatus.FORBIDDEN,
        )
        return False
    if request.POST.get(HONEYPOT):
        form.refuse(_("A field that must stay empty was filled in. Please send the form again."))
        return False
    try:
        base_text = read_token(form.token, paper=shown.paper, place=shown.place, now=now)
    except TooYoung:
        # Keep the token, so that its age grows until the form is sent again.
        form.refuse(
            _("The form was sent too soon after the page was opened. Please send it again.")
        )
        return False
    except TooOld as old:
        form.token = make_token(FormContent(shown.paper, shown.place, old.base_text), now=now)
        form.refuse(_("This page was open for more than a day. Please send it again."))
        return False
    except BadToken:
        form.token = make_token(shown, now=now)
        form.refuse(_("This form belongs to another sentence. Please send it again."))
        return False
    try:
        suggest(
            segment.pk,
            base_text=base_text,
            text=form.text,
            comment=form.comment,
            credit=form.credit,
            sender=hash_sender(client_address(request)),
            now=now,
        )
    except CannotSuggest as error:
        form.refuse(str(error), HTTPStatus(error.status), about=error.field)
        if isinstance(error, SentenceChanged):
            form.token = make_token(shown, now=now)
        if error.retry_after is not None:
            form.headers["Retry-After"] = str(error.retry_after)
        return False
    return True


def _sentence(identifier: str, place: str) -> Segment | None:
    """Return the sentence at a place such as "abstract-3", the third of the abstract."""
    part, _dash, number = place.rpartition("-")
    return (
        open_to_readers()
        .filter(
            translation__paper__arxiv_id=identifier,
            translation__language=content_language(),
            field=part,
            position=int(number) - 1,
        )
        .first()
    )


def _place(place: str) -> dict[str, object]:
    part, _dash, number = place.rpartition("-")
    anchor = f"{content_language()}-{number}" if part == "abstract" else ""
    return {"place": place, "is_title": part == "title", "number": int(number), "anchor": anchor}


def _page(request: HttpRequest, shown: FormContent, segment: Segment, form: Form) -> HttpResponse:
    context = {
        "spelling": shown.paper,
        "paper": segment.translation.paper,
        "translation": segment.translation,
        "segment": segment,
        "form": form,
        "honeypot": HONEYPOT,
        "longest_text": LONGEST_TEXT,
        "longest_comment": LONGEST_COMMENT,
        "longest_credit": LONGEST_CREDIT,
        "licence": settings.TRANSLATION_LICENCE,
        **_place(shown.place),
    }
    response = _answer(request, "pages/corrections/correct.html", context, form.status)
    for name, value in form.headers.items():
        response[name] = value
    return response


def _closed(request: HttpRequest, spelling: str, typed: str) -> HttpResponse:
    context = {"spelling": spelling, "typed": typed}
    return _answer(request, "pages/corrections/correct_closed.html", context, HTTPStatus.NOT_FOUND)


def _answer(
    request: HttpRequest, template: str, context: Mapping[str, object], status: int = 200
) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
