"""What has to be the same on all computers of a search; light, since each is asked at the start."""

from __future__ import annotations

from importlib.metadata import version

from deling import __version__

ALIKE = ("distributed", "networkx", "ortools", "pydantic")
"""Packages that make what is sent, or what is found."""


def versions() -> dict[str, str]:
    """Return the version of deling and of those packages."""
    return {"deling": __version__, **{package: version(package) for package in ALIKE}}
