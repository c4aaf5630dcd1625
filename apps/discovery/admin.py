"""Discovery in the admin."""

from apps.discovery.score_admin import ScoreAdmin

__all__ = ["ScoreAdmin"]
