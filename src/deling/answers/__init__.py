"""A comparison in plain words: for whom, at what price, with what result, and how sure."""

from deling.answers.tables import LONG, SHORT, area_table, give_table, goals_table, whom_table
from deling.answers.words import across_sectors, against_today, gap, proof, summary

__all__ = [
    "LONG",
    "SHORT",
    "across_sectors",
    "against_today",
    "area_table",
    "gap",
    "give_table",
    "goals_table",
    "proof",
    "summary",
    "whom_table",
]
