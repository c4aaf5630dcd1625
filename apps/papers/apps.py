"""The papers app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    """Registers the app under its plain label."""

    name = "apps.papers"
    label = "papers"
    verbose_name = _("Papers")
