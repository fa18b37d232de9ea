"""What a person sees while a search works.

Three watchers with one shape: a live table for a terminal, a line now and then for a log, and
nothing. A watcher is a context manager that is called with every `Update`.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Protocol, Self

from deling import names
from deling.figures import shown
from deling.language import _, ngettext, with_signs

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import TextIO

    from rich.console import Console, RenderableType

    from deling.result import Update

_TIME_WIDTH = 60


class Watcher(Protocol):
    """Shows updates from when it is entered until it is left."""

    def __call__(self, update: Update) -> None:
        """Take over an update."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def watcher(*, quiet: bool = False, stream: TextIO | None = None) -> Watcher:
    """Return the watcher that suits where its output goes (standard error by default)."""
    out = sys.stderr if stream is None else stream
    if quiet:
        return Silent()
    if out.isatty():
        from rich.console import Console

        return Live(Console(file=out))
    return Lines(out)


class Silent:
    """Shows nothing."""

    def __call__(self, update: Update) -> None:
        """Leave the update."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        return None


class Lines(Silent):
    """Writes a line for each new goal, and at most one every few seconds in between.

    Parameters
    ----------
    every
        Seconds between two lines about one goal.
    """

    def __init__(self, stream: TextIO, every: float = 5.0) -> None:
        self._stream = stream
        self._every = every
        self._last: Update | None = None

    def __call__(self, update: Update) -> None:
        """Write a line if there is something to say."""
        last = self._last
        same = last is not None and (last.sharing, last.goal) == (update.sharing, update.goal)
        if last is not None and same and update.seconds - last.seconds < self._every:
            return
        self._last = update
        self._stream.write(line(update) + "\n")
        self._stream.flush()


class Live(Silent):
    """Keeps a table on the terminal: a row a goal, the goal in hand last, and the time left.

    Parameters
    ----------
    clock
        Seconds that run, so that the time shown moves between two updates.
    """

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        from rich.live import Live as Display

        self._clock = clock
        self._goals: dict[str, Update] = {}
        self._latest: Update | None = None
        self._at = clock()
        self._display = Display(
            console=console, get_renderable=self.table, refresh_per_second=4, transient=True
        )

    def __enter__(self) -> Self:
        self._display.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._display.stop()

    def __call__(self, update: Update) -> None:
        """Take over the update; the display refreshes by itself."""
        if self._latest is not None and self._latest.sharing != update.sharing:
            self._goals = {}
        self._goals[update.goal] = update
        self._latest = update
        self._at = self._clock()

    def table(self) -> RenderableType:
        """Return what is shown at this moment."""
        from rich.console import Group
        from rich.padding import Padding
        from rich.progress_bar import ProgressBar
        from rich.table import Table

        latest = self._latest
        if latest is None:
            return _("Starting …")
        since = self._clock() - self._at
        spent = latest.spent if latest.deterministic else latest.spent + since
        title = _("Sharing: {level}. {seconds} s, at most {left} s to go")
        if latest.deterministic:
            title = _("Sharing: {level}. {seconds} s, at most {left} units of work to go")
        title = title.format(
            level=_(names.PLANS[latest.sharing]),
            seconds=shown(int(latest.seconds + since)),
            left=shown(max(0, int(latest.limit - spent))),
        )
        if latest.away is not None:
            title = f"{title}. {_at_work(latest.away)}"
        # Without colour, rich draws the time that is gone alone.
        gone = ProgressBar(latest.limit or 1, min(spent, latest.limit), _TIME_WIDTH)
        table = Table(box=None, padding=(0, 2, 0, 0))
        table.add_column(_("Goal"))
        for heading in (_("best plan"), _("no plan beats"), _("gap")):
            table.add_column(heading, justify="right")
        for update in list(self._goals.values()):
            table.add_row(
                names.goal(update.goal),
                names.goal_value(update.goal, update.value),
                names.goal_value(update.goal, update.bound),
                gap_text(update.gap),
                style="bold" if update.goal == latest.goal else "",
            )
        return Group(title, Padding(gone, (0, 0, 1, 0)), table)


def line(update: Update) -> str:
    """Return an update in one line."""
    spent = _("{spent} s of {limit} s")
    if update.deterministic:
        spent = _("{spent} of {limit} units of work")
    told = _(
        "{spent}, {level}: {goal}: best plan {value}, no plan beats {bound} (gap {gap})"
    ).format(
        spent=spent.format(spent=shown(int(update.spent)), limit=shown(int(update.limit))),
        level=_(names.PLANS[update.sharing]),
        goal=names.goal(update.goal),
        value=names.goal_value(update.goal, update.value),
        bound=names.goal_value(update.goal, update.bound),
        gap=gap_text(update.gap),
    )
    return told if update.away is None else f"{told}. {_at_work(update.away)}"


def _at_work(count: int) -> str:
    """Return how many workers of a cluster are at it."""
    text = ngettext("{count} worker of the cluster", "{count} workers of the cluster", count)
    return text.format(count=shown(count))


def gap_text(gap: float | None) -> str:
    """Return a relative gap as a percentage; a gap that is not zero never looks like it."""
    if gap is None:
        return "–"
    if gap == 0:
        return "0 %"
    return with_signs("< 0.1 %" if gap < 0.001 else f"{100 * gap:.1f} %")
