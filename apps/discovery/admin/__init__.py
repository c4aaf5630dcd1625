"""The admin of discovery."""

from apps.discovery.admin.related import RelatedChoiceAdmin
from apps.discovery.admin.scores import ScoreAdmin

__all__ = ["RelatedChoiceAdmin", "ScoreAdmin"]
