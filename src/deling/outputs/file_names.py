"""File names from ids, which hold letters, digits, ``-`` and ``_`` alone."""

from __future__ import annotations

import sys

_NUMBERED = {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
DEVICES = frozenset({"con", "prn", "aux", "nul", *_NUMBERED})
"""Names that are no files on Windows, whatever follows after a dot."""


def file_name(key: str, ending: str) -> str:
    """Return the name of the file about a row: its id, with a sign after a device's name.

    No id holds that sign, so that no two rows have one file.
    """
    mark = "~" if sys.platform == "win32" and key in DEVICES else ""
    return f"{key}{mark}.{ending}"
