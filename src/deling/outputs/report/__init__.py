"""``report.html``: what leaders and politicians look at, one file that needs no network."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from deling.errors import OutputError
from deling.language import _

if TYPE_CHECKING:
    from pathlib import Path

    from deling.outputs.outcome import Outcome
    from deling.outputs.table import Dialect


def write(outcome: Outcome, folder: Path, dialect: Dialect) -> None:
    """Write the report; the dialect of tables does not change it."""
    (folder / "report.html").write_text(_page(outcome), encoding="utf-8", newline="\n")


def save(outcome: Outcome, path: Path) -> None:
    """Write the report by itself; the file holds the earlier page or all of the new one.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    page = _page(outcome)
    # The path of a folder, such as ``.``, may have no name of its own.
    beside = path.parent / f".{path.name}.deling"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(page, encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise OutputError(
            _("The report cannot be written to {file}: {reason}.").format(
                file=path, reason=error.strerror or error
            )
        ) from error


def _page(outcome: Outcome) -> str:
    # Here, so that commands that write no report do not wait for the template engine.
    from deling.outputs.report.page import render

    return render(outcome)
