"""Settings of a real deployment: everything from the environment, nothing unsafe by default.

The process refuses to start, naming every problem at once, when something is missing or unsafe.
"""

import os

from papersite.settings.base import *  # noqa: F403
from papersite.settings.base import BASE_DIR, STORAGES
from papersite.settings.current import CONFIGURATION
from papersite.settings.safety import problems, raise_problems

raise_problems(problems(os.environ))

site = CONFIGURATION.site
DEBUG = False
SECRET_KEY = site.SECRET_KEY
ALLOWED_HOSTS = site.ALLOWED_HOSTS
CSRF_TRUSTED_ORIGINS = [site.SITE_URL.rstrip("/")]

STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = BASE_DIR / site.MEDIA_ROOT

SECURE_SSL_REDIRECT = site.SECURE_SSL_REDIRECT
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = site.SECURE_HSTS_SECONDS
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
