"""``deling schema``: the JSON Schemas of a scenario's files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from deling.cli import options
from deling.cli.speech import Command, Option
from deling.errors import OutputError
from deling.language import N_, _
from deling.scenario.schema import json_schemas

if TYPE_CHECKING:
    from pathlib import Path

SCENARIO_FILE = "scenario.schema.json"

HELP = N_("Print the JSON Schema of a scenario file.")
EPILOG = N_("""\b
With this first line, editors that know YAML complete and check a scenario file:
  # yaml-language-server: $schema=scenario.schema.json
""")


@click.command("schema", cls=Command, help=HELP, epilog=EPILOG)
@click.option(
    "--output",
    metavar=N_("FOLDER"),
    type=options.FILE,
    help=N_("Write every schema into this folder instead: the scenario's and each table's."),
    cls=Option,
)
@options.language_option
def command(output: Path | None) -> None:
    """Print the JSON Schema of a scenario file."""
    schemas = json_schemas()
    if output is None:
        click.echo(schema_text(schemas["scenario"]).encode(), nl=False)
        return
    try:
        output.mkdir(parents=True, exist_ok=True)
        for name, schema in schemas.items():
            path = output / f"{name}.schema.json"
            path.write_text(schema_text(schema), encoding="utf-8", newline="\n")
            click.echo(path)
    except OSError as error:
        raise OutputError(
            _("{folder} cannot be written: {reason}").format(
                folder=output, reason=error.strerror or error
            )
        ) from error


def schema_text(schema: dict[str, Any]) -> str:
    """Return a schema as it is written to files."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
