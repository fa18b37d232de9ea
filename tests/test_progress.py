"""What a person sees while it works."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from deling.language import LANGUAGES, use_language
from deling.names import GOAL_NAMES
from deling.progress import Lines, Live, Silent, gap_text, line, watcher
from deling.result import Update


def update(seconds=1.0, goal="served", value=212, bound=214, gap=0.0094, sharing="area") -> Update:
    return Update(sharing, goal, value, bound, gap, seconds, seconds, 60.0)


def test_a_line_names_the_goal_the_plan_the_bound_the_gap_and_the_time():
    assert line(update(12.7)) == (
        "12 s of 60 s, the area shares: Sessions served, by weight: best plan 212,"
        " no plan beats 214 (gap 0.9 %)"
    )


def test_costs_are_in_dkk_and_unknown_values_are_dashes():
    assert "best plan 41,873 DKK, no plan beats – (gap –)" in line(
        update(goal="cost", value=41873 * 6000, bound=None, gap=None)
    )


@pytest.mark.parametrize(
    ("gap", "text"), [(None, "–"), (0, "0 %"), (0.0001, "< 0.1 %"), (0.05, "5.0 %")]
)
def test_a_gap_that_is_not_closed_never_looks_closed(gap, text):
    assert gap_text(gap) == text


def test_lines_come_with_each_goal_and_now_and_then():
    stream = io.StringIO()
    with Lines(stream) as watch:
        for told in (
            update(1),
            update(2),
            update(5.9),
            update(6),
            update(7, goal="cost"),
            update(8, goal="cost", sharing="sector"),
        ):
            watch(told)
    seconds = [text.split()[0] for text in stream.getvalue().splitlines()]
    assert seconds == ["1", "6", "7", "8"]


def test_the_time_between_lines_starts_anew_with_each_level():
    stream = io.StringIO()
    with Lines(stream) as watch:
        watch(update(50, sharing="sector"))
        watch(update(1, sharing="area"))
        watch(update(7, sharing="area"))
    assert len(stream.getvalue().splitlines()) == 3


def test_silence():
    stream = io.StringIO()
    with watcher(quiet=True, stream=stream) as watch:
        watch(update())
    assert isinstance(watch, Silent)
    assert stream.getvalue() == ""


def test_what_is_not_a_terminal_gets_lines():
    assert isinstance(watcher(stream=io.StringIO()), Lines)


def shown(live: Live) -> str:
    console = Console(file=io.StringIO(), width=100)
    console.print(live.table())
    return console.file.getvalue()


def test_the_live_table_has_a_row_a_goal_and_time_that_runs():
    now = 100.0
    live = Live(Console(file=io.StringIO()), clock=lambda: now)
    assert "Starting" in shown(live)
    live(update(10))
    live(update(20, goal="cost", value=6000 * 1234, bound=6000 * 1200, gap=0.028))
    now = 105.0
    text = shown(live)
    assert "25 s, at most 35 s to go" in text
    assert "212" in text
    assert "1,234 DKK" in text
    assert "2.8 %" in text
    now = 300.0
    assert "at most 0 s to go" in shown(live)


def test_a_new_level_starts_an_empty_table():
    live = Live(Console(file=io.StringIO()), clock=lambda: 0.0)
    live(update(sharing="own"))
    live(update(goal="cost", sharing="sector"))
    assert "by weight" not in shown(live)
    assert "each sector shares" in shown(live)


def test_the_live_display_leaves_nothing_behind():
    console = Console(file=io.StringIO(), force_terminal=True, width=100)
    with Live(console) as live:
        live(update())
    assert console.file.getvalue().endswith("\x1b[2K")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_live_display_fits_in_every_language(language):
    use_language(language)
    live = Live(Console(file=io.StringIO()), clock=lambda: 0.0)
    for goal in GOAL_NAMES:
        live(update(goal=goal, value=-123456789, bound=-987654321))
    lines = shown(live).splitlines()
    # A title, the time, a gap, the head and the goals: nothing is broken into two lines.
    assert len(lines) == 4 + len(GOAL_NAMES)
    assert all(len(line.rstrip()) <= 100 and "…" not in line for line in lines)


def test_without_colour_only_the_time_that_is_gone_is_drawn():
    live = Live(Console(file=io.StringIO()), clock=lambda: 0.0)
    live(update(15))
    console = Console(file=io.StringIO(), width=100, no_color=True)
    console.print(live.table())
    assert console.file.getvalue().splitlines()[1].count("━") in (15, 16)
