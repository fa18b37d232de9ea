"""The one place where texts and numbers for people take on a language.

Every text that a person reads passes through `_`. Catalogues lie in ``locale/`` as gettext
``.mo`` files; without one, the English text itself is shown.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

DOMAIN = "deling"
FOLDER = Path(__file__).parent / "locale"
LANGUAGES = ("da", "en")
_DANISH_SIGNS = str.maketrans(",.", ".,")

_translation: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def use_language(language: str) -> None:
    """Choose the language of all texts from here on, ``en`` where no catalogue exists."""
    global _translation, _language
    _translation = gettext.translation(DOMAIN, FOLDER, [language], fallback=True)
    _language = language


def language() -> str:
    """Return the language that texts are in."""
    return _language


def of_country(country: str) -> str:
    """Return the language that a scenario of a country speaks if nobody chooses another."""
    return "da" if country == "DK" else "en"


def of_environment() -> str:
    """Return the language of this computer, as far as deling speaks it."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "da" if os.environ[name].lower().startswith("da") else "en"
    return "en"


def _(text: str) -> str:
    """Return the text in the chosen language."""
    # For an empty text gettext returns the head of the catalogue.
    return _translation.gettext(text) if text else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Return the text for one, or for another number of things, in the chosen language."""
    return _translation.ngettext(one, many, count)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark a text that is translated where it is shown."""
    return text


def with_signs(number: str) -> str:
    """Return ``1,234.5`` with the decimal and thousands signs of the chosen language."""
    return number.translate(_DANISH_SIGNS) if _language == "da" else number
