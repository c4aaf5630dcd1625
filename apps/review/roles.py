"""The roles as groups of Django: made by a migration, and again wherever they are missing."""

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
    """Return the name of a group in the language of the page; of a site's own groups as it is."""
    return str(LABELS.get(group_name, group_name))


def make_roles(apps: Apps) -> None:
    """Make the group of every role and give it its permissions; what it has besides stays.

    `apps` is the registry, or the historical one of a migration. Permissions that do not exist
    yet are made, as Django does after its migrations; those of apps that `apps` does not have
    are left to a later call.
    """
    group: Any = apps.get_model("auth", "Group")
    permission: Any = apps.get_model("auth", "Permission")
    for label in sorted({name.split(".")[0] for names in ROLES.values() for name in names}):
        _make_permissions(apps, label)
    known = {
        f"{found.content_type.app_label}.{found.codename}": found
        for found in permission.objects.select_related("content_type")
    }
    for name, wanted in ROLES.items():
        role, _created = group.objects.get_or_create(name=name)
        role.permissions.add(*(known[key] for key in wanted if key in known))


def _make_permissions(apps: Apps, label: str) -> None:
    try:
        config = apps.get_app_config(label)
    except LookupError:
        return
    # Historical apps have no module of models, without which Django makes nothing.
    before = getattr(config, "models_module", None)
    config.models_module = before or True  # type: ignore[assignment]
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = before
