"""Rows of results: JSON lines, one a measurement, written as soon as it is done."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from sizing.sizes import Measurement

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]


def key_of(row: Row) -> Measurement:
    """Return what a row measures."""
    return Measurement(*(row[name] for name in Measurement._fields))


class Store:
    """The rows of one file.

    Parameters
    ----------
    path
        A file, which need not exist yet.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def rows(self) -> list[Row]:
        """Return the last row of each measurement; a line that was never finished is none."""
        if not self._path.exists():
            return []
        lines = self._path.read_text(encoding="utf-8").splitlines(keepends=True)
        found = [json.loads(line) for line in lines if line.endswith("\n")]
        return list({key_of(row): row for row in found}.values())

    def missing(self, wanted: list[Measurement]) -> list[Measurement]:
        """Return the measurements that have no row yet, or one that says that they failed."""
        done = {key_of(row) for row in self.rows() if "error" not in row}
        return [one for one in wanted if one not in done]

    def add(self, row: Row) -> None:
        """Write a row; it is on the disk when this returns."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a+b") as file:
            file.seek(0)
            text = file.read()
            file.truncate(text.rfind(b"\n") + 1)
            file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())


class Stores:
    """The rows of a folder, a file for each solver.

    Parameters
    ----------
    folder
        Need not exist yet.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _of(self, solver: str) -> Store:
        return Store(self._folder / f"{solver}.jsonl")

    def missing(self, wanted: list[Measurement]) -> list[Measurement]:
        """Return the measurements without a row, in order; see `Store.missing`."""
        left = {
            one
            for solver in {one.solver for one in wanted}
            for one in self._of(solver).missing([one for one in wanted if one.solver == solver])
        }
        return [one for one in wanted if one in left]

    def add(self, row: Row) -> None:
        """Write a row."""
        self._of(row["solver"]).add(row)


def read_folder(folder: Path) -> list[Row]:
    """Return the rows of all files of a folder, deling's and its peers'."""
    return [row for path in sorted(folder.glob("*.jsonl")) for row in Store(path).rows()]
