"""Danish and English: complete catalogues, and what follows the language and what never does."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import subprocess
import sys
from fractions import Fraction
from gettext import GNUTranslations

import pytest
import yaml

from catalogue import COMMAND, MO, extracted, stated
from cli.runner import SMALLEST, run
from deling import counts
from deling.figures import date_in_words, shown, signed
from deling.language import of_environment, use_language
from deling.progress import gap_text
from deling.units import moment

UPDATE = f"bring the catalogue in step: {COMMAND}, then translate what it names"


def of_deling(catalogue):
    """Return the messages that deling itself says; click's may change with click."""
    return {
        message.id: message
        for message in catalogue
        if message.id and any(file.startswith("src/") for file, _line in message.locations)
    }


def strings(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def ids(message):
    return message.id if isinstance(message.id, tuple) else (message.id,)


def placeholders(text):
    return set(re.findall(r"\{[^}]*\}|%\([a-z]*\)[a-z]", text))


@pytest.fixture(scope="module")
def danish():
    return stated()


def test_every_message_is_translated(danish):
    known = of_deling(danish)
    asked = of_deling(extracted())
    missing = [
        key for key in asked if key not in known or not all(strings(known[key])) or known[key].fuzzy
    ]
    assert not missing, UPDATE


def translated(catalogue):
    return [message for message in catalogue if message.id and all(strings(message))]


def test_translations_name_the_same_things(danish):
    for message in translated(danish):
        said = set().union(*map(placeholders, strings(message)))
        assert said == set().union(*map(placeholders, ids(message))), message.id


THINGS = (
    "events?|sessions?|participants?|institutions?|rooms?|groups?|needs?|problems?|places|pairs?"
    "|ways|units?|sites|rules|participant hours|institutioner|begivenheder|sessioner|deltagere"
    "|lokaler|medarbejdere|grupper|steder|muligheder|enheder"
)
COUNTED = re.compile(
    rf"\{{\w+\}} (?:(?:wanted|other|more|fewer|ønskede|andre|flere) )?(?:{THINGS})\b"
)
ALWAYS_MANY = {
    # A joint event that is bought has two needs at least.
    "Bought event {event} is for {count} needs; it can be for one only.",
    # What fits in a week is fewer, and that is one at least.
    "{sessions} sessions, {gap} days apart, do not fit in a week: at most {most}",
    # Numbers with a decimal, which are plural.
    "Sharing: {level}. {seconds} s, at most {left} units of work to go",
    "{spent} of {limit} units of work",
    (
        "How: {staff} staff hours and {rooms} room hours a week come from another sector; sessions"
        " that bring groups of several sectors together: {joint}."
    ),
    # More than there is room for.
    (
        "The area has {count} institutions. A page with the weeks of more than {most} would be too"
        " large to open, so that this one leaves out the weeks, the map and the sessions one by"
        " one. All of it is in the files of the run: schedules/ has the week of each institution,"
        " room and member of staff, plan.csv every session, changes.csv what is different from"
        " today."
    ),
    (
        "The report has no weeks and no map of more than {most} institutions: see schedules/,"
        " plan.csv and changes.csv."
    ),
    (
        "The weeks of the {count} institutions are files in {folder}; the workbook has sheets for"
        " {most} at most."
    ),
    # No number.
    "a text that begins with {sign} needs quotation marks",
    # Two numbers: 0 units of 1 asked for, and as few.
    "Of equipment {kind}, {found} units will do and {count} are asked for: {why}.",
}


def test_what_is_counted_has_a_singular(danish):
    """One event, two events: a message that counts knows both."""
    wrong = [
        message.id
        for message in of_deling(danish).values()
        if not isinstance(message.id, tuple)
        and message.id not in ALWAYS_MANY
        and any(COUNTED.search(text) for text in (message.id, message.string))
        # Names stand after such words: “event {event}”.
        and not re.search(r"\b(event|need|group|room|rule|site|institution) \{", message.id)
    ]
    assert wrong == []


def test_one_is_singular():
    try:
        for code, one, many in (
            ("en", "1 member of staff", "2 staff"),
            ("da", "1 medarbejder", "2 medarbejdere"),
        ):
            use_language(code)
            assert (counts.staff(1), counts.staff(2)) == (one, many)
        assert counts.sessions(1, sign=True) == "+1 session"
        assert counts.sessions(-1234, sign=True) == "-1.234 sessioner"
        assert counts.participant_hours(Fraction(5, 4)) == "1 deltagertime"
        assert counts.participant_hours(Fraction(7, 4)) == "2 deltagertimer"
        assert [counts.needs(n).split()[0] for n in (0, 1)] == ["0", "1"]
    finally:
        use_language("en")


def test_translations_have_the_shape_of_the_message(danish):
    for message in translated(danish):
        for english in ids(message):
            for text in strings(message):
                for sign in (" ", "\n", ";"):
                    assert english.startswith(sign) == text.startswith(sign), english
                    assert english.endswith(sign) == text.endswith(sign), english


def test_the_compiled_catalogue_is_that_of_the_text(danish):
    with MO.open("rb") as file:
        compiled = GNUTranslations(file)
    for message in translated(danish):
        if isinstance(message.id, tuple):
            said = tuple(compiled.ngettext(*message.id, count) for count in (1, 2))
        else:
            said = (compiled.gettext(message.id),)
        assert said == strings(message), UPDATE


def test_help_in_danish_fits_the_terminal():
    for command in ("run", "check", "compare", "init", "schema"):
        told = run(command, "--help", "--language", "da").stdout
        assert told.startswith("Brug: ")
        assert "Valg:" in told
        assert "--help" in told.rpartition("Vis denne hjælp")[0]
        assert all(len(line) <= 100 for line in told.splitlines())


def test_what_click_says_is_danish():
    assert "Kommandoen 'runn' findes ikke." in run("--language", "da", "runn").stderr
    assert "Manglende argument 'SCENARIE'." in run("run", "--language=da").stderr
    assert "Error: No such command" in run("--language", "en", "runn").stderr


@pytest.fixture
def nobody_asks(monkeypatch):
    monkeypatch.delenv("DELING_LANGUAGE")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("nobody_asks")
def test_a_danish_scenario_speaks_danish_unless_asked_otherwise(monkeypatch):
    assert "Ugen i dag overholder alle regler" in run("check", SMALLEST).stdout
    assert "Today's use keeps all rules" in run("check", SMALLEST, "--language", "en").stdout
    assert "Today's use keeps all rules" in run("--language", "en", "check", SMALLEST).stdout
    assert "Advarsel: " in run("--language", "en", "check", SMALLEST, "--language", "da").stderr
    monkeypatch.setenv("DELING_LANGUAGE", "en")
    assert "Today's use keeps all rules" in run("check", SMALLEST).stdout
    assert "Ugen i dag overholder" in run("check", SMALLEST, "--language", "da").stdout


@pytest.mark.usefixtures("nobody_asks")
def test_another_country_is_spoken_to_in_english(tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text(f"extends: {SMALLEST}\nname: Other\ncalendar: {{country: SE}}\n")
    assert "Today's use keeps all rules" in run("check", other).stdout
    child = tmp_path / "child.yaml"
    child.write_text("extends: other.yaml\nname: Child\n")
    assert "Today's use keeps all rules" in run("check", child).stdout


@pytest.mark.usefixtures("nobody_asks")
def test_mistakes_in_a_danish_scenario_are_told_in_danish(tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("name: Wrong\ntables: nowhere\n")
    assert "findes ikke; der skal være en mappe" in run("check", wrong).stderr
    wrong.write_text("name: [\n")
    assert "fejl i inddata." in run("check", wrong).stderr


@pytest.mark.usefixtures("nobody_asks")
def test_without_a_scenario_the_computer_says_the_language(monkeypatch):
    assert run("--help").stdout.startswith("Usage:")
    monkeypatch.setenv("LANG", "da_DK.UTF-8")
    assert run("--help").stdout.startswith("Brug:")
    assert of_environment() == "da"
    monkeypatch.setenv("LC_ALL", "C")
    assert run("--help").stdout.startswith("Usage:")


def test_init_comments_in_the_language_and_copies_the_same_scenario(tmp_path):
    plain = {}
    for code in ("da", "en"):
        assert run("init", tmp_path / code, "--language", code).exit_code == 0
        text = (tmp_path / code / "scenario.yaml").read_text("utf-8")
        assert ("Der ønskes tolv sessioner" in text) == (code == "da")
        plain[code] = yaml.safe_load(text)
        assert plain[code].pop("name")
    assert plain["da"] == plain["en"]


def test_an_unknown_language_is_bad_input(monkeypatch):
    assert run("check", SMALLEST, "--language", "xx").exit_code == 2
    monkeypatch.setenv("DELING_LANGUAGE", "xx")
    assert run("check", SMALLEST).exit_code == 2


def test_numbers_and_days_follow_the_language():
    assert (shown(12345), signed(-1234, 1), gap_text(0.0123)) == ("12,345", "-1,234.0", "1.2 %")
    assert moment(24 * 60 + 60) == "Tu 01:00"
    use_language("da")
    assert (shown(12345), signed(-1234, 1), gap_text(0.0123)) == ("12.345", "-1.234,0", "1,2 %")
    assert moment(24 * 60 + 60) == "ti 01:00"


def test_dates_are_written_as_the_language_writes_them():
    assert date_in_words(dt.date(2026, 9, 8)) == "8 September 2026"
    use_language("da")
    assert date_in_words(dt.date(2026, 9, 8)) == "8. september 2026"


def header(path):
    with path.open(encoding="utf-8") as file:
        return next(csv.reader(file))


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Return the results of one run in each language."""
    folders = {}
    for language in ("da", "en"):
        folders[language] = tmp_path_factory.mktemp(language)
        command = ("run", SMALLEST, "--quiet", "--workers", "1", "--language", language)
        told = run(*command, "--output", folders[language])
        assert told.exit_code == 0
    return folders


def test_plans_are_the_same_in_every_language(both):
    assert (both["da"] / "plan.csv").read_bytes() == (both["en"] / "plan.csv").read_bytes()
    records = [json.loads((both[code] / "result.json").read_text("utf-8")) for code in both]
    for record in records:
        # Clocks differ from run to run.
        for part in (record, *record["plans"].values()):
            part.pop("seconds", None)
            part.pop("seconds_to_first_plan", None)
    assert records[0] == records[1]


def test_schedules_speak_the_language(both):
    schedule = next((both["da"] / "schedules").glob("*.csv")).name
    assert header(both["da"] / "schedules" / schedule)[:5] == [
        "dag",
        "start",
        "slut",
        "rolle",
        "aktivitet",
    ]
    assert header(both["en"] / "schedules" / schedule)[:3] == ["day", "start", "end"]
    assert header(both["da"] / "unmet.csv")[0] == "institution"
    assert header(both["da"] / "comparison.csv")[:6] == [
        "omfang",
        "id",
        "navn",
        "nøgletal",
        "beskrivelse",
        "enhed",
    ]
    assert "i dag" in header(both["da"] / "comparison.csv")


def test_files_that_planners_share_have_the_same_numbers_in_every_language(both):
    def figures(folder):
        with (folder / "comparison.csv").open(encoding="utf-8") as file:
            return [row[6:] for row in csv.reader(file)][1:]

    assert figures(both["da"]) == figures(both["en"])


def test_what_check_prints_for_programs_differs_in_messages_alone():
    danish, english = (
        json.loads(run("check", SMALLEST, "--json", "--language", code).stdout)
        for code in ("da", "en")
    )
    for record in (danish, english):
        for breach in record["breaches"]:
            breach.pop("message")
    assert danish == english


def test_schedules_of_a_plan_file_named_like_a_word_keep_its_name(both, tmp_path):
    copy = tmp_path / "room.csv"
    copy.write_bytes((both["en"] / "plan.csv").read_bytes())
    assert "room" in run("compare", SMALLEST, copy, "--language", "da").stdout


def test_the_language_of_one_process_is_not_that_of_its_modules():
    # Everything is imported in English first; what is shown afterwards is Danish all the same.
    script = (
        "import sys\n"
        "from deling.cli import main\n"
        "for code in ('en', 'da'):\n"
        "    main(['check', sys.argv[1], '--language', code], standalone_mode=False)\n"
    )
    command = [sys.executable, "-c", script, str(SMALLEST)]
    told = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    assert "Today's use keeps all rules" in told
    assert "Ugen i dag overholder alle regler" in told
