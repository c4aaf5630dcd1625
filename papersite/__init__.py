"""papersite: harvests papers, translates them, publishes them with their provenance."""

from papersite.celery import app as celery_app

__all__ = ["celery_app"]
