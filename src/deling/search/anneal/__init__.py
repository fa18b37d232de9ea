"""Annealing of a whole plan in compiled code: sessions take each other's place, some at a loss."""
