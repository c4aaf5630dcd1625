"""How many scores there are under each formula, without counting millions."""

import json
from dataclasses import dataclass

from django.db import connection

from apps.discovery.models import Score

COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class RowCount:
    """How many there are; `exact`, or as the database's planner estimates it."""

    number: int
    exact: bool


def count_scores(formula: int) -> RowCount:
    """Return how many scores a formula has: counted up to COUNTED, estimated beyond."""
    counted = Score.objects.filter(formula=formula).order_by()[: COUNTED + 1].count()
    if counted <= COUNTED:
        return RowCount(counted, exact=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN (FORMAT JSON) SELECT 1 FROM discovery_score WHERE formula = %s", [formula]
        )
        (plan,) = cursor.fetchone()
    found = json.loads(plan) if isinstance(plan, str) else plan
    return RowCount(max(COUNTED, int(found[0]["Plan"]["Plan Rows"])), exact=False)
