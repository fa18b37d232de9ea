"""Bring the catalogues of translations in step with the code.

``python tests/catalogue.py`` extracts every message of deling, and click's own, adds new ones to
each ``deling.po`` (to be translated by hand), drops those that are gone, and compiles ``.mo``.
"""

from __future__ import annotations

import inspect
import io
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from deling.language import DOMAIN, FOLDER

CLICK = Path(inspect.getfile(click)).parent
COMMAND = "python tests/catalogue.py"
LANGUAGE = "da"
PO = FOLDER / LANGUAGE / "LC_MESSAGES" / f"{DOMAIN}.po"
MO = PO.with_suffix(".mo")


def extracted() -> Catalog:
    """Return every message of deling with the files that say it, then click's."""
    found = Catalog()
    for folder, name in ((FOLDER.parent, "src/deling"), (CLICK, "click")):
        for file, _line, message, comments, context in extract_from_dir(
            folder,
            method_map=[("**.py", "python")],
            keywords={**DEFAULT_KEYWORDS, "N_": None},
            comment_tags=("Translators:",),
        ):
            found.add(message, None, [(f"{name}/{file}", 0)], (), comments, context=context)
    return found


def stated() -> Catalog:
    """Return the catalogue as it lies in the repository."""
    with PO.open("rb") as file:
        return read_po(file, LANGUAGE, DOMAIN)


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as deling reads it."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def update() -> None:
    """Write the catalogue and its compiled form; say what is left to translate."""
    catalogue = stated()
    dated = catalogue.creation_date
    catalogue.update(extracted(), no_fuzzy_matching=True)
    # Else every run would change the file.
    catalogue.creation_date = dated
    with PO.open("wb") as file:
        write_po(file, catalogue, width=99, include_lineno=False, ignore_obsolete=True)
    MO.write_bytes(compiled(catalogue))
    for message in catalogue:
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not all(strings):
            print("to translate:", message.id)


if __name__ == "__main__":
    update()
