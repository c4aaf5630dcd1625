"""The review app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    """Registers the app under its plain label."""

    name = "apps.review"
    label = "review"
    verbose_name = _("Review")
