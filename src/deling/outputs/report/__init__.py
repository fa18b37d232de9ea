"""``report.html``: what leaders and politicians look at, one file that needs no network."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from deling.outputs.outcome import Outcome
    from deling.outputs.table import Dialect


def write(outcome: Outcome, folder: Path, dialect: Dialect) -> None:
    """Write the report; the dialect of tables does not change it."""
    write_report(outcome, folder / "report.html")


def write_report(outcome: Outcome, path: Path) -> None:
    """Write the report to a file."""
    # Here, so that commands that write no report do not wait for the template engine.
    from deling.outputs.report.page import render

    path.write_text(render(outcome), encoding="utf-8", newline="\n")
