"""All rules, in the order in which they are listed everywhere."""

from deling.rules.base import Breach, Rule
from deling.rules.budget import Budget
from deling.rules.capacity import Capacity
from deling.rules.cleared import Cleared
from deling.rules.equipment import EquipmentRule
from deling.rules.fixed import Fixed
from deling.rules.floor_area import FloorArea
from deling.rules.grid import Grid
from deling.rules.group import GroupRule
from deling.rules.home_cover import HomeCover
from deling.rules.joint import Joint
from deling.rules.keep import Keep
from deling.rules.needs_met import NeedsMet
from deling.rules.opening import Opening
from deling.rules.reach import Reach
from deling.rules.room import RoomRule
from deling.rules.same_staff import SameStaff
from deling.rules.sessions import Sessions
from deling.rules.sharing import Sharing
from deling.rules.spread import Spread
from deling.rules.staff import StaffRule
from deling.rules.staff_day import StaffDay
from deling.rules.staff_hours import StaffHours

__all__ = ["KEEP", "RULES", "RULES_BY_ID", "Breach", "Rule"]

_BEFORE_KEEP: tuple[Rule, ...] = (
    Grid(),
    Opening(),
    RoomRule(),
    GroupRule(),
    Reach(),
    StaffRule(),
    StaffHours(),
    StaffDay(),
    HomeCover(),
    EquipmentRule(),
    NeedsMet(),
    Capacity(),
    FloorArea(),
    Cleared(),
    Sharing(),
    Joint(),
    Spread(),
    SameStaff(),
    Sessions(),
    Fixed(),
)
_BUDGET = Budget()

KEEP = Keep((*_BEFORE_KEEP, _BUDGET))
"""Apart from the others, since it judges today's use by all of them."""

RULES: tuple[Rule, ...] = (*_BEFORE_KEEP, KEEP, _BUDGET)
RULES_BY_ID: dict[str, Rule] = {rule.id: rule for rule in RULES}
