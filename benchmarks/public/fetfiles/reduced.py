"""A school -> a `.fet` file of the same constraints, and nothing else.

Activities stay as the school has stated them, so those that start together are told to.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import zip_longest
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element, SubElement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from fetfiles.school import Apart, Lesson, School, Slots
    from fetfiles.stated import Stated

VERSION = "6.8.5"
ANY_SIZE = "30000"


def reduced_text(stated: Stated) -> str:
    """Return the file. Days, hours, teachers, pupils, rooms and activities are numbered."""
    school = stated.school
    root = Element("fet", version=VERSION)
    _add(root, Institution_Name="School", Comments="")
    _named(root, "Days_List", "Day", "Number_of_Days", school.days)
    _named(root, "Hours_List", "Hour", "Number_of_Hours", school.hours)
    activities = list(activities_of(school))
    subjects = sorted({activity.subject for _lesson, activity in activities})
    _named(root, "Subjects_List", "Subject", None, len(subjects))
    SubElement(root, "Activity_Tags_List")
    _named(root, "Teachers_List", "Teacher", None, len(school.teachers))
    _named(root, "Students_List", "Year", None, len(school.pupils))
    for year in root.iterfind("Students_List/Year"):
        _add(year, Number_of_Students="0")
    listed = SubElement(root, "Activities_List")
    for id_, (_lesson, activity) in enumerate(activities, 1):
        _activity(listed, id_, activity, subjects.index(activity.subject))
    SubElement(root, "Buildings_List")
    _named(root, "Rooms_List", "Room", None, len(school.rooms))
    for room in root.iterfind("Rooms_List/Room"):
        _add(room, Building="", Capacity=ANY_SIZE, Virtual="false")
    _time(SubElement(root, "Time_Constraints_List"), stated)
    _space(SubElement(root, "Space_Constraints_List"), school)
    ET.indent(root, "")
    return ET.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def activities_of(school: School) -> Iterator[tuple[int, Lesson]]:
    """Yield the activities of the reduced file, each with the number of its lesson."""
    for at, lesson in enumerate(school.lessons):
        for activity in lesson.activities:
            yield at, activity


def _named(root: Element, name: str, tag: str, number_tag: str | None, number: int) -> None:
    every = SubElement(root, name)
    if number_tag:
        _add(every, **{number_tag: number})
    for at in range(number):
        _add(SubElement(every, tag), Name=f"{tag}{at}")


def _activity(every: Element, id_: int, lesson: Lesson, subject: int) -> None:
    one = SubElement(every, "Activity")
    for teacher in sorted(lesson.teachers):
        _add(one, Teacher=f"Teacher{teacher}")
    _add(one, Subject=f"Subject{subject}")
    for pupils in sorted(lesson.pupils):
        _add(one, Students=f"Year{pupils}")
    _add(
        one,
        Duration=lesson.duration,
        Total_Duration=lesson.duration,
        Id=id_,
        Activity_Group_Id=0,
        Active="true",
        Comments="",
    )


def _time(every: Element, stated: Stated) -> None:
    school = stated.school
    _constraint(every, "BasicCompulsoryTime")
    closed = school.slots - school.open
    if closed:
        one = _constraint(every, "BreakTimes", Number_of_Break_Times=len(closed))
        _slots(one, school, "Break_Time", "", closed)
    _absences(every, school, "Teacher", "Teacher", school.teachers)
    _absences(every, school, "StudentsSet", "Students", school.pupils)
    ids: dict[int, list[int]] = defaultdict(list)
    for id_, (at, activity) in enumerate(activities_of(school), 1):
        ids[at].append(id_)
        if activity.slots != school.slots:
            one = _of_activities(every, "ActivityPreferredTimeSlots", [id_])
            _add(one, Number_of_Preferred_Time_Slots=len(activity.slots))
            _slots(one, school, "Preferred_Time_Slot", "Preferred_", activity.slots)
    for some in ids.values():
        if len(some) > 1:
            _of_activities(every, "ActivitiesSameStartingTime", some)
    for days, lessons in _apart(stated):
        # Of lessons that are two activities each, the first are so far apart, and the second.
        for each in zip_longest(*(ids[at] for at in lessons)):
            apart = [id_ for id_ in each if id_ is not None]
            if len(apart) > 1:
                one = _of_activities(every, "MinDaysBetweenActivities", apart)
                _add(one, Consecutive_If_Same_Day="false", MinDays=days)


def _apart(stated: Stated) -> Iterator[Apart]:
    """Yield days apart and lessons, but none that are among others that are as far apart."""
    yield from stated.moved
    wider = [(days, set(lessons)) for days, lessons in stated.moved]
    for need in stated.needs:
        if need.apart and not any(
            days >= need.apart and some.issuperset(need.lessons) for days, some in wider
        ):
            yield need.apart, need.lessons


def _space(every: Element, school: School) -> None:
    _constraint(every, "BasicCompulsorySpace")
    _absences(every, school, "Room", "Room", school.rooms)
    for id_, (_lesson, activity) in enumerate(activities_of(school), 1):
        if activity.rooms is not None:
            one = _of_activities(every, "ActivityPreferredRooms", [id_])
            _add(one, Number_of_Preferred_Rooms=len(activity.rooms))
            for room in sorted(activity.rooms):
                _add(one, Preferred_Room=f"Room{room}")


def _absences(
    every: Element, school: School, kind: str, tag: str, available: Iterable[Slots]
) -> None:
    for at, slots in enumerate(available):
        absent = school.open - slots
        if absent:
            name = f"{'Year' if tag == 'Students' else tag}{at}"
            number = len(absent)
            one = _constraint(every, f"{kind}NotAvailableTimes", **{tag: name})
            _add(one, Number_of_Not_Available_Times=number)
            _slots(one, school, "Not_Available_Time", "", absent)


def _slots(one: Element, school: School, tag: str, prefix: str, slots: Slots) -> None:
    for slot in sorted(slots):
        day, hour = divmod(slot, school.hours)
        _add(SubElement(one, tag), **{f"{prefix}Day": f"Day{day}", f"{prefix}Hour": f"Hour{hour}"})


def _of_activities(every: Element, kind: str, ids: Collection[int]) -> Element:
    one = _constraint(every, kind)
    if kind.startswith("Activities") or kind.endswith("Activities"):
        _add(one, Number_of_Activities=len(ids))
    for id_ in ids:
        _add(one, Activity_Id=id_)
    return one


def _constraint(every: Element, kind: str, **cells: str | int) -> Element:
    one = SubElement(every, f"Constraint{kind}")
    _add(one, Weight_Percentage=100, **cells)
    _add(one, Active="true", Comments="")
    return one


def _add(one: Element, **cells: str | int) -> None:
    for tag, value in cells.items():
        SubElement(one, tag).text = str(value)
