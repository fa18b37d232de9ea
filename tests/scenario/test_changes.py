"""`extends` and `change`."""

from __future__ import annotations

from pathlib import Path

import pytest

from areas import area, write_area
from deling.errors import InputError
from deling.scenario.load import load


def changed(*changes, **tables):
    return area(settings={"change": list(changes)}, **tables)


ROOMS = [{"room": "gym"}, {"room": "hall", "shared_with": "none"}, {"room": "lab", "capacity": 5}]


def test_set_changes_the_rows_that_agree_in_all_cells():
    scenario = changed(
        {
            "table": "rooms",
            "where": {"institution": "house", "capacity": "20"},
            "set": {"shared_with": "all", "available": "off", "note on it": "closed"},
        },
        rooms=ROOMS,
    )
    assert [room.shared_with for room in scenario.rooms.values()] == [("all",), ("all",), ("none",)]
    assert scenario.rooms["gym"].available == ()


def test_where_an_empty_mapping_asks_nothing_every_row_is_meant():
    scenario = changed({"table": "rooms", "where": {}, "set": {"turnaround": 5}}, rooms=ROOMS)
    assert {room.turnaround for room in scenario.rooms.values()} == {5}


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        ("rooms", "shared_with", "none"),
        ("rooms", "site", "here"),
        ("rooms", "turnaround", "0"),
        ("rooms", "part_of", ""),
        ("rooms", "hourly_cost", ""),
        ("staff", "travel_mode", "bike"),
        ("staff", "cleared", "yes"),
        ("staff", "employment", "employee"),
        ("equipment", "quantity", "1"),
        ("equipment", "portable", "no"),
        ("groups", "travel_mode", "walk"),
        ("groups", "site", "here"),
        ("needs", "weight", "1"),
        ("needs", "min_days_between", "1"),
        ("needs", "same_staff", "no"),
        ("needs", "hours", "any"),
    ],
)
def test_a_blank_cell_stands_for_its_default(table, column, text):
    tables = {"rooms": [{}], "staff": [{}], "equipment": [{}], "groups": [{}], "needs": [{}]}
    free = {"rooms": "name", "staff": "role", "equipment": "kind", "groups": "name"}
    free["needs"] = "name"
    change = {"table": table, "where": {column: text}, "set": {free[table]: "hit"}}
    scenario = changed(change, **tables)
    row = next(iter(getattr(scenario, table).values()))
    assert getattr(row, free[table]) == "hit"


def test_what_a_blank_stands_for_follows_earlier_changes():
    scenario = changed(
        {"table": "institutions", "where": {"institution": "house"}, "set": {"site": "there"}},
        {"table": "rooms", "where": {"site": "there"}, "set": {"name": "moved"}},
        sites=[{}, {"site": "there"}],
    )
    assert scenario.rooms["room"].name == "moved"
    assert scenario.rooms["room"].site == "there"


def test_cells_are_compared_as_text():
    with pytest.raises(InputError, match=r"no row of rooms has capacity “20\.0”"):
        changed({"table": "rooms", "where": {"capacity": "20.0"}, "set": {"capacity": 1}})


def test_a_row_is_added_to_a_table_without_a_file(tmp_path):
    added = {
        "staff": "v1",
        "institution": "house",
        "skills": "reading",
        "available": "Mo 09:00-12:00",
    }
    file = write_area(tmp_path, {"change": [{"table": "staff", "add": added}]})
    scenario = load(file).scenario
    assert scenario.staff["v1"].available == ((540, 720),)
    place = scenario.places["staff", "v1"]
    assert place.file == file.as_posix()
    assert '"v1"' in file.read_text(encoding="utf-8").split("\n")[place.line - 1]


def test_added_rows_need_what_rows_need():
    with pytest.raises(InputError) as error:
        changed({"table": "staff", "add": {"staff": "v1", "institution": "house"}})
    assert [problem.field for problem in error.value.problems] == ["available", "skills"]


def test_rows_are_dropped_in_order():
    scenario = changed(
        {"table": "needs", "drop": {"group": "group"}},
        {"table": "groups", "drop": {"group": "group"}},
        needs=[{"need": "a"}, {"need": "b"}],
    )
    assert (scenario.needs, scenario.groups) == ({}, {})


def test_a_row_that_is_named_later_in_the_list_cannot_be_dropped_first():
    with pytest.raises(InputError, match="named by needs need"):
        changed(
            {"table": "groups", "drop": {"group": "group"}},
            {"table": "needs", "drop": {"group": "group"}},
            needs=[{}],
        )


