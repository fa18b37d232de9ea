"""Planted areas: scenarios of any size, grown around a plan that serves all that is planted."""

from planting.files import write
from planting.plant import Planted, plant

__all__ = ["Planted", "plant", "write"]
