"""Help, errors, exit codes and what is imported when."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner

from deling import __version__
from deling.cli import COMMANDS, explain, main
from deling.errors import InputError, Place, Problem

from .runner import SMALLEST, run


def test_help_has_examples_and_exit_codes():
    told = run("--help")
    assert told.exit_code == 0
    for text in (*COMMANDS, "Examples:", "Exit codes:", "no valid plan exists", "COMPLETE"):
        assert text in told.stdout
    assert all(len(line) <= 100 for line in told.stdout.splitlines())


@pytest.mark.parametrize(
    ("name", "value", "styled"),
    [("TERM", "xterm", True), ("TERM", "dumb", False), ("NO_COLOR", "1", False)],
)
def test_a_terminal_without_colour_gets_no_signs_for_it(monkeypatch, tmp_path, name, value, styled):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)
    plan = tmp_path / "plan.csv"
    plan.write_text("event,need,source,day,start,end,room,staff,equipment\n", encoding="utf-8")
    arguments = ["compare", str(SMALLEST), str(plan), "--quiet"]
    told = CliRunner(catch_exceptions=False).invoke(main, arguments, color=True).stdout
    assert "What it brings" in told
    assert ("\x1b[" in told) == styled


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_an_example(command):
    told = run(command, "--help")
    assert told.exit_code == 0
    assert "deling" in told.stdout.partition("Example")[2] or command == "schema"


def test_commands_and_options_complete():
    completion = BashComplete(main, {}, "deling", "_DELING_COMPLETE")
    assert [item.value for item in completion.get_completions([], "c")] == ["check", "compare"]
    assert [item.value for item in completion.get_completions(["run"], "--sh")] == ["--sharing"]


def test_version():
    assert run("--version").stdout == f"deling, version {__version__}\n"


def test_an_unknown_command_is_bad_input():
    assert run("runn").exit_code == 2


@pytest.mark.parametrize(
    "arguments", [("--help",), ("run", "--help"), ("check", str(SMALLEST)), ("schema",)]
)
def test_what_needs_no_solver_imports_none(arguments):
    script = (
        "import sys\n"
        "from deling.cli import main\n"
        "main(sys.argv[1:], standalone_mode=False)\n"
        "slow = {'ortools', 'pandas', 'rich'} & set(sys.modules)\n"
        "assert not slow, slow\n"
    )
    subprocess.run([sys.executable, "-c", script, *arguments], check=True, capture_output=True)


def test_help_imports_no_command():
    script = (
        "import sys\n"
        "from deling.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "assert not {'pydantic', 'networkx', 'deling.domain'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


def test_every_problem_is_printed_with_a_count(capsys):
    explain(InputError(Problem(Place("needs.csv", line), "group", "is wrong") for line in (2, 7)))
    assert capsys.readouterr().err.splitlines() == [
        "needs.csv:2: group: is wrong",
        "needs.csv:7: group: is wrong",
        "2 problems in the input.",
    ]


def test_a_missing_scenario_is_bad_input_without_a_traceback(tmp_path):
    for command in ("run", "check", "compare"):
        told = run(command, tmp_path / "none.yaml")
        assert told.exit_code == 2
        assert "none.yaml" in told.stderr
        assert "1 problem in the input." in told.stderr
        assert told.stdout == ""


def test_ctrl_c_anywhere_ends_with_130(monkeypatch):
    def stop(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("deling.cli.reading.load", stop)
    told = run("check", SMALLEST)
    assert told.exit_code == 130
    assert told.stderr == "Interrupted.\n"


def test_ctrl_c_while_a_module_is_imported_ends_with_130_too(monkeypatch):
    def stop(*_arguments, **_options):
        raise ImportError("initialization failed") from KeyboardInterrupt()

    monkeypatch.setattr("deling.cli.reading.load", stop)
    told = run("check", SMALLEST)
    assert told.exit_code == 130
    assert told.stderr == "Interrupted.\n"
