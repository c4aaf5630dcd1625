"""A valid environment of a production site."""

SAFE = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "DATABASE_URL": "postgresql://papersite:secret@db.example.org/papersite",
    "REDIS_URL": "redis://:secret@cache.example.org:6379/0",
    "ALLOWED_HOSTS": "papers.example.org",
    "SITE_URL": "https://papers.example.org",
    "CONTACT_EMAIL": "editor@example.org",
}
