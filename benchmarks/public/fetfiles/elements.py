"""Looking into the elements of a `.fet` file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def text(one: Element, tag: str) -> str:
    """Return the text of an element within, or a blank."""
    return (one.findtext(tag) or "").strip()


def texts(one: Element, tag: str) -> list[str]:
    """Return the texts of all such elements within that have any."""
    return [text for each in one.iterfind(tag) if (text := (each.text or "").strip())]


def names(root: Element, path: str) -> list[str]:
    """Return the names of all elements of a path."""
    return [text(one, "Name") for one in root.iterfind(path)]


def active(one: Element) -> bool:
    """Return whether a row is in use."""
    return text(one, "Active") in ("", "true", "yes")


def leaves(root: Element) -> dict[str, frozenset[str]]:
    """Return the smallest sets that each set of students consists of."""
    found: dict[str, frozenset[str]] = {}
    for year in root.iterfind("Students_List/Year"):
        below: set[str] = set()
        for group in year.iterfind("Group"):
            name = text(group, "Name")
            parts = frozenset(names(group, "Subgroup")) or frozenset({name})
            found.update((part, frozenset({part})) for part in parts)
            found[name] = parts
            below |= parts
        name = text(year, "Name")
        found[name] = frozenset(below) or frozenset({name})
    return found


def components(activities: list[Element]) -> dict[str, int]:
    """Return which one of its split activity each is, from 1."""
    seen: Counter[str] = Counter()
    found = {}
    for one in activities:
        group = text(one, "Activity_Group_Id")
        seen[group] += 1
        found[text(one, "Id")] = 1 if group in ("", "0") else seen[group]
    return found
