"""``deling compare``: plans, or the sharing ladder, beside today."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from deling import answers, names, outputs
from deling.apart import Searcher
from deling.cli import options, reading, show
from deling.cli.speech import Argument, Command, Option
from deling.cli.stopping import stoppable
from deling.cli.text import wrapped
from deling.ctrl_c import INTERRUPTED
from deling.errors import NO_PLAN_IN_TIME, NO_VALID_PLAN
from deling.figures import shown
from deling.ladder import climb
from deling.language import N_, _, ngettext
from deling.progress import watcher

if TYPE_CHECKING:
    from pathlib import Path

    from deling.case import Case
    from deling.cli.options import Search
    from deling.compare import Comparison
    from deling.domain import SharingLevel
    from deling.ladder import Ladder

HELP = N_("""Put PLANS of a SCENARIO beside today's use; without any, the sharing ladder.

The ladder is: today; the best week if each institution keeps to itself; if each sector
shares; if the whole area shares.""")
EPILOG = N_("""\b
Examples:
  deling compare area.yaml                                 today, own, sector, area
  deling compare area.yaml out/area/plan.csv edited.csv    plans beside today

\b
Without plans, each sharing level is searched, starting from the plan of the one before. The time
limit is that of the whole ladder: three times the scenario's own by default. An earlier result
in the output folder is replaced whole.
""")


@click.command("compare", cls=Command, help=HELP, epilog=EPILOG)
@options.scenario_argument
@click.argument("plans", type=options.FILE, nargs=-1, cls=Argument)
@click.option(
    "--output",
    metavar=N_("FOLDER"),
    type=options.FILE,
    help=N_("Folder for comparison.csv and the plans."),
    cls=Option,
)
@options.sharing_option
@options.search_options
@options.excel_option
@options.quiet_option
@options.json_option
@options.language_option
@click.pass_context
def command(
    ctx: click.Context,
    scenario: Path,
    plans: tuple[Path, ...],
    output: Path | None,
    sharing: SharingLevel | None,
    search: Search,
    excel: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Put PLANS of a SCENARIO beside today's use; without any, the sharing ladder."""
    case = reading.read_case(scenario, sharing, quiet=quiet)
    if output is not None:
        outputs.require_writable(output)
    if not as_json:
        show.scenario(case)
    if plans:
        comparison, ladder = reading.read_plans(plans, case), None
    else:
        ladder = _climb(case, search, quiet=quiet)
        comparison = ladder.comparison
    if ladder is not None and ladder.interrupted and not ladder.has_plan:
        output = None  # Nothing to write: earlier results stay.
    if output is not None:
        dialect = outputs.EXCEL if excel else outputs.PLAIN
        outputs.write_comparison(comparison, output, dialect)
    if as_json:
        show.document(outputs.comparison_record(comparison))
    else:
        _print(comparison, output)
    if ladder is not None:
        _end(ctx, ladder)


def _climb(case: Case, search: Search, *, quiet: bool) -> Ladder:
    with (
        Searcher() as searcher,
        stoppable(searcher.stop),
        watcher(quiet=quiet) as watch,
    ):
        return climb(case, search=searcher.optimise, **asdict(search), watch=watch)


def _print(comparison: Comparison, output: Path | None) -> None:
    show.comparison(comparison, answers.LONG)
    show.give_and_take(comparison.columns[-1])
    show.steps(comparison)
    for column in comparison.columns:
        show.proof(column)
    for column in comparison.columns:
        if column.breaches:
            click.echo(
                wrapped(
                    ngettext(
                        "{plan} breaks rules in {count} place; `deling check` shows where.",
                        "{plan} breaks rules in {count} places; `deling check` shows where.",
                        len(column.breaches),
                    ).format(plan=names.plan(column.label), count=shown(len(column.breaches)))
                )
            )
    if output is not None:
        show.heading(_("Results in {folder}").format(folder=output))


def _end(ctx: click.Context, ladder: Ladder) -> None:
    """End with the code of the ladder: any plan is enough."""
    if ladder.interrupted:
        click.echo(_("Interrupted: this is the best found until then."), err=True)
        ctx.exit(INTERRUPTED)
    if ladder.has_plan:
        return
    for level, result in ladder.results.items():
        for text in (*result.clash, *result.notes):
            click.echo(wrapped(f"{names.plan(level)}: {text}"), err=True)
    infeasible = all(result.status == "infeasible" for result in ladder.results.values())
    click.echo(
        _("No plan can keep all rules at any level.")
        if infeasible
        else _("No plan was found in time at any level."),
        err=True,
    )
    ctx.exit(NO_VALID_PLAN if infeasible else NO_PLAN_IN_TIME)
