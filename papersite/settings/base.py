"""Settings shared by development, tests and production.

`dev.py` serves the embedded default, `test.py` the test suite, `prod.py` a real deployment.
Variables are declared in `schema.py`; each is a setting of the same name unless it is internal.
"""

from pathlib import Path

from environ import Env

import papersite.settings.misspelt  # noqa: F401 (registers a check)
from papersite.settings.api import *  # noqa: F403
from papersite.settings.current import CONFIGURATION
from papersite.settings.desk import *  # noqa: F403
from papersite.settings.exports import exports_storage
from papersite.settings.release import released_at
from papersite.settings.values import BASE_DIR, licences_from
from papersite.settings.values import SOURCE_LANGUAGE as SOURCE_LANGUAGE

site, engines = CONFIGURATION.site, CONFIGURATION.engines
globals().update(site.options())

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
    "apps.public.pages.caching.PageCacheMiddleware",
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

DATABASES = {"default": Env.db_url_config(site.DATABASE_URL)}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counters of rate limits. Pages that are only read do not use the cache.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": site.REDIS_URL,
        "KEY_PREFIX": "papersite",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
    }
}

RELEASED_AT = released_at(BASE_DIR)

# Languages. The interface is Django's i18n; the content is translated from SOURCE_LANGUAGE.
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "papersite" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT: Path | None = BASE_DIR / site.STATIC_ROOT
SEEDS_DIR = BASE_DIR / "seeds"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "exports": exports_storage(site, BASE_DIR),
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

# Celery: no work depends on the broker's data (see papersite/celery.py).
CELERY_BROKER_URL = site.REDIS_URL
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
# Longer than the longest task; a shorter one gives a running task to a second worker.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": site.CELERY_VISIBILITY_TIMEOUT,
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
    "socket_timeout": 30,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
}
CELERY_TIMEZONE = "UTC"

TRANSLATION_ENGINES = {name: engine.entry for name, engine in engines.set_up.items()}
# Read from the top: the first entry that fits the language pair and the primary category wins.
TRANSLATION_CHAINS = [{"languages": "*", "categories": "*", "engines": engines.chain}]
TRANSLATION_EXAMPLES = (
    engines.examples if site.TRANSLATION_EXAMPLES is None else site.TRANSLATION_EXAMPLES
)
TRANSLATION_PRICES = engines.prices
ENGINE_LICENCES = engines.licences | licences_from(site.ENGINE_LICENCES)
SUMMARISER = CONFIGURATION.summariser
DISCOVERY_EMBEDDER = CONFIGURATION.embedder
OUTSIDE_SOURCES = CONFIGURATION.sources
SCORE_FORMULA = 2
CARD_FONT = str(BASE_DIR / site.CARD_FONT)
CARD_FONT_BOLD = str(BASE_DIR / site.CARD_FONT_BOLD)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": site.LOG_LEVEL},
}
