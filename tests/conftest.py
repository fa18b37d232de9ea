"""What all tests share."""

from __future__ import annotations

import pytest

from deling.language import use_language


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Let every test read English, also in the processes that it starts."""
    monkeypatch.setenv("DELING_LANGUAGE", "en")
    monkeypatch.setenv("LANGUAGE", "en")
    use_language("en")
