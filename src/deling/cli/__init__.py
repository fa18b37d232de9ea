"""The command line: one module a command, imported only when that command is used."""

from __future__ import annotations

import importlib
import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

import click

from deling import __version__, ctrl_c
from deling.cli.speech import VARIABLE, Command, Option, asked_for, begin
from deling.errors import DelingError, InputError
from deling.language import LANGUAGES, N_, _, ngettext, with_signs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("deling.cli.run", N_("Propose a shared week and write every schedule.")),
    "check": ("deling.cli.check", N_("Judge a plan, or today's use, by every rule.")),
    "compare": ("deling.cli.compare", N_("Put plans, or the sharing ladder, beside today.")),
    "report": ("deling.cli.report", N_("Write a page to look at, to print and to mail.")),
    "init": ("deling.cli.init", N_("Copy a small commented scenario to start from.")),
    "schema": ("deling.cli.schema", N_("Print the JSON Schema of a scenario file.")),
}
"""Module and one line of help by command, so that ``--help`` imports none of them."""

HELP = N_("""Plan a shared week for the rooms, staff and equipment of a local area.

Reads a scenario (a YAML file and a folder of CSV tables), proposes the best week that keeps
every rule, and says how far from the best it can be at most.""")
EPILOG = N_("""\b
Examples:
  deling init my-area                    a small scenario to look at and change
  deling check my-area/scenario.yaml     does today's use keep all rules?
  deling run my-area/scenario.yaml       propose a week; results in out/scenario
  deling compare my-area/scenario.yaml   what does sharing bring, step by step?

\b
Exit codes:
  0    done                              3    no plan found in time
  1    a check found breaches            4    no valid plan exists
  2    bad input                         130  interrupted

\b
Completion of commands and options by <Tab>, for bash (zsh and fish alike):
  eval "$(_DELING_COMPLETE=bash_source deling)"
""")


class Deling(Command, click.Group):
    """A group that imports a command when it is called, and explains errors by itself."""

    def main(self, args: Sequence[str] | None = None, *others: Any, **more: Any) -> Any:
        """Run the command line, in the language that it asks for."""
        arguments = sys.argv[1:] if args is None else list(args)
        begin(arguments)
        ctrl_c.say(_("Interrupted."))
        return super().main(arguments, *others, **more)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(text)) for name, (_module, text) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error that deling knows ends with its message and exit code."""
        with ctrl_c.with_something_to_put_away():
            return self._invoke(ctx)

    def _invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except InputError as error:
            explain(error)
            ctx.exit(error.exit_code)
        except DelingError as error:
            click.echo(error, err=True)
            ctx.exit(error.exit_code)
        except (KeyboardInterrupt, ImportError) as error:
            # Ctrl-C while a compiled module is imported comes out as the cause of an ImportError.
            if not any(isinstance(each, KeyboardInterrupt) for each in (error, error.__cause__)):
                raise
            click.echo(_("Interrupted."), err=True)
            ctx.exit(ctrl_c.INTERRUPTED)


def explain(error: InputError) -> None:
    """Print every problem of the input, then how many there are."""
    from deling.cli.text import to_error

    for problem in error.problems:
        to_error(str(problem))
    count = sum(problem.severity == "error" for problem in error.problems)
    total = ngettext("{count} problem in the input.", "{count} problems in the input.", count)
    click.echo(total.format(count=with_signs(f"{count:,}")), err=True)


@click.group(
    cls=Deling,
    help=HELP,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(
    __version__, prog_name="deling", cls=Option, help=N_("Show the version and exit.")
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    envvar=VARIABLE,
    show_envvar=True,
    callback=asked_for,
    expose_value=False,
    help=N_("Language of all texts; may stand after the command too."),
    cls=Option,
)
@click.pass_context
def main(ctx: click.Context) -> None:
    """Plan a shared week for the rooms, staff and equipment of a local area."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        ctx.color = False
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter gets a substitute for it, not a traceback.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
