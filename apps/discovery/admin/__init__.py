"""Discovery in the admin."""

from apps.discovery.admin.related import RelatedChoiceAdmin
from apps.discovery.admin.scores import ScoreAdmin

__all__ = ["RelatedChoiceAdmin", "ScoreAdmin"]
