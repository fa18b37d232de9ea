"""What a plan brings, what that costs, and how sure it is, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling import counts, names
from deling.figures import in_dkk, in_hours, shown, signed
from deling.goals import GOALS
from deling.language import _, ngettext
from deling.measures import AREA
from deling.progress import gap_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.compare import Column, Gain, Step

MOST_NAMED = 20
"""Of those who gain, and of kinds of group."""


def summary(column: Column) -> str:
    """Return a plan in one sentence."""
    area = column.measures.area
    return ngettext(
        "{served} of {wanted} wanted session a week, {hours}, net cost {cost} DKK a week",
        "{served} of {wanted} wanted sessions a week, {hours}, net cost {cost} DKK a week",
        area.wanted,
    ).format(
        served=shown(area.served),
        wanted=shown(area.wanted),
        hours=counts.participant_hours(in_hours(area.participant_minutes)),
        cost=shown(in_dkk(area.net_cost)),
    )


def proof(column: Column) -> Iterator[str]:
    """Say of each goal what is reached and what no plan can beat."""
    if column.result is None:
        return
    for rank, (goal, value) in enumerate(column.goals.items()):
        reached = f"{names.goal(goal)}: {names.goal_value(goal, value)}"
        # Not twice after “kr.”.
        reached = reached.rstrip(".") + "."
        outcome = column.result.goals.get(goal)
        if outcome is None:
            yield reached + " " + _("No bound is known.")
        elif outcome.proven and rank:
            yield (
                reached
                + " "
                + _("Proven best among the plans that are as good in the goals above.")
            )
        elif outcome.proven:
            yield reached + " " + _("Proven best: no plan can do better.")
        else:
            text = (
                _("No plan can get above {bound}")
                if GOALS[goal].sense == "max"
                else _("No plan can get below {bound}")
            )
            among = _(" and be as good in the goals above") if rank else ""
            yield (
                reached
                + " "
                + _("{statement}{among} ({gap}).").format(
                    statement=text.format(bound=names.goal_value(goal, outcome.bound)),
                    among=among,
                    gap=gap(goal, outcome.gap),
                )
            )


def gap(goal: str, share: float) -> str:
    """Return how far the best plan may be, and of what that is a share where it is not plain."""
    text = _("gap {gap} of all costs") if goal == "cost" else _("gap {gap}")
    return text.format(gap=gap_text(share))


def against_today(step: Step) -> Iterator[str]:
    """Say what a plan changes of today: for whom, at what price, with what result."""
    yield _("Result: {gain}.").format(gain=_gained(step))
    yield _("For whom: {list}.").format(list=_listed(step))
    released = step.difference("released")
    if not released:
        text = _("Price: {cost}.")
    elif released > 0:
        text = _("Price: {cost}; {hours} more hours of the groups' usual staff are released.")
    else:
        text = _("Price: {cost}; {hours} fewer hours of the groups' usual staff are released.")
    yield text.format(cost=_cost(step), hours=shown(in_hours(abs(released)), 1))
    area = step.after.measures.area
    yield _("Sessions: {kept} as today, {moved} moved, {new} new, {dropped} dropped.").format(
        kept=shown(area.kept),
        moved=shown(area.moved),
        new=shown(area.new),
        dropped=shown(area.dropped),
    )


def across_sectors(step: Step) -> Iterator[str]:
    """Answer what it brings when staff and rooms cross the lines between sectors."""
    yield _("Result: {gain}, compared with sharing within each sector.").format(gain=_gained(step))
    yield _("For whom: {list}.").format(list=_listed(step))
    yield _("Price: {cost}.").format(cost=_cost(step))
    area = step.after.measures.area
    yield _(
        "How: {staff} staff hours and {rooms} room hours a week come from another sector;"
        " sessions that bring groups of several sectors together: {joint}."
    ).format(
        staff=shown(in_hours(area.staff_borrowed_across), 1),
        rooms=shown(in_hours(area.rooms_borrowed_across), 1),
        joint=shown(area.joining_sectors),
    )
    yield from _proven_gain(step)


def _proven_gain(step: Step) -> Iterator[str]:
    result = step.before.result
    outcome = result.goals.get("served") if result is not None else None
    if outcome is None or next(iter(step.before.goals)) != "served":
        return
    gain = step.after.goals["served"] - outcome.bound
    if gain > 0:
        yield _(
            "Proven: without crossing, no plan can serve more than {bound} (by weight); this one"
            " serves {value}."
        ).format(bound=shown(outcome.bound), value=shown(step.after.goals["served"]))


def _gained(step: Step) -> str:
    gain = step.gains[AREA]
    return _("{sessions} and {hours} a week").format(
        sessions=counts.sessions(gain.sessions, sign=True),
        hours=counts.participant_hours(in_hours(gain.participant_minutes), sign=True),
    )


def _cost(step: Step) -> str:
    gain = step.gains[AREA]
    amount = shown(in_dkk(abs(gain.net_cost)))
    if not gain.net_cost:
        return _("no change of cost")
    if gain.net_cost <= 0:
        return _("{amount} DKK a week less").format(amount=amount)
    if gain.participant_minutes <= 0:
        return _("{amount} DKK a week more").format(amount=amount)
    price = in_dkk(gain.net_cost) / in_hours(gain.participant_minutes)
    return _("{amount} DKK a week more, {price} DKK for each participant hour gained").format(
        amount=amount, price=shown(price, 1)
    )


def _listed(step: Step) -> str:
    """Name who gains or loses sessions: kinds of group, then institutions."""

    def of(level: str) -> str:
        changed = [
            gain for gain in step.gains.values() if gain.scope.level == level and gain.sessions
        ]
        changed.sort(key=lambda gain: -gain.sessions)
        # Who loses is named in any case; of many who gain, those who gain most.
        few = len([gain for gain in changed if gain.sessions < 0])
        most = max(0, MOST_NAMED - few)
        rest = changed[most : len(changed) - few]
        told = [_one(gain, step) for gain in changed]
        if len(rest) > 1:
            count, sessions = shown(len(rest)), signed(sum(gain.sessions for gain in rest))
            others = _("{count} others {sessions}").format(count=count, sessions=sessions)
            told[most : most + len(rest)] = [others]
        return ", ".join(told)

    return "; ".join(filter(None, (of("kind"), of("institution")))) or _(
        "nobody gets more or fewer sessions"
    )


def _one(gain: Gain, step: Step) -> str:
    return f"{names.scope(step.after.case, gain.scope)} {signed(gain.sessions)}"
