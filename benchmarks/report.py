"""Writes `docs/benchmarks.md` and its plots from the rows that `sizes.py` and peers have stored.

python benchmarks/report.py
python benchmarks/report.py --results /tmp/try --page /tmp/try/benchmarks.md
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sizing.page import FOLDER, make_page
from sizing.schools import read_schools
from sizing.sizes import FIRST_SEED
from sizing.store import read_folder

HERE = Path(__file__).parent


def main() -> int:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--results", type=Path, default=HERE / "results")
    parser.add_argument("--page", type=Path, default=HERE.parent / "docs" / "benchmarks.md")
    options = parser.parse_args()
    rows = [row for row in read_folder(options.results) if row["seed"] >= FIRST_SEED]
    schools = read_schools(options.results / "public" / "schools.jsonl")
    text, pictures = make_page(rows, schools)
    folder = options.page.parent / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures.items():
        (folder / name).write_text(picture, encoding="utf-8", newline="\n")
    options.page.write_text(text, encoding="utf-8", newline="\n")
    print(options.page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
