"""Rule ``grid``: days, lengths and starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deling.language import N_, _
from deling.occasions import occasions
from deling.rules.base import Breach, Rule
from deling.rules.wording import named
from deling.units import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deling.case import Case
    from deling.domain import Event, Plan


class Grid(Rule):
    """Events lie on the calendar's days and start on its grid."""

    id = "grid"
    sentence = N_(
        "An event is on a day of the calendar, lasts as long as its need asks for, ends the same"
        " day, and starts on the grid or stands as today."
    )
    switchable = False

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find events on other days, of other lengths, past midnight or off the grid."""
        calendar = case.scenario.calendar
        for one in occasions(plan, case):
            event, day, minutes = one.event, one.start // DAY, one.end - one.start
            if day not in calendar.days:
                yield self.breach(
                    [event.id],
                    _("Event {event} is on a day that the plan is not made for.").format(
                        event=named(event)
                    ),
                )
            for need in one.needs:
                wanted = need.minutes
                if minutes != wanted:
                    yield self.breach(
                        [event.id],
                        _(
                            "Event {event} lasts {minutes} minutes, but need {need} asks for"
                            " {wanted}."
                        ).format(event=named(event), minutes=minutes, need=need.id, wanted=wanted),
                    )
            if one.end > (day + 1) * DAY:
                yield self.breach(
                    [event.id],
                    _("Event {event} runs past midnight.").format(event=named(event)),
                )
            if one.start % DAY % calendar.step and not one.as_today:
                yield self.breach(
                    [event.id],
                    _("Event {event} does not start on the grid of {step} minutes.").format(
                        event=named(event), step=calendar.step
                    ),
                )

    # The model: start times of new events are on the grid where `candidates` makes them

    def admits_standing(self, case: Case, event: Event) -> bool:
        """Return whether today's event has a right day and length; its start is excused."""
        return self.holds_alone(case, event)
