"""What people, programs and mischief put into cells and settings."""

# ruff: noqa: E501

from __future__ import annotations

NUMBERS = (
    *("0", "1", "-1", "2", "+3", "1e308", "1e-308", "1e99", "nan", "inf", "-inf", "007", "1,5"),
    *("1.000", "1.000,50", "99999999999999999999", "1000000", "1000001", "10000000", "2,", ".5"),
    *("0x10", "1_000", "½", "٣", "-0", "3 %", "12 kr", "9" * 400, "1e2", "0,004", "1440", "1441"),
)
TIMES = (
    *("24:00", "25:61", "00:00", "0:00", "23:59", "23:45", "8", "8:00", "08.00", "08:00:00"),
    *(
        "08:00:30",
        "-1:00",
        "24:01",
        "12:60",
        "Mo",
        "mo",
        "Man",
        "Su",
        "Xx",
        "kl. 9",
        "99:99",
        "23:59:60",
    ),
)
HOURS = (
    *(
        "24/7",
        "off",
        "Mo-Fr 08:00-14:00",
        "Mo-Fr 22:00-02:00",
        "Mo-Su 00:00-24:00",
        "Su 23:00-26:00",
    ),
    *("Mo-Fr 08:00-14:00; We off", "sunrise-sunset", "Mo 08:00-08:00", "PH off", "unknown"),
    *("week 1-53/2 Mo 08:00-12:00", "Jan-Mar", "easter +1 day", "08:00+", "Mo[1] 10:00-11:00"),
    *("Mo-Fr 25:00-26:00", "Mo-Fr 8-14", "08:00-14:00" * 30, "Mo;" * 500, "2020-2030", "((", "||"),
    *('"by phone"', "Mo-Fr 08:00-14:00 || unknown", "any", "Mo-Fr 08:00-14:00, 13:00-19:00"),
    *(
        ",".join(
            f"{hour:02}:{minute:02}-{hour:02}:{minute + 1:02}"
            for hour in range(24)
            for minute in range(0, 60, 2)
        ),
        "9999 Dec 31",
        "1900-9999",
        "Feb 29",
        "Mo 00:00-00:01",
    ),
)
TEXTS = (
    *(
        "",
        " ",
        "x",
        "æøå",
        "Å",
        "A\u030a",
        "\u202eevil\u202c",
        "\u2066x",
        "\u200b",
        "\ufeff",
        "\u2028",
    ),
    *(
        "e" + "\u0301" * 29,
        "e" + "\u0301\u0315" * 40,
        "\U0001f600",
        "\ufffe",
        "\x1b[2J",
        "\x00",
        "\x07",
    ),
    *(
        "x" * 300,
        "x" * 40_000,
        "Ω" * 5_000,
        "a b c",
        "a:2",
        "a:2 a:3",
        "a:0",
        "a:99999999",
        ":",
        "a:",
    ),
    *("<script>alert(1)</script>", "</script><b>", "' onmouseover='x", '" onload="x', "{{ 7*7 }}"),
    *("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "%s%n", "{x}", "{0.__class__}"),
    *(
        "../x",
        "..",
        ".",
        "/etc/passwd",
        "con",
        "nul",
        "aux.csv",
        "a/b",
        "a\\b",
        "C:\\x",
        "-",
        "_",
        "0",
    ),
    *(
        "all",
        "none",
        "yes",
        "no",
        "on",
        "off",
        "true",
        "school",
        "daycare",
        "area",
        "internal",
        "bought",
    ),
    *(
        "nursery",
        "walk",
        "bike",
        "minibus",
        "volunteer",
        "010190-1234",
        "a,b",
        "a;b",
        'a"b',
        "a\nb",
    ),
    *(
        "BEGIN:VCALENDAR",
        "\r\nDTSTART:1",
        "null",
        "~",
        "&a",
        "*a",
        "!!python/name:os.system",
        "| x",
    ),
)
GOOD_HOURS = (
    *(
        "24/7",
        "off",
        "Mo-Fr 08:00-14:00",
        "Mo-Su 00:00-24:00",
        "Mo-Fr 22:00-02:00",
        "Su 23:00-26:00",
    ),
    *("Mo-Fr 08:00-14:00; We off", "sunrise-sunset", "Mo-Fr 08:00-16:00", "Mo-Fr 07:00-17:00"),
    *("Mo 08:00-08:00", "week 1-53/2 Mo 08:00-12:00", "08:00+", "Mo-Fr 08:00-14:00 || unknown"),
)
PRINTED = tuple(
    text for text in TEXTS if text.isprintable() and len(text) < 1000 and "190-" not in text
)
ALL = (*NUMBERS, *TIMES, *HOURS, *TEXTS)

SECTIONS = {
    "name": (
        "''",
        "[a]",
        "{a: b}",
        '"\\e[2J"',
        '"a\\0b"',
        "&a x",
        "*a",
        "!!binary aGVq",
        "|\n  two\n  lines",
    ),
    "tables": (
        "base",
        "../../etc",
        "/etc",
        "/dev/zero",
        "''",
        ".",
        "base.xlsx",
        "nothing",
        "~",
        "[a]",
    ),
    "extends": (
        "area.yaml",
        "other.yaml",
        "/dev/zero",
        "/etc/passwd",
        "..",
        "''",
        "[a, b]",
        "./x/../area.yaml",
    ),
    "calendar": (
        *(
            "{week: 2026-W53}",
            "{week: 2026-W54}",
            "{week: 0001-W01}",
            "{week: 2199-W52}",
            "{days: []}",
        ),
        *("{days: [Mo, Mo]}", "{days: [Su]}", "{days: [Mo, Tu, We, Th, Fr, Sa, Su]}", "{step: 0}"),
        *(
            "{step: 1}",
            "{step: 1440}",
            "{step: 7}",
            "{country: XX}",
            "{country: US}",
            "{country: dk}",
        ),
        *(
            "{season: {first: 2026-08-31, last: 2026-08-30}}",
            "{season: {first: 0001-01-01, last: 9999-12-31}}",
        ),
        *(
            "{season: {first: 2026-08-31, last: 2027-06-25, closed: [2026-12-24, 2027-01-01/2027-01-03]}}"
        ),
        *(
            "{season: {first: 9999-12-01, last: 9999-12-31}}",
            "{season: {first: 1900-01-01, last: 1950-12-31}}",
        ),
        *("{season: {first: 2026-02-30, last: x}}", "{season: 2026}", "[]", "x", "{a: 1}"),
        "{season: {first: 2026-03-28, last: 2026-04-30, closed: [0001-01-01/9999-12-31]}}",
    ),
    "sharing": ("own", "sector", "area", "all", "[own]", "''"),
    "travel": (
        *(
            "{detour: 0}",
            "{detour: 100}",
            "{detour: -1}",
            "{detour: nan}",
            "{modes: {}}",
            "{modes: {walk: {}}}",
        ),
        *(
            "{modes: {walk: {speed: 0.01}}}",
            "{modes: {walk: {speed: 0}}}",
            "{modes: {'a b': {speed: 1}}}",
        ),
        *(
            "{modes: {car: {fixed: 1000000, speed: 1000}}}",
            "{modes: {minibus: {fleet: 0, trip_cost: 10000000}}}",
        ),
        *("{modes: {stroll: off}}", "{modes: [a]}", "{modes: {<<: {speed: 1}, fly: {speed: 900}}}"),
    ),
    "rules": (
        *(
            "{room: off, staff_day: off, keep: off}",
            "{budget: 0}",
            "{budget: -1}",
            "{budget: off}",
            "{budget: 1e9}",
        ),
        *(
            "{floor_area: {nursery: 1000000}}",
            "{floor_area: {x: 1}}",
            "{floor_area: off}",
            "{grid: off}",
        ),
        *(
            "{staff_day: {max_hours: 0}}",
            "{staff_day: {rest: 10000, max_sites: 0}}",
            "{staff_day: {max_span: -1}}",
        ),
        *(
            "{keep: off, fixed: off, sharing: off, group: off, reach: off, spread: off}",
            "[room]",
            "{unknown: off}",
        ),
        *(
            "{cleared: off, capacity: off, needs_met: off, equipment: off, same_staff: off, home_cover: off}",
        ),
    ),
    "goals": (
        "[]",
        "[cost]",
        "[served, served]",
        "[comfort, cost, fairness, served]",
        "served",
        "[x]",
        "{a: b}",
    ),
    "change": (
        *(
            "[]",
            "{}",
            "[a]",
            "[{table: rooms}]",
            "[{table: nothing, add: {a: b}}]",
            "[{table: rooms, drop: {}}]",
        ),
        *(
            "[{table: needs, where: {}, set: {sessions: 0}}]",
            "[{table: needs, where: {}, set: {sessions: 50}}]",
        ),
        *("[{table: use, drop: {}}]", "[{table: staff, where: {}, set: {available: off}}]"),
        *(
            "[{table: groups, where: {}, set: {size: 0}}]",
            "[{table: groups, where: {}, set: {part_of: klasse}}]",
        ),
        *(
            "[{table: rooms, where: {}, set: {part_of: sal}}]",
            "[{table: rooms, where: {}, set: {room: x}}]",
        ),
        *(
            "[{table: sites, where: {}, set: {latitude: 90, longitude: 180}}]",
            "[{table: travel, drop: {mode: walk}}]",
        ),
        *("[{table: staff, add: {}}]", "[{table: staff, add: {staff: ../x, institution: skole}}]"),
        *(
            "[{table: use, where: {}, set: {fixed: yes}}]",
            "[{table: institutions, where: {}, set: {max_away: 0}}]",
        ),
        *("[&a {table: needs, where: {}, set: {weight: 3}}, *a, *a]", "[{table: [rooms], add: 1}]"),
        *(
            "[{table: needs, where: {}, set: {buy_price: 0, sessions: 3}}]",
            "[{table: use, drop: {event: e1}}]",
        ),
    ),
    "solve": (
        *(
            "{seed: 0}",
            "{seed: 99999999999}",
            "{workers: 1000000}",
            "{gap: -1}",
            "{gap: 1000000}",
            "{gap: 0.5}",
        ),
        *(
            "{time_limit: 0}",
            "{time_limit: 1000000}",
            "{time_limit: 1e-9}",
            "{time_limit: nan}",
            "off",
        ),
    ),
}
"""Values of each section of a scenario file."""

LINES = (
    *(
        "a: &a [*a]",
        "x: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]",
        "? [a, b]\n: c",
        "<<: {name: b}",
        "<<: *a",
    ),
    *(
        "---",
        "...",
        "%YAML 1.1",
        "!!python/object:os.system {}",
        "!<tag:x> y",
        "\tname: x",
        "name: again",
    ),
    *(
        "- a",
        "key without colon",
        "'unclosed",
        '"unclosed',
        "[unclosed",
        "{unclosed",
        "# comment",
        "@x: y",
        "`",
    ),
    *(
        '"\\ud800": 1',
        '"\\x1b": 1',
        "null: null",
        "1: 2",
        "? ",
        ": ",
        "''  : x",
        "name",
        "é\u0301: x",
    ),
    *(
        "a: " + "[" * 200,
        "a: " + "{b: " * 200,
        "k" * 2000 + ": x",
        "x: " + "y" * 50_000,
        "&a " * 50 + "x",
    ),
    # Aliases that multiply.
    "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 7)),
)
"""Lines to put into a scenario file."""
