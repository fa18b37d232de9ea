"""Plants an area of any size: a scenario grown around a plan that serves all that is planted.

    python benchmarks/areas.py FOLDER --institutions 100 --seed 1
    python benchmarks/areas.py FOLDER --institutions 100 --supply loose --extra 0.3

The folder gets `scenario.yaml`, `tables/`, the planted plan `planted.csv` and what is known of it,
`planted.json`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from planting import plant, write
from planting.supply import SLACK


def main() -> int:
    """Plant an area and say what it holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--institutions", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--supply", choices=SLACK, default="tight")
    parser.add_argument("--extra", type=float, default=0.0, help="share of wishes beyond the plan")
    options = parser.parse_args()
    planted = plant(options.institutions, options.seed, options.supply, options.extra)
    scenario = write(planted, options.folder)
    print(scenario)
    for fact, value in planted.facts.items():
        print(f"  {fact:16}{value:>10,}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