def test_rows_that_name_each_other_go_together():
    rooms = [{"room": "hall"}, {"room": "half", "part_of": "hall"}]
    assert changed({"table": "rooms", "drop": {}}, rooms=rooms).rooms == {}


@pytest.mark.parametrize(
    ("table", "key", "tables"),
    [
        ("sites", {"site": "here"}, {}),
        ("institutions", {"institution": "house"}, {}),
        (
            "institutions",
            {"institution": "library"},
            {
                "institutions": [{}, {"institution": "library"}],
                "rooms": [{"shared_with": "library"}],
            },
        ),
        ("groups", {"group": "group"}, {"needs": [{}]}),
        ("rooms", {"room": "hall"}, {"rooms": [{"room": "hall"}, {"part_of": "hall"}]}),
        (
            "equipment",
            {"equipment": "drums"},
            {
                "equipment": [{}],
                "use": [{"day": "Mo", "start": "09:00", "minutes": 5, "equipment": "drums:1"}],
            },
        ),
        (
            "needs",
            {"need": "need"},
            {"needs": [{}], "use": [{"need": "need", "source": "bought"}]},
        ),
    ],
)
def test_a_row_that_others_name_cannot_be_dropped(table, key, tables):
    area(**tables)
    with pytest.raises(InputError, match="is named by"):
        changed({"table": table, "drop": key}, **tables)


def family(folder, base, child):
    """Write a base and a scenario that extends it; return the second."""
    write_area(folder / "data", {})
    (folder / "scenarios").mkdir()
    texts = {
        "base": f"name: Base\ntables: ../data\n{base}",
        "child": f"extends: base.yaml\n{child}",
    }
    for name, text in texts.items():
        (folder / "scenarios" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load(folder / "scenarios" / "child.yaml").scenario


def test_a_child_says_only_what_is_different(tmp_path):
    scenario = family(
        tmp_path,
        "calendar: {step: 30, days: [Mo, Tu]}\n"
        "rules: {budget: 100, floor_area: {nursery: 3, pupils: 1}, room: off}\n"
        "travel: {modes: {walk: {speed: 4}, barge: {speed: 5}}}\n"
        "goals: [cost]\n",
        "calendar: {days: [Fr]}\n"
        "rules: {floor_area: {nursery: 4}, room: on, staff: on}\n"
        "travel: {modes: {walk: {fixed: 1}}}\n",
    )
    assert (scenario.name, scenario.stem) == ("Base", "child")
    assert (scenario.calendar.step, scenario.calendar.days) == (30, (4,))
    assert scenario.rules.floor_area == {"nursery": 4, "pupils": 1}
    assert (scenario.rules.budget, scenario.rules.off) == (10000, frozenset())
    assert (scenario.travel.modes["walk"].speed, scenario.travel.modes["walk"].fixed) == (4, 1)
    assert "barge" in scenario.travel.modes
    assert scenario.goals == ("cost",)
    assert [Path(name).name for name in scenario.inputs][:2] == ["child.yaml", "base.yaml"]


def test_a_blank_takes_back_what_the_parent_says(tmp_path):
    scenario = family(tmp_path, "rules: {budget: 100, keep: off}\n", "rules: {budget: }\n")
    assert scenario.rules.budget is None
    assert scenario.rules.off == {"keep"}


def test_the_parents_changes_come_first(tmp_path):
    scenario = family(
        tmp_path,
        "change: [{table: rooms, add: {room: hut, institution: house, capacity: 5}}]\n",
        "change: [{table: rooms, where: {room: hut}, set: {capacity: 6}}]\n",
    )
    assert scenario.rooms["hut"].capacity == 6


def test_tables_are_found_from_the_file_that_names_them(tmp_path):
    write_area(tmp_path / "one" / "data", {})
    (tmp_path / "one" / "base.yaml").write_text("name: A\ntables: data\n", encoding="utf-8")
    child = tmp_path / "child.yaml"
    child.write_text("extends: one\\base.yaml\n", encoding="utf-8")
    assert load(child).scenario.rooms
    child.write_text("extends: one/base.yaml\ntables: data\n", encoding="utf-8")
    with pytest.raises(InputError, match="data” does not exist"):
        load(child)


def test_words_are_kept_as_they_stand(tmp_path):
    file = write_area(tmp_path)
    file.write_text(
        "name: no\ntables: .\nchange:\n"
        "  - {table: rooms, where: {room: room}, set: {name: 10:30, available: off, kind: 0x10}}\n",
        encoding="utf-8",
    )
    scenario = load(file).scenario
    assert scenario.name == "no"
    room = scenario.rooms["room"]
    assert (room.name, room.kind, room.available) == ("10:30", "0x10", ())
