"""What all tests share."""

from __future__ import annotations

import os
import tempfile
from hashlib import sha256
from pathlib import Path

import pytest

import deling
from deling.language import use_language


def _compiled_anew_where_it_has_changed() -> None:
    """Keep what is compiled by all that it is compiled of, of which the compiler sees one file."""
    sources = sorted((Path(deling.__file__).parent / "search").rglob("*.py"))
    known = sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"deling-compiled-{known}"
    os.environ.setdefault("NUMBA_CACHE_DIR", str(folder))


_compiled_anew_where_it_has_changed()


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Let every test read English, also in the processes that it starts."""
    monkeypatch.setenv("DELING_LANGUAGE", "en")
    monkeypatch.setenv("LANGUAGE", "en")
    use_language("en")
