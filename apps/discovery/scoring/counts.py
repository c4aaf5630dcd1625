"""The number of scores of a formula, estimated where counting is slow."""

import json
from dataclasses import dataclass

from apps.core.bulk_sql import fetch_rows
from apps.discovery.models import Score

COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class RowCount:
    """A number of rows, exact or estimated by PostgreSQL's planner."""

    number: int
    exact: bool


def count_scores(formula: int) -> RowCount:
    """Return the number of scores of a formula: exact up to COUNTED, estimated beyond."""
    counted = Score.objects.filter(formula=formula).order_by()[: COUNTED + 1].count()
    if counted <= COUNTED:
        return RowCount(counted, exact=True)
    ((plan,),) = fetch_rows(
        "EXPLAIN (FORMAT JSON) SELECT 1 FROM discovery_score WHERE formula = %s", [formula]
    )
    found = json.loads(plan) if isinstance(plan, str) else plan
    return RowCount(max(COUNTED, int(found[0]["Plan"]["Plan Rows"])), exact=False)
