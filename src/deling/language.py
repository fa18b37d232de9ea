"""The one place where texts for people are translated.

Every text that a person reads passes through `_`. Catalogues lie in ``locale/`` as gettext
``.mo`` files; without one, the English text itself is shown.
"""

from __future__ import annotations

import gettext
from pathlib import Path

_translation: gettext.NullTranslations = gettext.NullTranslations()


def use_language(language: str) -> None:
    """Choose the language of all texts from here on, ``en`` where no catalogue exists."""
    global _translation
    folder = Path(__file__).parent / "locale"
    _translation = gettext.translation("deling", folder, [language], fallback=True)


def _(text: str) -> str:
    """Return the text in the chosen language."""
    return _translation.gettext(text)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark a text that is translated where it is shown."""
    return text
