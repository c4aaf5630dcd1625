"""Discovery in the admin."""

from apps.discovery.related_admin import RelatedChoiceAdmin
from apps.discovery.score_admin import ScoreAdmin

__all__ = ["RelatedChoiceAdmin", "ScoreAdmin"]
