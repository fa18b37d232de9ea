"""``deling check``: judge a plan, or today's use, by every rule."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from deling import answers, counts, names
from deling.cli import options, reading, show
from deling.cli.speech import Argument, Command
from deling.cli.text import bar, table, wrapped
from deling.compare import TODAY, Column
from deling.errors import BREACHES
from deling.evaluate import evaluate
from deling.figures import shown
from deling.language import N_, _, ngettext
from deling.measures import scopes_of
from deling.outputs.result import goal_number
from deling.rules import RULES_BY_ID
from deling.scenario.plans import read_plan

if TYPE_CHECKING:
    from pathlib import Path

    from deling.domain import SharingLevel

HELP = N_("""Judge a PLAN file, or today's use, by every rule of a SCENARIO.

Names each breach with the rule, the events and the numbers, and shows the goals' values.""")
EPILOG = N_("""\b
Examples:
  deling check scenarios/smallest.yaml                          today's use
  deling check scenarios/smallest.yaml out/smallest/plan.csv    a plan, edited in Excel or not

\b
Exit code 1 if a rule is broken.
""")


@click.command("check", cls=Command, help=HELP, epilog=EPILOG)
@options.scenario_argument
@click.argument("plan", type=options.FILE, required=False, cls=Argument)
@options.sharing_option
@options.quiet_option
@options.json_option
@options.language_option
@click.pass_context
def command(
    ctx: click.Context,
    scenario: Path,
    plan: Path | None,
    sharing: SharingLevel | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Judge a PLAN file, or today's use, by every rule of a SCENARIO."""
    case = reading.read_case(scenario, sharing, quiet=quiet)
    label = TODAY if plan is None else plan.name
    judged = case.scenario.today if plan is None else read_plan(plan, case.scenario)
    column = Column(label, judged, case)
    if as_json:
        show.document(_record(column))
    else:
        _print(column)
    if column.breaches:
        ctx.exit(BREACHES)


def _record(column: Column) -> dict[str, Any]:
    return {
        "valid": not column.breaches,
        "breaches": [
            {"rule": breach.rule, "events": list(breach.events), "message": breach.message}
            for breach in column.breaches
        ],
        "goals": {
            goal: goal_number(goal, value)
            for goal, value in evaluate(column.plan, column.case).items()
        },
    }


def _print(column: Column) -> None:
    events = {event.id: event for event in column.plan.events}
    for rule, breaches in groupby(column.breaches, lambda breach: breach.rule):
        show.heading(f"{rule}: {_(RULES_BY_ID[rule].sentence)}")
        for breach in breaches:
            click.echo(wrapped(breach.message, "  - "))
            for key in breach.events:
                if key in events:
                    about = names.event(column.case.scenario, events[key])
                    click.echo(wrapped(f"{key}: {about}", "      "))
    if column.breaches:
        counts = Counter(breach.rule for breach in column.breaches)
        click.echo()
        click.echo(
            table(
                [_("Rule broken"), _("places")],
                [[rule, shown(count)] for rule, count in counts.most_common()],
            )
        )
    click.echo()
    click.echo(wrapped(_verdict(column)))
    click.echo(wrapped(_("{summary}.").format(summary=answers.summary(column))))
    click.echo()
    click.echo(table(*answers.goals_table(column), texts=2))
    click.echo()
    click.echo(table(*_served(column)))


def _served(column: Column) -> tuple[list[str], list[list[str]]]:
    """Return what each institution wants and gets, as numbers and as a bar."""
    rows = []
    for scope in scopes_of(column.case):
        tally = column.measures.scopes[scope]
        if scope.level in ("area", "institution") and tally.wanted:
            figures = (shown(tally.wanted), shown(tally.served), bar(tally.served, tally.wanted))
            rows.append([names.scope(column.case, scope), *figures])
    return [_("Sessions a week"), _("wanted"), _("served"), ""], rows


def _verdict(column: Column) -> str:
    what = (
        _("Today's use")
        if column.label == TODAY
        else _("The plan {name}").format(name=column.label)
    )
    if not column.breaches:
        return _("{what} keeps all rules ({events}).").format(
            what=what, events=counts.events(len(column.plan.events))
        )
    count = len(column.breaches)
    return ngettext(
        "{what} breaks {rules} of the rules in {count} place ({events}).",
        "{what} breaks {rules} of the rules in {count} places ({events}).",
        count,
    ).format(
        what=what,
        rules=len({breach.rule for breach in column.breaches}),
        count=shown(count),
        events=counts.events(len(column.plan.events)),
    )
