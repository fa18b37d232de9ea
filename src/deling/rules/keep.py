"""Rule ``keep``: nobody is worse off than today."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from deling.domain import Plan
from deling.language import N_, ngettext
from deling.rules.base import Breach, Rule
from deling.rules.scan import sessions_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from deling.case import Case
    from deling.model.build import Build


class Keep(Rule):
    """Each need gets at least the sessions that it rightly has today.

    Parameters
    ----------
    others
        All other rules: sessions of today that a breach of one of them names are not kept.
    """

    id = "keep"
    sentence = N_(
        "Each need gets at least as many sessions as today, not counting those that break a rule"
        " today."
    )

    def __init__(self, others: tuple[Rule, ...]) -> None:
        self._others = others
        self._known: WeakKeyDictionary[Case, dict[str, int]] = WeakKeyDictionary()

    def breaches(self, plan: Plan, case: Case) -> Iterator[Breach]:
        """Find needs with fewer sessions than they have to keep; names no events."""
        got = sessions_of(plan)
        for need_id, kept in self.kept(case).items():
            if got[need_id] < kept:
                yield self.breach(
                    [],
                    ngettext(
                        "Need {need} gets {count} session, but has {kept} to keep from today.",
                        "Need {need} gets {count} sessions, but has {kept} to keep from today.",
                        got[need_id],
                    ).format(need=need_id, count=got[need_id], kept=kept),
                )

    def kept(self, case: Case) -> Mapping[str, int]:
        """Return how many sessions each need has to keep; needs with none are left out."""
        if case.kept is not None:
            return case.kept
        known = self._known.get(case)
        if known is None:
            known = self._known[case] = self._kept(case)
        return known

    def _kept(self, case: Case) -> dict[str, int]:
        today = case.scenario.today
        broken = {
            event
            for rule in self._others
            if rule.applies(case)
            for breach in rule.breaches(today, case)
            for event in breach.events
        }
        rightly = sessions_of(
            Plan(events=tuple(event for event in today.events if event.id not in broken))
        )
        return {
            need.id: kept
            for need in case.scenario.needs.values()
            if (kept := min(need.sessions, rightly[need.id]))
        }

    # The model

    def post(self, build: Build) -> None:
        """No need gets fewer sessions than it is sure of today."""
        for need, least in self.kept(build.case).items():
            if need in build.free and least:
                build.require(self.id, need, build.model.add(build.count(need) >= least))
