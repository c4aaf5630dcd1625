"""API tokens in the admin: editors create and revoke their own, administrators see all."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from apps.core.admin_tools.request_user import requesting_editor
from apps.review.accounts.api_tokens import (
    DEFAULT_LIFE,
    HIGHEST_LIMIT,
    BadToken,
    make_token,
    may_manage_token,
    revoke_token,
    set_limit,
)
from apps.review.models import LONGEST_NAME, ApiToken, Scope
from apps.review.permissions import NotAllowed, Right


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("token name"),
        max_length=LONGEST_NAME,
        help_text=_("The program that uses it. The history shows this name."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("scopes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "What the program may do. A token never allows more than your account; without a "
            "scope it reads public data only, with a rate limit of its own."
        ),
    )
    expires_at = forms.DateField(
        label=_("last day"),
        help_text=_("The token is valid until the end of this day (UTC), for at most a year."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    per_minute = forms.IntegerField(
        label=_("requests per minute"),
        required=False,
        min_value=1,
        max_value=HIGHEST_LIMIT,
        help_text=_("Empty for the default. Only administrators may set a higher number."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (scope.value, f"{scope.value}: {scope.label}") for scope in Scope
        ]


class LimitForm(forms.ModelForm):
    """The part of a token that administrators may change."""

    per_minute = forms.IntegerField(
        label=_("requests per minute"),
        required=False,
        min_value=1,
        max_value=HIGHEST_LIMIT,
        help_text=_("Empty for the default."),
    )

    class Meta:
        model = ApiToken
        fields = ("per_minute",)


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):
    """The list of tokens, the form for a new one, and a page for each."""

    class Media:
        css = {"all": ("papersite/tokens.css",)}

    form = LimitForm
    change_form_template = "admin/review/apitoken/change_form.html"
    change_list_template = "admin/review/apitoken/change_list.html"
    list_display = ("name", "owner", "start", "scope_names", "state", "expires_at", "last_used_on")
    list_select_related = ("owner",)
    list_per_page = 50
    show_full_result_count = False
    sortable_by = ()
    actions = ("revoke",)
    fields = (
        "name", "owner", "start", "scope_names", "per_minute", "state", "created_at", "expires_at",
        "last_used_on", "revoked_at", "revoked_by",
    )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [name for name in self.fields if name != "per_minute"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiToken]:
        tokens = super().get_queryset(request)
        actor = requesting_editor(request)
        return tokens if actor.has_perm(Right.TOKENS.value) else tokens.filter(owner=actor)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_staff

    has_add_permission = has_revoke_permission = has_module_permission

    def has_view_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        may_enter = self.has_module_permission(request)
        return may_enter and (obj is None or may_manage_token(requesting_editor(request), obj))

    def has_change_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        """Whether the limit may be changed; everything else is read-only."""
        return request.user.has_perm(Right.TOKENS.value)

    def has_delete_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        """Tokens are revoked, because the history refers to them."""
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.revoke_view)
        return [
            path("<int:key>/revoke/", view, name="review_apitoken_revoke"),
            *super().get_urls(),
        ]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show the form, or create the token. Only this answer contains its text."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        now = timezone.now()
        form = TokenForm(
            request.POST if request.method == "POST" else None,
            initial={"expires_at": (now + DEFAULT_LIFE).date()},
        )
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "media": self.media,
            "title": gettext("Create a token"),
        }
        made = (
            _make_token(request, form, now)
            if request.method == "POST" and form.is_valid()
            else None
        )
        if made is None:
            return TemplateResponse(
                request, "admin/review/apitoken/add.html", {**context, "form": form}
            )
        return TemplateResponse(
            request,
            "admin/review/apitoken/made.html",
            {**context, "title": gettext("Copy the token now"), "made": made},
            headers={"Cache-Control": "no-store"},
        )

    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        set_limit(obj.pk, obj.per_minute, actor=requesting_editor(request))

    @admin.action(description=_("Revoke"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, chosen: QuerySet[ApiToken]) -> None:
        tokens = list(chosen)
        for token in tokens:
            revoke_token(token.pk, actor=requesting_editor(request), now=timezone.now())
        text = ngettext("%d token revoked.", "%d tokens revoked.", len(tokens))
        messages.success(request, text % len(tokens))

    def revoke_view(self, request: HttpRequest, key: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            token = revoke_token(key, actor=requesting_editor(request), now=timezone.now())
        except (ApiToken.DoesNotExist, NotAllowed) as error:
            raise PermissionDenied from error
        messages.success(request, gettext("“%s” is revoked and can no longer be used.") % token)
        return HttpResponseRedirect(reverse("admin:review_apitoken_changelist"))

    @admin.display(description=_("begins with"))
    def start(self, token: ApiToken) -> str:
        return f"{token.beginning}…"

    @admin.display(description=_("scopes"))
    def scope_names(self, token: ApiToken) -> str:
        return format_html_join(" ", "<code>{}</code>", ([scope] for scope in token.scopes)) or "–"

    @admin.display(description=_("state"))
    def state(self, token: ApiToken) -> str:
        if token.revoked_at is not None:
            return gettext("revoked")
        return gettext("valid") if token.expires_at > timezone.now() else gettext("expired")


def _make_token(request: HttpRequest, form: TokenForm, now: datetime) -> Any:
    """Create the token of a valid form; return None with an error on the form if refused."""
    given = form.cleaned_data
    last_day = given["expires_at"]
    try:
        ends = datetime.combine(last_day, time(), UTC) + timedelta(days=1)
    except OverflowError:
        ends = datetime.max.replace(tzinfo=UTC)
    try:
        return make_token(
            owner=requesting_editor(request),
            name=given["name"],
            scopes=given["scopes"],
            expires_at=ends,
            per_minute=given["per_minute"],
            now=now,
        )
    except BadToken as error:
        form.add_error(error.field, str(error))
        return None
