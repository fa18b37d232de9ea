"""Turns a school's `.fet` file into a scenario of deling, and a `.fet` file of the same problem.

    python benchmarks/public/fet.py FILE.fet FOLDER

The folder gets `scenario.yaml`, `tables/`, `reduced.fet` with exactly the same constraints, and
`counts.json`: what was stated and what was left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from fetfiles import read, state, write
from fetfiles.write import counts


def main() -> int:
    """Convert a file and say what it holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    try:
        stated = state(read(options.file))
    except (OSError, ValueError) as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return 2
    print(write(stated, options.folder))
    print(json.dumps(counts(stated), indent=2, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
