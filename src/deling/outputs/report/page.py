"""The whole page: what each part computes, put into the template."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from deling.figures import date_in_words
from deling.language import language
from deling.outputs.report import (
    answer,
    area,
    between,
    heat,
    houses,
    ladder,
    limits,
    method,
    things,
)
from deling.outputs.report.entries import Entries
from deling.outputs.report.texts import script_texts, texts

if TYPE_CHECKING:
    from deling.outputs.outcome import Outcome

_FOLDER = Path(__file__).parent / "templates"


def render(outcome: Outcome) -> str:
    """Return the report; the same outcome gives the same text."""
    today = replace(outcome, chosen=outcome.comparison.columns[0])
    parts = _short if limits.is_short(outcome.scenario) else _whole
    return (
        _environment()
        .get_template("report.html")
        .render(
            t=texts(),
            lang=language(),
            title=outcome.scenario.name,
            made=outcome.made.isoformat(),
            made_on=date_in_words(outcome.made),
            answer=answer.answer(outcome),
            ladder=ladder.ladder(outcome.comparison),
            give=area.give_and_take(today, outcome),
            loans=area.loan_table(today, outcome),
            heat=heat.tables(today, outcome),
            unmet=method.unmet(outcome),
            method=method.method(outcome),
            **parts(outcome, today),
        )
    )


def _whole(outcome: Outcome, today: Outcome) -> dict[str, Any]:
    """Return what the page holds of every institution."""
    both = (Entries(today, outcome), Entries(outcome, outcome))
    return {
        "short": "",
        "maps": area.maps(today, outcome),
        "houses": houses.houses(today, outcome, both),
        "things": things.tables(both),
        "data": _data(outcome, today, both),
    }


def _short(outcome: Outcome, today: Outcome) -> dict[str, Any]:
    """Return what stands instead where they are very many; nothing on the page moves then."""
    return {
        "short": limits.short(outcome.scenario),
        "told": area.told(today, outcome),
        "houses": houses.table(today, outcome),
    }


def _data(outcome: Outcome, today: Outcome, both: tuple[Entries, Entries]) -> dict[str, Any]:
    """Return what the script draws from."""
    return {
        "days": things.days(outcome),
        "kinds": things.choices(outcome),
        "today": [entry.record() for entry in both[0]],
        "proposed": [entry.record() for entry in both[1]],
        "between": between.data(today, outcome),
        "heat": heat.data(today, outcome),
        "text": script_texts(),
    }


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False,
        "separators": (",", ":"),
    }
    # Style and script are files of ours, not data.
    environment.globals["raw"] = lambda name: Markup((_FOLDER / name).read_text(encoding="utf-8"))
    return environment
