"""Failed logins as django-axes counts them, under a clearer name."""

from axes.models import AccessAttempt
from django.utils.translation import gettext_lazy as _


class FailedLogin(AccessAttempt):
    """Failed logins to one account from one address. Deleting the row unlocks the account."""

    class Meta:
        proxy = True
        verbose_name = _("failed login")
        verbose_name_plural = _("failed logins")

    def __str__(self) -> str:
        return f"{self.username} {self.ip_address}"
