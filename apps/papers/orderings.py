"""The order of every list of papers that readers page through: the newest first.

Both orderings have the same positions and cursors.
"""

from apps.core.keyset import MOMENT, WHOLE, Ordering

NEWEST = Ordering("-submitted_at", (("paper__submitted_at", MOMENT), ("paper_id", WHOLE)))
"""Of rows that belong to a paper."""
NEWEST_IN_INDEX = Ordering("-submitted_at", (("submitted_at", MOMENT), ("paper_id", WHOLE)))
"""Of rows that repeat when their paper was submitted, so that one index has the order."""
