"""Plans and comparisons as pandas tables, for those who go on with them in Python.

>>> from pathlib import Path
>>> from deling.case import Case
>>> from deling.optimise import optimise
>>> from deling.scenario.load import load
>>> case = Case(load(Path("scenarios/smallest.yaml")).scenario)
>>> result = optimise(case)
>>> sessions_frame(result.plan, case).groupby("institution")["participants"].sum()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from deling.evaluate import session_costs
from deling.measures import PLACES

if TYPE_CHECKING:
    from deling.case import Case
    from deling.compare import Comparison
    from deling.domain import Plan

_SESSION = (
    "event",
    "need",
    "group",
    "institution",
    "source",
    "day",
    "start",
    "end",
    "room",
    "site",
    "staff",
    "participants",
    "cost",
)


def sessions_frame(plan: Plan, case: Case) -> pd.DataFrame:
    """Return one row a session.

    Returns
    -------
    pandas.DataFrame
        Columns ``event``, ``need``, ``group``, ``institution``, ``source``, ``day`` (Monday is
        0), ``start`` and ``end`` (minutes of the week), ``room``, ``site``, ``staff`` (list of
        ids), ``participants`` and ``cost`` (DKK). A bought session has no time, room or site.
    """
    costs = session_costs(plan, case)
    rows = []
    for event in plan.events:
        where: tuple[object, ...] = (None,) * 5
        if event.internal:
            where = (event.day, event.start, event.end, event.room, case.site_of(event))
        for need in event.needs:
            group = case.group_of(need)
            rows.append(
                (
                    event.id,
                    need,
                    group.id,
                    group.institution,
                    event.source,
                    *where,
                    list(event.staff),
                    group.size,
                    costs[event.id, need] / 100,
                )
            )
    times = dict.fromkeys(("day", "start", "end", "participants"), "Int64")
    return pd.DataFrame(rows, columns=_SESSION).astype(times)


def comparison_frame(comparison: Comparison) -> pd.DataFrame:
    """Return every measure of every plan.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``level`` (``area``, ``sector``, ``institution``, ``kind``, ``room``), ``id``
        and ``measure``; one column a plan, under its label. Missing where a measure has no value.
    """
    rows = list(comparison.rows())
    index = pd.MultiIndex.from_tuples(
        [(row.scope.level, row.scope.id, row.measure.id) for row in rows],
        names=["level", "id", "measure"],
    )
    values = [
        [
            None if value is None else round(float(value), PLACES[row.measure.unit])
            for value in row.values
        ]
        for row in rows
    ]
    labels = [column.label for column in comparison.columns]
    return pd.DataFrame(values, index=index, columns=labels, dtype="float64")
