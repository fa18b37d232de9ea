"""How the commands print plans and comparisons."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from deling import answers, counts, names
from deling.cli.text import bar, shortened, table, wrapped
from deling.compare import Step
from deling.figures import shown
from deling.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from deling.case import Case
    from deling.compare import Column, Comparison


def document(what: dict[str, Any]) -> None:
    """Print a JSON document, in UTF-8 whatever the terminal."""
    click.echo(json.dumps(what, ensure_ascii=False, indent=2).encode())


def heading(text: str) -> None:
    """Print a heading after an empty line."""
    click.echo()
    click.echo(click.style(wrapped(text), bold=True))


def lines(texts: Iterable[str]) -> None:
    """Print paragraphs."""
    for text in texts:
        click.echo(wrapped(text, "  "))


def scenario(case: Case) -> None:
    """Print what is planned, and what it looks like today."""
    scenario = case.scenario
    click.echo(click.style(scenario.name, bold=True))
    click.echo(
        wrapped(
            _("{institutions}, {rooms}, {staff}, {groups}, {needs} {sessions} a week.").format(
                institutions=counts.institutions(len(scenario.institutions)),
                rooms=counts.rooms(len(scenario.rooms)),
                staff=counts.staff(len(scenario.staff)),
                groups=counts.groups(len(scenario.groups)),
                needs=counts.needs(len(scenario.needs)),
                sessions=counts.sessions(scenario.wanted),
            )
        )
    )


def today(column: Column) -> None:
    """Print today's use in a line, and whether it keeps the rules."""
    click.echo(wrapped(_("Today: {summary}.").format(summary=answers.summary(column))))
    if column.breaches:
        click.echo(
            wrapped(
                ngettext(
                    "Today's use breaks rules in {count} place; `deling check` shows where.",
                    "Today's use breaks rules in {count} places; `deling check` shows where.",
                    len(column.breaches),
                ).format(count=shown(len(column.breaches)))
            )
        )


def comparison(plans: Comparison, measures: tuple[str, ...]) -> None:
    """Print a comparison: the sessions served as bars, then the tables."""
    columns = plans.columns
    wanted = columns[-1].measures.area.wanted
    heading(_("Sessions served, of {wanted} wanted a week").format(wanted=shown(wanted)))
    served = [(names.plan(column.label), column.measures.area.served) for column in columns]
    bars(served, wanted)
    click.echo()
    click.echo(table(*answers.area_table(plans, measures), texts=2))
    heading(_("Sessions a week, participant hours and net cost, for whom"))
    click.echo(table(*answers.whom_table(plans)))


def bars(parts: Sequence[tuple[str, int]], whole: int) -> None:
    """Print parts of one whole as bars below each other, each with its name and number."""
    names_width = min(40, max(len(name) for name, _part in parts))
    width = max(len(shown(part)) for _name, part in parts)
    for name, part in parts:
        label = shortened(name, names_width).ljust(names_width)
        click.echo(f"  {label}  {bar(part, whole)}  {shown(part).rjust(width)}")


def give_and_take(column: Column) -> None:
    """Print who lends and who borrows in a plan."""
    heading(_("Give and take ({plan})").format(plan=names.plan(column.label)))
    click.echo(table(*answers.give_table(column)))


def steps(plans: Comparison) -> None:
    """Print what the last plan brings, and what crossing sectors brings where that is known.

    Of two plans from files, the second may be an edit of the first: then what that brings too.
    """
    first, last = plans.columns[0], plans.columns[-1]
    if len(plans.columns) > 1:
        _step(Step(first, last))
    if len(plans.columns) > 2 and last.result is None:
        edit = Step(plans.columns[-2], last)
        _step(edit)
        _goals(edit)
    sector, area = plans.column("sector"), plans.column("area")
    if sector is not None and area is not None:
        heading(_("What it brings when staff and rooms cross the lines between sectors"))
        lines(answers.across_sectors(Step(sector, area)))


def _step(step: Step) -> None:
    heading(
        _("What it brings, from {first} to {last}").format(
            first=names.plan(step.before.label), last=names.plan(step.after.label)
        )
    )
    lines(answers.against_today(step))


def _goals(step: Step) -> None:
    """Print the goals that a step changes."""
    for goal, value in step.after.goals.items():
        if value != step.before.goals[goal]:
            before, after = (
                names.goal_value(goal, one.goals[goal]) for one in (step.before, step.after)
            )
            text = _("{goal}: {before} before, {after} after.")
            lines([text.format(goal=names.goal(goal), before=before, after=after)])


def proof(column: Column) -> None:
    """Print how good a plan is known to be, and what went wrong on the way there."""
    if column.result is not None:
        heading(
            _("How good the plan is ({level}), goal by goal in order of importance").format(
                level=_(names.PLANS[column.result.sharing])
            )
        )
        lines(answers.proof(column))
        lines(column.result.notes)
