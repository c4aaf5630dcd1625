"""The models of discovery."""

from apps.discovery.models.authors import AuthorPaper, IndexedPaper
from apps.discovery.models.embeddings import Embedding
from apps.discovery.models.ranks import DueRank, ScoreRank, day_of
from apps.discovery.models.related import RelatedChoice, RelatedDecision, RelatedPaper
from apps.discovery.models.scores import Score
from apps.discovery.models.search import LONGEST_ENTRY, LexiconEntry, SearchDocument
from apps.discovery.models.signals import OutsideSignal
from apps.discovery.models.trends import PaperTerms, Trend, TrendReport, TrendWeek

__all__ = [
    "LONGEST_ENTRY",
    "AuthorPaper",
    "DueRank",
    "Embedding",
    "IndexedPaper",
    "LexiconEntry",
    "OutsideSignal",
    "PaperTerms",
    "RelatedChoice",
    "RelatedDecision",
    "RelatedPaper",
    "Score",
    "ScoreRank",
    "SearchDocument",
    "Trend",
    "TrendReport",
    "TrendWeek",
    "day_of",
]
