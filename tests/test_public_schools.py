"""Schools from `.fet` files: both programs are given the same problem."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import combinations, product
from pathlib import Path

import pytest

import fet_files
from deling.case import Case
from deling.check import check
from deling.optimise import optimise
from deling.scenario.load import load
from deling.scenario.plans import read_plan
from fet_files import activity, constraint, school, times, year
from fetfiles import read, reduced_text, state, write
from fetfiles.school import starts
from fetfiles.timetable import Timetable, fet_is_there, run_fet, write_plan
from fetfiles.write import counts

PUBLIC = Path(__file__).parent.parent / "benchmarks" / "public"


def stated(folder, text):
    file = folder / "school.fet"
    file.write_text(text, encoding="utf-8")
    return state(read(file))


def case_of(folder, text):
    problem = stated(folder, text)
    loaded = load(write(problem, folder / "out"))
    assert loaded.warnings == ()
    return problem, Case(loaded.scenario)


def served(case):
    result = optimise(case, time_limit=30, workers=1)
    assert result.plan is not None
    assert result.status == "optimal"
    return sum(len(event.needs) for event in result.plan.events)


def breaches(folder, problem, case, placed):
    """Return the rules that a timetable breaks."""
    write_plan(problem, Timetable(placed, 0.0, 0.0, 0.0), folder / "plan.csv")
    return {each.rule for each in check(read_plan(folder / "plan.csv", case.scenario), case)}


def test_all_of_a_full_school_is_served(tmp_path):
    problem, case = case_of(tmp_path, fet_files.full())
    assert len(problem.school.lessons) == 10
    # The tiny room is too small, and nobody asks for the cellar.
    assert [room for room in case.scenario.rooms if room.startswith("r")] == ["r0"]
    assert served(case) == 10


def test_what_is_stated_and_left_out_is_counted(tmp_path):
    found = counts(stated(tmp_path, fet_files.full()))
    assert found["activities"] == 10
    assert found["inactive_activities"] == 1
    assert found["activities_of_several_teachers"] == 1
    assert found["pairs_days_apart_left_out"] == 0
    assert found["constraints_left_out"] == {"StudentsMaxGapsPerWeek": 1}
    assert sum(found["constraints_stated"].values()) == 6


@pytest.mark.skipif(not fet_is_there(), reason="there is no fet-cl")
def test_the_timetable_of_fet_is_a_valid_plan(tmp_path):
    problem, case = case_of(tmp_path, fet_files.full())
    found = run_fet(problem, tmp_path / "out", 30, 1)
    assert len(found.placed) == 10
    assert breaches(tmp_path, problem, case, found.placed) == set()


def test_the_reduced_file_states_the_same_once_more(tmp_path):
    problem = stated(tmp_path, fet_files.full())
    again = stated(tmp_path, reduced_text(problem))
    first, second = problem.school, again.school
    assert second.open == first.open
    assert second.lessons[3].slots == first.lessons[3].slots
    assert [len(lesson.teachers) for lesson in second.lessons] == [
        len(lesson.teachers) for lesson in first.lessons
    ]
    assert overlapping(second) == overlapping(first)
    assert [need.lessons for need in again.needs] == [need.lessons for need in problem.needs]
    assert [need.apart for need in again.needs] == [need.apart for need in problem.needs]


def overlapping(one):
    return {
        (first, second)
        for first, second in combinations(range(len(one.lessons)), 2)
        if one.lessons[first].pupils & one.lessons[second].pupils
    }


def test_lessons_clash_where_and_only_where_they_share_pupils(tmp_path):
    sets = ["1a", "half1", "half2", "music", "rest", "a", "b", "c", "d"]
    text = school(
        [activity(n, f"t{n}", name) for n, name in enumerate(sets)],
        years=[year("1a", half1="a b", half2="c d", music="b c", rest="a d")],
    )
    problem, case = case_of(tmp_path, text)
    members = dict(zip(sets, map(set, ["abcd", "ab", "cd", "bc", "ad", *"abcd"]), strict=True))
    for first, second in combinations(range(len(sets)), 2):
        found = breaches(tmp_path, problem, case, {first: (0, None), second: (0, None)})
        shared = members[sets[first]] & members[sets[second]]
        assert bool(found & {"group", "equipment"}) == bool(shared), (sets[first], sets[second])
        assert found <= {"group", "equipment", "room"}


def test_pupils_who_never_part_are_one(tmp_path):
    text = school(
        [activity(1, "ann", "1a"), activity(2, "bob", "x")], years=[year("1a", x="a b c")]
    )
    assert len(stated(tmp_path, text).school.pupils) == 1


def test_start_times_that_no_hours_can_state_are_widened_for_both(tmp_path):
    slots = times(
        "Preferred_Starting_Time", "Mon 1st", "Mon 3rd", "Tue 1st", prefix="Preferred_Starting_"
    )
    text = school(
        [activity(1, "ann", "1a", duration=2)],
        time=[constraint("ActivityPreferredStartingTimes", *slots, Activity_Id=1)],
        years=[year("1a")],
        hours=("1st", "2nd", "3rd", "4th"),
    )
    problem = stated(tmp_path, text)
    assert starts(problem.school.lessons[0].slots, 2, 4) == {0, 1, 2, 4}
    assert counts(problem)["starting_times_widened"] == 1


def test_lessons_of_different_length_are_kept_apart_by_a_thing_to_be_moved(tmp_path):
    text = school(
        [activity(1, "ann", "1a", duration=2), activity(2, "ann", "1a"), activity(3, "ann", "1a")],
        time=[constraint("MinDaysBetweenActivities", Activity_Id=[1, 2, 3], MinDays=1)],
        years=[year("1a")],
    )
    problem, case = case_of(tmp_path, text)
    assert counts(problem)["pairs_days_apart_left_out"] == 0
    assert sorted((len(need.lessons), need.apart) for need in problem.needs) == [(1, 0), (2, 1)]
    assert breaches(tmp_path, problem, case, {1: (0, None), 2: (1, None)}) == {
        "spread",
        "equipment",
    }
    assert breaches(tmp_path, problem, case, {0: (0, None), 1: (2, None)}) == {"equipment"}
    assert breaches(tmp_path, problem, case, {0: (0, None), 1: (3, None), 2: (8, None)}) == set()
    assert served(case) == 3
    assert reduced_text(problem).count("<ConstraintMinDaysBetweenActivities>") == 1


@pytest.mark.parametrize("days", [1, 2, 3])
@pytest.mark.parametrize("hours", [1, 2, 7, 12])
def test_a_thing_keeps_lessons_apart_by_days_whatever_the_hours(tmp_path, days, hours):
    text = school(
        [activity(1, "ann", "1a"), activity(2, "bob", "1a")],
        time=[constraint("MinDaysBetweenActivities", Activity_Id=[1, 2], MinDays=days)],
        years=[year("1a")],
        days=("Mon", "Tue", "Wed", "Thu"),
        hours=tuple(f"{n}." for n in range(hours)),
    )
    problem, case = case_of(tmp_path, text)
    assert len(problem.moved) == 1
    for first, second in product(range(hours), range(4 * hours)):
        apart = second // hours
        found = breaches(tmp_path, problem, case, {0: (first, None), 1: (second, None)})
        assert ("equipment" in found) == (apart < days), (first, second)


def test_days_too_long_for_a_thing_to_tell_them_apart_are_left_out(tmp_path):
    text = school(
        [activity(1, "ann", "1a"), activity(2, "bob", "1a")],
        time=[constraint("MinDaysBetweenActivities", Activity_Id=[1, 2], MinDays=1)],
        years=[year("1a")],
        hours=tuple(f"{n}." for n in range(13)),
    )
    problem = stated(tmp_path, text)
    assert problem.moved == ()
    assert counts(problem)["pairs_days_apart_left_out"] == 1


def test_lessons_with_and_without_a_partner_to_be_apart_from_are_needs_of_their_own(tmp_path):
    text = school(
        [activity(n, "ann", "1a", duration=2 if n == 4 else 1) for n in range(1, 5)],
        time=[constraint("MinDaysBetweenActivities", Activity_Id=[1, 4], MinDays=1)],
        years=[year("1a")],
    )
    problem, case = case_of(tmp_path, text)
    assert [(need.lessons, need.moved) for need in problem.needs] == [
        ((0,), (0,)),
        ((1, 2), ()),
        ((3,), (0,)),
    ]
    assert breaches(tmp_path, problem, case, {0: (0, None), 3: (1, None)}) == {"equipment"}
    assert breaches(tmp_path, problem, case, {1: (0, None), 3: (1, None)}) == set()


def test_lessons_that_start_together_are_one(tmp_path):
    text = school(
        [
            activity(1, "ann", "1a", subject="French"),
            activity(2, "bob", "1b", subject="German"),
            activity(3, "cat", "1c", subject="German"),
            activity(4, "ann", "1a", subject="Art"),
        ],
        time=[
            constraint("ActivitiesSameStartingTime", Activity_Id=[1, 2]),
            constraint("ActivitiesSameStartingTime", Activity_Id=[3, 2]),
            constraint("MinDaysBetweenActivities", Activity_Id=[3, 4], MinDays=1),
            constraint("MinDaysBetweenActivities", Activity_Id=[1, 4], MinDays=1),
        ],
        years=[year("1a"), year("1b"), year("1c")],
        space=[constraint("SubjectPreferredRoom", Subject="French", Room="studio")],
        rooms=[("studio", 60)],
    )
    problem, case = case_of(tmp_path, text)
    together, alone = problem.school.lessons
    assert together.subject == "French+German+German"
    assert (len(together.teachers), len(together.pupils), together.rooms) == (3, 3, {0})
    assert (alone.id, len(problem.moved)) == ("4", 1)
    found = counts(problem)
    assert found["activities_joined"] == 2
    assert found["constraints_stated"]["ActivitiesSameStartingTime"] == 2
    assert served(case) == 2
    # FET is told as the school has it.
    again = stated(tmp_path, reduced_text(problem))
    assert counts(again)["activities_joined"] == 2
    assert [need.lessons for need in again.needs] == [need.lessons for need in problem.needs]
    assert reduced_text(problem).count("<Activity>") == 4


@pytest.mark.skipif(not fet_is_there(), reason="there is no fet-cl")
def test_what_fet_starts_together_and_keeps_apart_is_a_valid_plan(tmp_path):
    text = school(
        [
            activity(1, "ann", "1a", subject="French"),
            activity(2, "bob", "1b", subject="German"),
            activity(3, "ann", "1a", subject="French", duration=2),
            activity(4, "bob", "1b", subject="German", duration=2),
            activity(5, "bob", "1a"),
        ],
        time=[
            constraint("ActivitiesSameStartingTime", Activity_Id=[1, 2]),
            constraint("ActivitiesSameStartingTime", Activity_Id=[3, 4]),
            constraint("MinDaysBetweenActivities", Activity_Id=[1, 3], MinDays=2),
            constraint("MinDaysBetweenActivities", Activity_Id=[2, 4], MinDays=2),
        ],
        years=[year("1a"), year("1b")],
        space=[constraint("SubjectPreferredRoom", Subject="German", Room="studio")],
        rooms=[("studio", 60)],
    )
    problem, case = case_of(tmp_path, text)
    found = run_fet(problem, tmp_path / "out", 30, 1)
    assert [room for _slot, room in map(found.placed.get, range(3))] == [0, 0, None]
    assert breaches(tmp_path, problem, case, found.placed) == set()


@pytest.mark.parametrize(
    ("first", "second", "space"),
    [
        (activity(1, "ann", "1a", duration=2), activity(2, "bob", "1b"), ()),
        (activity(1, "ann", "1a"), activity(2, "ann", "1b"), ()),
        (activity(1, "ann", "1a"), activity(2, "bob", "1a"), ()),
        (
            activity(1, "ann", "1a"),
            activity(2, "bob", "1b"),
            [constraint("SubjectPreferredRoom", Subject="Maths", Room="studio")],
        ),
    ],
    ids=["length", "teacher", "pupils", "rooms"],
)
def test_lessons_that_no_lesson_can_state_together_stay_apart(tmp_path, first, second, space):
    text = school(
        [first, second],
        time=[constraint("ActivitiesSameStartingTime", Activity_Id=[1, 2])],
        space=space,
        years=[year("1a"), year("1b")],
        rooms=[("studio", 60)],
    )
    problem = stated(tmp_path, text)
    assert len(problem.school.lessons) == 2
    assert counts(problem)["constraints_left_out"] == {"ActivitiesSameStartingTime": 1}
    assert "ActivitiesSameStartingTime" not in counts(problem)["constraints_stated"]


def test_more_lessons_than_days_are_kept_apart_as_far_as_they_can_be(tmp_path):
    text = school(
        [activity(n, "ann", "1a") for n in range(1, 5)],
        time=[constraint("MinDaysBetweenActivities", Activity_Id=[1, 2, 3, 4], MinDays=1)],
        years=[year("1a")],
    )
    problem, case = case_of(tmp_path, text)
    assert sorted((len(need.lessons), need.apart) for need in problem.needs) == [(1, 0), (3, 1)]
    assert served(case) == 4


def test_what_is_less_than_hard_is_left_out(tmp_path):
    text = school(
        [activity(1, "ann", "1a"), activity(2, "ann", "1a")],
        time=[constraint("MinDaysBetweenActivities", Activity_Id=[1, 2], MinDays=2, weight=90)],
        years=[year("1a")],
    )
    assert [need.apart for need in stated(tmp_path, text).needs] == [0]


def test_home_rooms_are_for_lessons_without_a_room_of_their_own(tmp_path):
    text = school(
        [
            activity(1, "ann", "1a"),
            activity(2, "ann", "1a", subject="Art"),
            activity(3, "ann", "1b"),
        ],
        space=[
            constraint("StudentsSetHomeRoom", Students="1a", Room="home"),
            constraint("SubjectPreferredRoom", Subject="Art", Room="studio"),
        ],
        years=[year("1a"), year("1b")],
        rooms=[("home", 30), ("studio", 30)],
    )
    assert [lesson.rooms for lesson in stated(tmp_path, text).school.lessons] == [{0}, {1}, None]


def test_the_command_writes_all_and_refuses_what_is_no_week(tmp_path):
    file = tmp_path / "school.fet"
    file.write_text(fet_files.full(), encoding="utf-8")
    command = [sys.executable, PUBLIC / "fet.py", file, tmp_path / "out"]
    done = subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8")
    assert str(tmp_path / "out" / "scenario.yaml") in done.stdout
    assert json.loads((tmp_path / "out" / "counts.json").read_text("utf-8"))["activities"] == 10
    assert (tmp_path / "out" / "reduced.fet").exists()
    days = [f"day{n}" for n in range(8)]
    file.write_text(school([activity(1, "ann", "1a")], days=days), encoding="utf-8")
    refused = subprocess.run(command, capture_output=True, check=False, text=True, encoding="utf-8")
    assert refused.returncode == 2
    assert "8 days" in refused.stderr


def constraint_of(weight):
    slots = times("Preferred_Time_Slot", "Mon 1st", prefix="Preferred_")
    return school(
        [activity(1, "ann", "1a")],
        time=[constraint("ActivityPreferredTimeSlots", *slots, Activity_Id=1, weight=weight)],
        years=[year("1a")],
    )


@pytest.mark.parametrize(("weight", "hard", "slots"), [(95, 95, 1), (95, 100, 9), (100, 100, 1)])
def test_how_heavy_a_constraint_has_to_be_is_given(tmp_path, weight, hard, slots):
    file = tmp_path / "school.fet"
    file.write_text(constraint_of(weight), encoding="utf-8")
    assert len(read(file, hard).lessons[0].slots) == slots
