"""Settings shared by every environment. What differs between machines comes from the environment.

`dev.py` serves the embedded default, `test.py` the test suite, `prod.py` a real deployment.
README.md lists every variable that is read here.
"""

from pathlib import Path

import environ

from papersite.settings.api import *  # noqa: F403
from papersite.settings.desk import *  # noqa: F403
from papersite.settings.discovery import embedder_from
from papersite.settings.engines import (
    chains_from,
    engines_from,
    examples_from,
    prices_from,
    summariser_from,
)
from papersite.settings.exports import *  # noqa: F403
from papersite.settings.exports import exports_storage
from papersite.settings.release import released_at
from papersite.settings.signals import signals_from, sources_from

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "corsheaders",
    "csp",
    "axes",
    "apps.papers",
    "apps.harvest",
    "apps.translation",
    "apps.discovery",
    "apps.review",
    "apps.public",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "apps.public.api.throttling.RateLimitMiddleware",
    "apps.public.pages.caching.KeptPagesMiddleware",
    "apps.review.accounts.sessions.DeskSessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "apps.public.site.content_language.ContentLanguageMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "papersite.urls"
WSGI_APPLICATION = "papersite.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.public.pages.context.site",
            ],
        },
    },
]

DATABASES = {"default": env.db_url("DATABASE_URL", default="postgresql://127.0.0.1/papersite")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
# Counters of what comes in from readers. No page that is only read asks the cache.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "papersite",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
    }
}

# How much memory each web process gives to pages that it has made.
PAGE_CACHE_MB = env.int("PAGE_CACHE_MB", default=64)
# How long such a page is served without asking the database whether it is still the right one.
PAGE_CHECK_SECONDS = env.float("PAGE_CHECK_SECONDS", default=5.0)
RELEASED_AT = released_at(BASE_DIR)

# Languages. The interface is Django's i18n; the content is translated from SOURCE_LANGUAGE.
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "papersite" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
SOURCE_LANGUAGE = "en"
TARGET_LANGUAGES = env.list("TARGET_LANGUAGES", default=["ja"])

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
SEEDS_DIR = BASE_DIR / "seeds"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "exports": exports_storage(BASE_DIR / "exports"),
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
    },
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "apps.public.pages.site.errors.form_refused"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

# Celery: the broker may lose everything and nothing is lost (see papersite/celery.py).
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_TIME_LIMIT = 1800
# Longer than the longest task: a shorter one hands a running task to a second worker.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": env.int("CELERY_VISIBILITY_TIMEOUT", default=3600),
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
    "socket_timeout": 30,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
}
CELERY_TIMEZONE = "UTC"

# The pipeline.
SWEEP_SECONDS = env.float("SWEEP_SECONDS", default=20.0)
LEASE_SECONDS = env.int("LEASE_SECONDS", default=300)
TRANSLATION_BATCH = env.int("TRANSLATION_BATCH", default=64)
TRANSLATION_ENGINES = engines_from(env)
TRANSLATION_CHAINS = chains_from(env)
TRANSLATION_EXAMPLES = examples_from(env)
TRANSLATION_PRICES = prices_from(env)
SUMMARISER = summariser_from(env)
DISCOVERY_EMBEDDER = embedder_from(env)
SCORE_FORMULA = 2
# Milliseconds that one statement of a search may take in the database.
SEARCH_TIMEOUT_MS = env.int("SEARCH_TIMEOUT_MS", default=2000)
OUTSIDE_SOURCES = sources_from(env)
OUTSIDE_SIGNALS = signals_from(env)
# "clean": machine translations without blocking findings are published at once, marked as
# unreviewed. "held": every translation waits for an editor.
PUBLISH_POLICY = env.str("PUBLISH_POLICY", default="clean")

# The editors' desk.
CLAIM_MINUTES = env.int("CLAIM_MINUTES", default=15)
# Whether a text must be approved by somebody who wrote no sentence of it.
FOUR_EYES = env.bool("FOUR_EYES", default=False)

# Readers' corrections: how many one network address may send, and all together.
SUGGESTIONS_PER_MINUTE = env.int("SUGGESTIONS_PER_MINUTE", default=3)
SUGGESTIONS_PER_DAY = env.int("SUGGESTIONS_PER_DAY", default=30)
SUGGESTIONS_PER_HOUR = env.int("SUGGESTIONS_PER_HOUR", default=300)
# After how many days nobody can tell any more which corrections came from one address.
SUGGESTION_SENDER_DAYS = env.int("SUGGESTION_SENDER_DAYS", default=7)
# Under which licence readers give their corrections, as it is said beside the form.
TRANSLATION_LICENCE = env.str("TRANSLATION_LICENCE", default="CC0 1.0")

# Harvesting. arXiv asks for one request in three seconds over all machines of a site.
ARXIV_OAI_URL = env.str("ARXIV_OAI_URL", default="https://oaipmh.arxiv.org/oai")
ARXIV_API_URL = env.str("ARXIV_API_URL", default="https://export.arxiv.org/api/query")
ARXIV_SECONDS_PER_REQUEST = env.float("ARXIV_SECONDS_PER_REQUEST", default=3.0)
HARVEST_SETS = env.list("HARVEST_SETS", default=[])
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")

SITE_NAME = env.str("SITE_NAME", default="papersite")
# Whether search engines are asked to leave out papers whose translation nobody has reviewed.
NOINDEX_UNREVIEWED = env.bool("NOINDEX_UNREVIEWED", default=False)
# The fonts of the cards that social networks show. Those of the project can write Japanese.
CARD_FONT = env.str("CARD_FONT", default=str(BASE_DIR / "fonts" / "NotoSansCJKjp-Regular.otf"))
CARD_FONT_BOLD = env.str(
    "CARD_FONT_BOLD", default=str(BASE_DIR / "fonts" / "NotoSansCJKjp-Bold.otf")
)
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
