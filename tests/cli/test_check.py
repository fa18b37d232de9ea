"""``deling check``."""

from __future__ import annotations

import json
import re

from .runner import SMALLEST, run

PLAN = """event,need,day,start,end,room,staff,equipment
e1,vug-musik,Mo,09:30,10:00,rytmikrum,musikpaedagog,trommekasse:1
e2,bh-musik,Mo,09:45,10:30,rytmikrum,musikpaedagog,trommekasse:1
"""


def test_todays_use_that_keeps_all_rules():
    told = run("check", SMALLEST)
    assert told.exit_code == 0
    assert "Today's use keeps all rules (8 events)." in told.stdout
    assert "8 of 12 wanted sessions" in told.stdout
    assert re.search(r"Net cost a week +DKK +428\n", told.stdout)
    assert re.search(r"The whole area +12 +8 +█+░+\n", told.stdout)


def test_json_has_the_contracts_shape():
    told = run("check", SMALLEST, "--json")
    assert told.exit_code == 0
    record = json.loads(told.stdout)
    assert record["valid"] is True
    assert record["breaches"] == []
    assert record["goals"] == {"served": 9, "fairness": 500, "cost": 427.5, "comfort": 30}


def test_a_plan_with_breaches_names_rule_sentence_events_and_numbers(tmp_path):
    (tmp_path / "plan.csv").write_text(PLAN)
    told = run("check", SMALLEST, tmp_path / "plan.csv")
    assert told.exit_code == 1
    assert "room: A room, what it is part of" in told.stdout
    assert "e1 (Mo 09:30-10:00)" in told.stdout
    assert "e1: Rytmik i vuggestuen" in told.stdout
    assert "The plan plan.csv breaks" in told.stdout
    assert re.search(r"keep +4\n", told.stdout)
    assert all(len(line) <= 100 for line in told.stdout.splitlines())


def test_json_of_a_plan_with_breaches(tmp_path):
    (tmp_path / "plan.csv").write_text(PLAN)
    told = run("check", SMALLEST, tmp_path / "plan.csv", "--json")
    assert told.exit_code == 1
    record = json.loads(told.stdout)
    assert record["valid"] is False
    found = {(breach["rule"], tuple(breach["events"])) for breach in record["breaches"]}
    assert ("room", ("e1", "e2")) in found
    assert ("staff", ("e1", "e2")) in found
    assert ("keep", ()) in found


def test_a_level_of_sharing_can_be_chosen(tmp_path):
    shared = (
        "event,need,day,start,end,room,staff,equipment\n"
        "e1,bh-bog,We,10:30,11:15,boernebibliotek,bibliotekar,\n"
    )
    (tmp_path / "p.csv").write_text(shared)
    own = run("check", SMALLEST, tmp_path / "p.csv", "--sharing", "own", "--json")
    area = run("check", SMALLEST, tmp_path / "p.csv", "--json")
    rules = [{b["rule"] for b in json.loads(told.stdout)["breaches"]} for told in (own, area)]
    assert "sharing" in rules[0]
    assert "sharing" not in rules[1]


def test_a_plan_file_with_mistakes_is_bad_input(tmp_path):
    (tmp_path / "plan.csv").write_text(PLAN.replace("rytmikrum", "rytmikum", 1))
    told = run("check", SMALLEST, tmp_path / "plan.csv")
    assert told.exit_code == 2
    assert "rytmikum" in told.stderr
