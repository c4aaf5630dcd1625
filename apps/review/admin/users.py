"""Accounts and roles in the admin: administrators assign only roles within their own rights.

Accounts are deactivated, not deleted, because the history shows their names.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.admin_tools.request_user import requesting_editor
from apps.core.admin_tools.row_keys import parse_row_key
from apps.review.models import FailedLogin
from apps.review.permissions import Right
from apps.review.roles import role_label
from apps.translation.history_entries import account_name

PermissionNames = set[tuple[str, str]]


def permissions_of(user: User) -> PermissionNames:
    """Return app and codename of the permissions of an account, also while it is inactive."""
    return _names(Permission.objects.filter(Q(user=user) | Q(group__user=user)))


def _names(permissions: QuerySet[Permission]) -> PermissionNames:
    return set(permissions.values_list("content_type__app_label", "codename"))


def may_manage(actor: User, account: User) -> bool:
    """Whether `actor` has all rights of `account`.

    Otherwise, setting its password would give `actor` more rights.
    """
    if actor.is_superuser:
        return True
    return not account.is_superuser and permissions_of(account) <= permissions_of(actor)


def assignable_roles(actor: User) -> QuerySet[Group]:
    """Return the groups whose permissions `actor` has too."""
    if actor.is_superuser:
        return Group.objects.order_by("name")
    own = permissions_of(actor)
    keys = [group.pk for group in Group.objects.all() if _names(group.permissions.all()) <= own]
    return Group.objects.filter(pk__in=keys).order_by("name")


def rights_label(group: Group) -> str:
    """Return the labels of the rights of a role."""
    held = {f"{app}.{name}" for app, name in _names(group.permissions.all())}
    return gettext(", ").join(str(right.label) for right in Right if right.value in held)


class RolesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group: Any) -> str:
        return format_html(
            '<strong>{}</strong> <span class="role-rights">{}</span>',
            role_label(group.name),
            rights_label(group),
        )


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return [(str(group.pk), role_label(group.name)) for group in Group.objects.order_by("name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        chosen = parse_row_key(self.value() or "")
        return queryset.filter(groups=chosen) if chosen else queryset


admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Django's page, limited so that administrators cannot create or change higher accounts."""

    class Media:
        css = {"all": ("papersite/people.css",)}

    list_display = ("username", "full_name", "roles", "is_active", "last_login")
    list_filter = ("is_active", RoleFilter)
    ordering = ("username",)
    readonly_fields = ("last_login", "date_joined")
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("username", "usable_password", "password1", "password2", "groups"),
            },
        ),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Hide the fields that only superusers may change."""
        if obj is None or request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        return (
            (None, {"fields": ("username", "password", "is_active", "groups")}),
            (_("Personal info"), {"fields": ("first_name", "last_name", "email")}),
            (_("Important dates"), {"fields": ("last_login", "date_joined")}),
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            return RolesField(
                queryset=assignable_roles(request.user),
                required=False,
                label=_("roles"),
                help_text=_("Roles add up. An account without a role has no access."),
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the editor has all rights of the account."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_manage(requesting_editor(request), obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Accounts are deactivated, because the history shows their names."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Allow every new account into the admin; accounts have no other use."""
        if not change or not request.user.is_superuser:
            obj.is_staff = True
        super().save_model(request, obj, form, change)

    @admin.display(description=_("name"))
    def full_name(self, user: User) -> str:
        return account_name(user) if user.get_full_name() else ""

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        if user.is_superuser:
            return gettext("superuser")
        return gettext(", ").join(role_label(group.name) for group in user.groups.all())


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """The roles. Only superusers may change them."""

    list_display = ("role", "rights")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        return super().get_queryset(request).prefetch_related("permissions__content_type")

    @admin.display(description=_("role"), ordering="name")
    def role(self, group: Group) -> str:
        return role_label(group.name)

    @admin.display(description=_("permissions"))
    def rights(self, group: Group) -> str:
        return rights_label(group)


@admin.register(FailedLogin)
class FailedLoginAdmin(admin.ModelAdmin):
    """Accounts that are locked or have failures. Deleting an entry unlocks the account."""

    list_display = ("username", "ip_address", "failures_since_start", "locked", "attempt_time")
    list_display_links = None
    search_fields = ("username", "ip_address")
    ordering = ("-attempt_time",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("locked"), boolean=True)
    def locked(self, failed: FailedLogin) -> bool:
        return failed.failures_since_start >= settings.AXES_FAILURE_LIMIT
