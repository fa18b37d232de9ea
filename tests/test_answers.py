"""The comparison in plain words."""

from __future__ import annotations

from dataclasses import replace

from deling import answers
from deling.compare import Column, Comparison, Step, today
from deling.domain import Plan
from deling.result import GoalOutcome
from doubles import outcome, result_of, singing, sung
from small import event


def column(label="area", **goals) -> Column:
    case = singing()
    result = result_of(case, sung())
    return Column(label, sung(), case, replace(result, goals={**result.goals, **goals}))


def test_a_proof_says_what_no_plan_can_beat():
    told = list(answers.proof(column(served=GoalOutcome(4, 5, 0.25, False))))
    assert told[0] == "Sessions served, by weight: 4. No plan can get above 5 (gap 25.0 %)."
    assert told[1].endswith("Proven best among the plans that are as good in the goals above.")
    assert "No plan can get below" in told[2]
    assert "and be as good in the goals above (gap 1.0 % of all costs)." in told[2]


def test_a_proof_of_the_first_goal_is_without_conditions():
    assert next(answers.proof(column())).endswith("Proven best: no plan can do better.")


def test_a_goal_without_a_bound_says_so():
    bare = replace(column(), result=replace(column().result, goals={}))
    assert all(text.endswith("No bound is known.") for text in answers.proof(bare))


def test_today_has_nothing_to_prove():
    assert list(answers.proof(today(singing()))) == []


def test_what_a_plan_brings():
    done = outcome()
    told = list(answers.against_today(Step(*done.comparison.columns)))
    assert told[0] == "Result: +2 sessions and +40 participant hours a week."
    assert told[1] == "For whom: Pupils +1, Elders +1; Skolen +1, Biblioteket +1."
    # today 2 · (300 − 200); now 300 + 60 + 20 + 50 for the way − 200, then 100, then 500.50
    assert told[2] == "Price: 631 DKK a week more, 15.8 DKK for each participant hour gained."
    assert told[3] == "Sessions: 1 as today, 1 moved, 2 new, 0 dropped."


def test_of_many_who_gain_only_those_who_gain_most_are_named(monkeypatch):
    monkeypatch.setattr("deling.answers.words.MOST_NAMED", 0)
    told = list(answers.against_today(Step(*outcome().comparison.columns)))
    assert told[1] == "For whom: 2 others +2; 2 others +2."


def test_what_crossing_sectors_brings_and_what_of_it_is_proven():
    case = singing()
    alone = Plan(events=(event("e", "Tu 10:00", staff="teacher"),))
    result = result_of(case, alone)
    within = Column("sector", alone, case, result)
    told = list(answers.across_sectors(Step(within, column())))
    assert told[0].startswith("Result: +3 sessions")
    assert "groups of several sectors together: 2." in told[3]
    assert told[4] == (
        "Proven: without crossing, no plan can serve more than 1 (by weight); this one serves 4."
    )


def test_tables_have_a_cell_for_each_column():
    done = outcome()
    for header, rows in (
        answers.area_table(done.comparison, answers.LONG),
        answers.whom_table(done.comparison),
        answers.whom_table(Comparison(done.comparison.columns * 2)),
        answers.give_table(done.chosen),
    ):
        assert all(len(row) == len(header) for row in rows)
