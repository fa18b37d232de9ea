"""Rows of measurements for the tests of figures and pages."""

from __future__ import annotations

from sizing.sizes import SIZES

LIMITS = {name: size.limit for name, size in SIZES.items()}
SESSIONS = {"area": 150, "municipality": 1_100, "region": 11_000, "country": 110_000}


def search_row(size="area", extra=0.0, seed=101, solver="deling", factor=1.0, **changes):
    """Return a row in which all is served at a thousandth of a second a session."""
    planted = SESSIONS[size]
    at = factor * planted / 1_000
    row = {
        "solver": solver,
        "size": size,
        "institutions": SIZES[size].institutions,
        "seed": seed,
        "supply": "tight",
        "extra": extra,
        "what": "search",
        "limit": LIMITS[size],
        "commit": "abc1234",
        "when": "2026-01-02T03:04:05+00:00",
        "machine": "Linux x86_64, 2 cores",
        "python": "3.11.7",
        "facts": {"served": planted, "wanted_sessions": planted, "limit": 2 * planted},
        "speed": {"loop": 1.0, "solve": 1.0, "factor": factor},
        "load": 3.0,
        "others": 0.01,
        "peak_bytes": 100_000_000 + 50_000 * planted,
        "found": {
            "status": "feasible",
            "ended": "time_limit",
            "seconds": factor * LIMITS[size],
            "first": at / 2,
            "workers": 2,
            "notes": [],
            "trace": [
                [at / 2, "served", planted // 2, 2 * planted, 3.0],
                [at / 2, "cost", 5_000, 0, 0.5],
                [at, "served", planted, planted, 0.0],
                [2 * at, "cost", 4_000, 3_990, 0.0025],
            ],
            "breaches": 0,
            "judged": {"served": planted, "cost": 4_000},
        },
    }
    return {**row, **changes}


def tables_row(size="country", **changes):
    row = search_row(size)
    found = {"read": 50.0, "judge": 20.0, "problems": 0, "breaches": 0}
    found["judged"] = {"served": SESSIONS[size]}
    return {**row, "what": "tables", "limit": 0.0, "found": found, **changes}
