"""Python's collector of circles of objects, and data so large that it should not look through it.

All that a scenario is read into refers one way, so that there are no circles to find. Without this,
a third of the time of reading a country goes by with looking for them.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let the collector rest while large data is made in one thread."""
    working = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if working:
            gc.enable()


def keep_for_good() -> None:
    """Tell the collector not to look at what there is now, since it stays until the end."""
    gc.freeze()
