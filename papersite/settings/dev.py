"""Settings of the embedded default (`make up`) and of development."""

from papersite.settings.base import *  # noqa: F403
from papersite.settings.base import env
from papersite.settings.discovery import embedder_problems
from papersite.settings.safety import refuse

refuse(embedder_problems(env.ENVIRON))

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-a-site-that-nobody-else-can-reach")
ALLOWED_HOSTS = ["*"]
# Served straight from static/: no collectstatic step between an edit and its effect.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
