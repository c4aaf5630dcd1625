"""The orderings of lists of papers, newest first. Both have the same positions and cursors."""

from apps.core.keyset import MOMENT, WHOLE, Ordering

NEWEST = Ordering("-submitted_at", (("paper__submitted_at", MOMENT), ("paper_id", WHOLE)))
"""For rows that belong to a paper."""
NEWEST_IN_INDEX = Ordering("-submitted_at", (("submitted_at", MOMENT), ("paper_id", WHOLE)))
"""For rows that copy the submission time of their paper, so that one index has the order."""
