"""What is measured: sizes of areas, with and without extra wishes, and how long each may take."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

SUPPLY = "tight"
EXTRA = 0.3
"""Share of wishes beyond the planted plan, where there are any."""
FIRST_SEED = 101
"""Seeds below are for tuning."""
OWN = "deling"


class Size(NamedTuple):
    """A size of planted areas.

    Attributes
    ----------
    seeds
        How many areas are measured; the page shows the median.
    limit
        Seconds of a search on the reference machine.
    peers
        Whether peers are measured as well.
    """

    name: str
    institutions: int
    seeds: int
    limit: float
    peers: bool


SIZES = {
    size.name: size
    for size in (
        Size("area", 12, 5, 60, peers=True),
        Size("municipality", 100, 5, 300, peers=True),
        Size("region", 1_000, 1, 1_200, peers=False),
        Size("country", 10_000, 1, 1_200, peers=False),
    )
}


class Measurement(NamedTuple):
    """One measurement of one area; its fields are the key of a row of results.

    Attributes
    ----------
    solver
        ``deling``, or the name of a peer.
    size, institutions, seed, supply, extra
        The area.
    what
        ``tables``: reading, checking and judging; ``search``: the plan.
    limit
        Seconds of the search on the reference machine; 0 for ``tables``.
    """

    solver: str
    size: str
    institutions: int
    seed: int
    supply: str
    extra: float
    what: str
    limit: float

    @property
    def area(self) -> tuple[str, int, int, str, float]:
        """What tells one area from another."""
        return self[1:6]


def measurements(
    sizes: list[str],
    seeds: list[int] | None = None,
    limit_factor: float = 1.0,
    solvers: Sequence[str] = (OWN,),
    extra: Sequence[float] = (0.0, EXTRA),
) -> list[Measurement]:
    """Return what is to be measured, the same area's measurements beside each other.

    Parameters
    ----------
    sizes
        Names of sizes.
    seeds
        Seeds of the areas; as many as the size asks for by default.
    limit_factor
        Makes the searches shorter, or longer.
    solvers
        Peers are only measured at the sizes that are meant for them, and only search.
    extra
        Shares of extra wishes, with which areas are planted.
    """
    found = []
    for name in sizes:
        size = SIZES[name]
        for seed in seeds or range(FIRST_SEED, FIRST_SEED + size.seeds):
            for share in extra:
                area = (name, size.institutions, seed, SUPPLY, share)
                for solver in solvers:
                    if solver == OWN:
                        found.append(Measurement(solver, *area, "tables", 0.0))
                    if solver == OWN or size.peers:
                        limit = size.limit * limit_factor
                        found.append(Measurement(solver, *area, "search", limit))
    return found
