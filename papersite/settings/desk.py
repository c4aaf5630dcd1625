"""Settings of the desk: login, lockout, sessions."""

from datetime import timedelta

from papersite.settings.current import CONFIGURATION

__all__ = [
    "AUTHENTICATION_BACKENDS",
    "AXES_CLIENT_IP_CALLABLE",
    "AXES_COOLOFF_TIME",
    "AXES_DISABLE_ACCESS_LOG",
    "AXES_ENABLE_ADMIN",
    "AXES_FAILURE_LIMIT",
    "AXES_LOCKOUT_CALLABLE",
    "AXES_LOCKOUT_PARAMETERS",
    "AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT",
    "AXES_RESET_ON_SUCCESS",
    "AXES_VERBOSE",
    "CSRF_COOKIE_SAMESITE",
    "SESSION_COOKIE_AGE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
]

site = CONFIGURATION.site

AUTHENTICATION_BACKENDS = [
    "apps.review.accounts.login_lockout.ThrottledLogin",
    "django.contrib.auth.backends.ModelBackend",
]

# django-axes counts failed logins in the database, so all web servers count together.
AXES_FAILURE_LIMIT = site.LOGIN_ATTEMPTS
AXES_COOLOFF_TIME = timedelta(minutes=site.LOGIN_LOCK_MINUTES)
# By both: an editor cannot be locked out from elsewhere, and editors may share an address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "apps.review.accounts.login_lockout.login_address"
AXES_LOCKOUT_CALLABLE = "apps.review.accounts.login_lockout.locked_page"
AXES_RESET_ON_SUCCESS = True
# A try while locked out does not extend the lock: the page shows its end.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# For privacy only failures are stored, until they no longer count.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# An editor stays logged in this long after the last page of the admin.
SESSION_COOKIE_AGE = 3600 * site.SESSION_HOURS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
