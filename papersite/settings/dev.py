"""Settings of the embedded default (`make up`) and of development."""

from papersite.settings.base import *  # noqa: F403
from papersite.settings.current import CONFIGURATION
from papersite.settings.safety import raise_problems

raise_problems(CONFIGURATION.problems)

site = CONFIGURATION.site
DEBUG = site.DEBUG
SECRET_KEY = site.SECRET_KEY or "only-for-a-site-that-nobody-else-can-reach"
ALLOWED_HOSTS = ["*"]
# Served straight from static/: no collectstatic step between an edit and its effect.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
