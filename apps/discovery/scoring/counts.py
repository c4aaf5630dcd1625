"""The number of scores of a formula, estimated where counting is slow."""

import json
from dataclasses import dataclass

from django.db import connection

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
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN (FORMAT JSON) SELECT 1 FROM discovery_score WHERE formula = %s", [formula]
        )
        (plan,) = cursor.fetchone()
    found = json.loads(plan) if isinstance(plan, str) else plan
    return RowCount(max(COUNTED, int(found[0]["Plan"]["Plan Rows"])), exact=False)
