"""``deling init``: copy a small commented scenario to start from."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import click

from deling.cli import reading
from deling.errors import InputError, OutputError, Place, Problem
from deling.language import _

if TYPE_CHECKING:
    from pathlib import Path

EPILOG = """\b
Example:
  deling init my-area
  deling run my-area/scenario.yaml
"""


@click.command("init", epilog=EPILOG)
@click.argument("folder", type=reading.FILE, default="my-area")
def command(folder: Path) -> None:
    """Copy a small commented scenario into a new FOLDER ("my-area" by default).

    Three institutions, a dozen wishes: small enough to read in ten minutes and change. Nothing
    that exists is overwritten.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        problem = Problem(
            Place(str(folder)), "", _("exists and is not empty; name a folder that does not exist")
        )
        raise InputError([problem])
    try:
        with as_file(files("deling") / "templates") as templates:
            shutil.copytree(templates, folder, dirs_exist_ok=True)
    except OSError as error:
        raise OutputError(
            _("{folder} cannot be written: {reason}").format(
                folder=folder, reason=error.strerror or error
            )
        ) from error
    click.echo(_("Copied a small scenario into {folder}. Try:").format(folder=folder))
    for line in ("check", "run", "compare"):
        click.echo(f"  deling {line} {folder / 'scenario.yaml'}")
