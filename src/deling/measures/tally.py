"""What is added up for each need, room and owner before anything is divided."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal


@dataclass(slots=True)
class Tally:
    """Sums over needs, rooms and staff; whole numbers, so that parts add up exactly.

    Minutes are whole minutes, money is in sixtieths of an øre. What the words *lent*, *borrowed*
    and *across* mean is said in `deling.measures`.
    """

    # With what result
    wanted: int = 0
    served: int = 0
    bought: int = 0
    participant_minutes: int = 0
    joining_sectors: int = 0
    # At what price
    staff_cost: int = 0
    travel_cost: int = 0
    room_cost: int = 0
    move_cost: int = 0
    trip_cost: int = 0
    bought_cost: int = 0
    released_value: int = 0
    # Time
    staff_minutes: int = 0
    staff_travel: int = 0
    staff_waiting: int = 0
    group_travel: int = 0
    released: int = 0
    # Give and take
    staff_lent: int = 0
    staff_borrowed: int = 0
    staff_borrowed_across: int = 0
    rooms_lent: int = 0
    rooms_borrowed: int = 0
    rooms_borrowed_across: int = 0
    # Changes from today
    kept: int = 0
    moved: int = 0
    new: int = 0
    dropped: int = 0
    # Rooms
    rooms: int = 0
    available: int = 0
    booked: int = 0
    seat_minutes: int = 0
    filled_minutes: int = 0
    unused_rooms: int = 0
    unused_m2: Decimal = Decimal(0)

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        for name in _NAMES:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def net_cost(self) -> int:
        """The terms of the goal ``cost`` added up; what is released counts against it."""
        return (
            self.staff_cost
            + self.travel_cost
            + self.room_cost
            + self.move_cost
            + self.trip_cost
            + self.bought_cost
            - self.released_value
        )


_NAMES = tuple(field.name for field in fields(Tally))
