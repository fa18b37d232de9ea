"""``deling init``: copy a small commented scenario to start from."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

import deling
from deling.cli import options
from deling.cli.schema import SCENARIO_FILE
from deling.cli.speech import Argument, Command
from deling.errors import InputError, OutputError, Place, Problem
from deling.language import FOLDER, N_, _, language

HELP = N_("""Copy a small commented scenario into a new FOLDER ("my-area" by default).

Three institutions, a dozen wishes: small enough to read in ten minutes and change. Nothing
that exists is overwritten.""")
EPILOG = N_("""\b
Example:
  deling init my-area
  deling run my-area/scenario.yaml
""")
_PACKAGE = Path(deling.__file__).parent


@click.command("init", cls=Command, help=HELP, epilog=EPILOG)
@click.argument("folder", type=options.FILE, default="my-area", cls=Argument)
@options.language_option
def command(folder: Path) -> None:
    """Copy a small commented scenario into a new FOLDER ("my-area" by default)."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        reason = _("exists and is not empty; name a folder that does not exist")
        raise InputError([Problem(Place(str(folder)), "", reason)])
    try:
        shutil.copytree(_PACKAGE / "templates", folder, dirs_exist_ok=True)
        commented = FOLDER / language() / "scenario.yaml"
        if commented.exists():
            shutil.copy(commented, folder)
        shutil.copy(_PACKAGE / "schemas" / SCENARIO_FILE, folder)
    except OSError as error:
        raise OutputError(
            _("{folder} cannot be written: {reason}").format(
                folder=folder, reason=error.strerror or error
            )
        ) from error
    click.echo(_("Copied a small scenario into {folder}. Try:").format(folder=folder))
    for name in ("check", "run", "compare"):
        click.echo(f"  deling {name} {folder / 'scenario.yaml'}")
