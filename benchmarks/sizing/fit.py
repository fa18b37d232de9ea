"""How something grows: the straight line through the logarithms."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Power(NamedTuple):
    """``scale * size ** exponent``."""

    scale: float
    exponent: float

    def at(self, size: float) -> float:
        """Return the fitted value at a size."""
        return float(self.scale * size**self.exponent)


def fit(points: Sequence[tuple[float, float]]) -> Power | None:
    """Fit a power to positive points (size, value) by least squares of the logarithms.

    Returns None for fewer than two sizes.
    """
    if len({size for size, _value in points}) < 2:
        return None
    x = [math.log(size) for size, _value in points]
    y = [math.log(value) for _size, value in points]
    middle_x, middle_y = sum(x) / len(x), sum(y) / len(y)
    exponent = sum(
        (one - middle_x) * (other - middle_y) for one, other in zip(x, y, strict=True)
    ) / sum((one - middle_x) ** 2 for one in x)
    return Power(math.exp(middle_y - exponent * middle_x), exponent)
