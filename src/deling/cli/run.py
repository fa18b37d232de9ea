"""``deling run``: propose a shared week and write every schedule."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from deling import answers, outputs
from deling.apart import Searcher
from deling.cli import options, reading, show
from deling.cli.speech import Command, Option
from deling.cli.stopping import stoppable
from deling.cli.text import wrapped
from deling.compare import Column, Comparison, today
from deling.ctrl_c import INTERRUPTED
from deling.errors import NO_PLAN_IN_TIME, NO_VALID_PLAN
from deling.figures import shown
from deling.ladder import climb
from deling.language import N_, _, with_signs
from deling.outputs import calendars
from deling.outputs.report import limits
from deling.progress import watcher
from deling.reasons import reasons

if TYPE_CHECKING:
    from deling.case import Case
    from deling.cli.options import Search
    from deling.domain import SharingLevel
    from deling.outputs import Outcome
    from deling.result import Result

HELP = N_("""Propose the best week for a SCENARIO and write every schedule.

The search ends when every goal is proven best or at the time limit; it then has the best
plan found and says how far from the best it can be at most.""")
EPILOG = N_("""\b
Examples:
  deling run scenarios/smallest.yaml
  deling run area.yaml --sharing own --time-limit 30 --output out/own
  deling run area.yaml --ladder --excel

\b
Writes report.html, deling.xlsx, plan.csv, schedules/, comparison.csv, changes.csv, unmet.csv,
staff.csv and result.json; with a season also calendars/ and schedule_dated.csv. An earlier result
in the folder is replaced whole; files that deling did not write stay. Ctrl-C (or SIGTERM) writes
the best plan found so far; with --deterministic-limit the same input gives the same files.
""")


@click.command("run", cls=Command, help=HELP, epilog=EPILOG)
@options.scenario_argument
@click.option(
    "--output",
    metavar=N_("FOLDER"),
    type=options.FILE,
    help=N_("Folder of the results; out/<name of the scenario file> by default."),
    cls=Option,
)
@options.sharing_option
@options.search_options
@click.option(
    "--ladder",
    is_flag=True,
    help=N_("Search each sharing level and compare them; three times the seconds by default."),
    cls=Option,
)
@options.excel_option
@options.quiet_option
@options.json_option
@options.language_option
@click.pass_context
def command(
    ctx: click.Context,
    scenario: Path,
    output: Path | None,
    sharing: SharingLevel | None,
    search: Search,
    ladder: bool,
    excel: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Propose the best week for a SCENARIO and write every schedule."""
    with Searcher() as searcher:
        case = reading.read_case(scenario, sharing, quiet=quiet)
        target = output or Path("out") / case.scenario.stem
        outputs.require_writable(target)
        outputs.require_no_input_in(target, case)
        if not as_json:
            show.scenario(case)
            show.today(today(case))
        with stoppable(searcher.stop) as stopping:
            with watcher(quiet=quiet) as watch:
                how = _climb if ladder else _search
                plans, result = how(searcher, case, **asdict(search), watch=watch)
            if result.plan is None:
                _end_without_plan(ctx, result, case, target, as_json=as_json)
            # A ladder that was stopped on the way has got to a level below, and proven that.
            case = case.at(result.sharing)
            chosen = Column(case.sharing, result.plan, case, result)
            outcome = outputs.Outcome(plans, chosen, result, reasons(case, result))
            outputs.write_all(outcome, target, outputs.EXCEL if excel else outputs.PLAIN)
            if as_json:
                click.echo((target / "result.json").read_bytes(), nl=False)
            else:
                _report(outcome, target)
    if result.interrupted or stopping.asked:
        click.echo(_("Interrupted: this is the best plan found until then."), err=True)
        ctx.exit(INTERRUPTED)


def _search(searcher: Searcher, case: Case, **options: Any) -> tuple[Comparison, Result]:
    """Search the case's own level alone."""
    result = searcher.optimise(case, **options)
    columns = [today(case)]
    if result.plan is not None:
        columns.append(Column(case.sharing, result.plan, case, result))
    return Comparison(tuple(columns)), result


def _climb(searcher: Searcher, case: Case, **options: Any) -> tuple[Comparison, Result]:
    """Search every level; the result is that of the case's own."""
    ladder = climb(case, search=searcher.optimise, **options)
    result = ladder.results.get(case.sharing)
    if result is None or (result.plan is None and ladder.interrupted):
        # Stopped on the way: what is valid at a level is valid at those above it.
        result = list(ladder.results.values())[-1]
    return ladder.comparison, result


def _end_without_plan(
    ctx: click.Context, result: Result, case: Case, target: Path, *, as_json: bool
) -> NoReturn:
    """Say and record that there is no plan; an interrupted search leaves earlier results."""
    if as_json:
        show.document(outputs.record(result, case))
    if result.interrupted:
        click.echo(_("Interrupted before any plan was found."), err=True)
        ctx.exit(INTERRUPTED)
    outputs.write_without_plan(result, case, target)
    if result.status == "infeasible":
        click.echo(_("No plan can keep all rules. These cannot hold together:"), err=True)
        for text in result.clash:
            click.echo(wrapped(text, "  "), err=True)
        ctx.exit(NO_VALID_PLAN)
    for text in (*result.notes, _advice(result)):
        click.echo(wrapped(text), err=True)
    ctx.exit(NO_PLAN_IN_TIME)


def _advice(result: Result) -> str:
    """Return what to do where nobody knows whether there is a plan."""
    if result.ended == "failed":
        return _("The search failed before any plan was found.")
    if result.work is not None:
        return _(
            "No plan was found within the limit of work. There may still be one: try a larger"
            " --deterministic-limit."
        )
    return _(
        "No plan was found in {seconds} seconds. There may still be one: try a longer --time-limit."
    ).format(seconds=with_signs(f"{result.seconds:.1f}"))


def _report(outcome: Outcome, target: Path) -> None:
    """Print what the plan brings, how good it is and where it lies."""
    show.comparison(outcome.comparison, answers.SHORT)
    show.steps(outcome.comparison)
    show.proof(outcome.chosen)
    show.heading(_("Results in {folder}").format(folder=target))
    files = [
        _("report.html: to look at; deling.xlsx: all of it as a workbook, and a plan to edit."),
        _("plan.csv: the plan; comparison.csv: all measures; changes.csv: what is different."),
        _("unmet.csv: wishes not met; staff.csv: hours of staff; result.json: for programs."),
        _("schedules/: a week for each institution, for staff in staff/, for rooms in rooms/."),
    ]
    if limits.is_short(outcome.scenario):
        files.append(limits.told())
    if outcome.scenario.calendar.season is not None:
        files.append(_("calendars/, schedule_dated.csv: the season, to subscribe to and by date."))
        kinds = {"institutions": _("institutions"), "staff": _("staff"), "rooms": _("rooms")}
        without = [kinds[kind] for kind in calendars.left_out(outcome.scenario)]
        if without:
            text = _("calendars/ is of {most} files at most; left out: {kinds}.")
            files.append(text.format(most=shown(calendars.MOST), kinds=", ".join(without)))
    show.lines(files)
