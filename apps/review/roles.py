"""The roles as groups of Django, made by a migration, and again where they are missing."""

from collections.abc import Mapping
from typing import Any, Final

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.review.permissions import (
    ADMINISTRATORS,
    GLOSSARY_KEEPERS,
    REVIEWERS,
    ROLES,
    TRANSLATORS,
)

LABELS: Final[Mapping[str, Promise]] = {
    TRANSLATORS: _("Translators"),
    REVIEWERS: _("Reviewers"),
    GLOSSARY_KEEPERS: _("Glossary keepers"),
    ADMINISTRATORS: _("Administrators"),
}


def role_label(group_name: str) -> str:
    """Return the translated name of a role's group, or the name of another group."""
    return str(LABELS.get(group_name, group_name))


def make_roles(apps: Apps) -> None:
    """Make the group of each role and add its permissions; it keeps others that it has.

    `apps` is the registry, or the historical one of a migration. Missing permissions are made, as
    Django does after migrations; those of apps that `apps` lacks are left to a later call.
    """
    group: Any = apps.get_model("auth", "Group")
    permission: Any = apps.get_model("auth", "Permission")
    for label in sorted({name.split(".")[0] for names in ROLES.values() for name in names}):
        _make_permissions(apps, label)
    permissions = {
        f"{item.content_type.app_label}.{item.codename}": item
        for item in permission.objects.select_related("content_type")
    }
    for name, keys in ROLES.items():
        role, _created = group.objects.get_or_create(name=name)
        role.permissions.add(*(permissions[key] for key in keys if key in permissions))


def _make_permissions(apps: Apps, label: str) -> None:
    try:
        config = apps.get_app_config(label)
    except LookupError:
        return
    # Django makes no permissions for an app without a module of models, as historical apps are.
    before = getattr(config, "models_module", None)
    config.models_module = before or True  # type: ignore[assignment]
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = before
