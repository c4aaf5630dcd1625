"""The discovery app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscoveryConfig(AppConfig):
    """Registers the app under its plain label."""

    name = "apps.discovery"
    label = "discovery"
    verbose_name = _("Discovery")
