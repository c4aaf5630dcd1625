"""What a deployment must say before it may start."""

from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from papersite.settings.discovery import embedder_problems

REQUIRED = {
    "SECRET_KEY": "a random string: python -c 'import secrets; print(secrets.token_urlsafe(50))'",
    "DATABASE_URL": "postgresql://user:password@host:5432/name (PostgreSQL 15 or later, pgvector)",
    "REDIS_URL": "redis://:password@host:6379/0 (Redis or Valkey)",
    "ALLOWED_HOSTS": "the host names of the site, separated by commas: papers.example.org",
    "SITE_URL": "the address readers use: https://papers.example.org",
    "CONTACT_EMAIL": "an address that arXiv can write to; it is sent in the User-Agent",
}
SHORTEST_SECRET = 50
POLICIES = ("clean", "held")


def problems(environment: Mapping[str, str]) -> list[str]:
    """Return what keeps a production site from starting, one sentence each; empty when safe."""
    found = [
        f"{name} is not set. Set it to {meaning}."
        for name, meaning in REQUIRED.items()
        if not environment.get(name, "").strip()
    ]
    secret = environment.get("SECRET_KEY", "")
    if secret and (len(secret) < SHORTEST_SECRET or len(set(secret)) < 5):
        found.append(f"SECRET_KEY is too weak. Set it to {REQUIRED['SECRET_KEY']}.")
    database = environment.get("DATABASE_URL", "")
    if database and not database.startswith(("postgres://", "postgresql://")):
        found.append(
            "DATABASE_URL must start with postgresql://: papersite runs on PostgreSQL only."
        )
    redis = environment.get("REDIS_URL", "")
    if redis and not redis.startswith(("redis://", "rediss://")):
        found.append("REDIS_URL must start with redis:// or rediss://.")
    if "*" in [host.strip() for host in environment.get("ALLOWED_HOSTS", "").split(",")]:
        found.append("ALLOWED_HOSTS must not hold '*'. Name the hosts that this site answers to.")
    site = environment.get("SITE_URL", "")
    if site and not site.startswith("https://"):
        found.append("SITE_URL must start with https://: editors send passwords to this site.")
    if environment.get("DEBUG", "").strip().lower() in {"1", "true", "yes", "on"}:
        found.append("DEBUG must not be on in production: unset it.")
    policy = environment.get("PUBLISH_POLICY", "clean")
    if policy not in POLICIES:
        found.append(f"PUBLISH_POLICY is {policy!r}. Set it to one of: {', '.join(POLICIES)}.")
    found += [
        f"{name} names no file. Set it to the path of a font, or unset it."
        for name in ("CARD_FONT", "CARD_FONT_BOLD")
        if environment.get(name) and not Path(environment[name]).is_file()
    ]
    return found + embedder_problems(environment)


def refuse_unsafe(environment: Mapping[str, str]) -> None:
    """Raise ImproperlyConfigured, naming every problem, unless the environment is safe."""
    refuse(problems(environment))


def refuse(found: list[str]) -> None:
    """Raise ImproperlyConfigured, naming every problem that was found, if any."""
    if found:
        lines = "\n".join(f"  - {problem}" for problem in found)
        raise ImproperlyConfigured(f"papersite cannot start:\n{lines}")
