"""A school -> a `.fet` file of the same constraints, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element, SubElement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fetfiles.school import Lesson, School, Slots
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
    subjects = sorted({lesson.subject for lesson in school.lessons})
    _named(root, "Subjects_List", "Subject", None, len(subjects))
    SubElement(root, "Activity_Tags_List")
    _named(root, "Teachers_List", "Teacher", None, len(school.teachers))
    _named(root, "Students_List", "Year", None, len(school.pupils))
    for year in root.iterfind("Students_List/Year"):
        _add(year, Number_of_Students="0")
    activities = SubElement(root, "Activities_List")
    for at, lesson in enumerate(school.lessons):
        _activity(activities, at, lesson, subjects.index(lesson.subject))
    SubElement(root, "Buildings_List")
    _named(root, "Rooms_List", "Room", None, len(school.rooms))
    for room in root.iterfind("Rooms_List/Room"):
        _add(room, Building="", Capacity=ANY_SIZE, Virtual="false")
    _time(SubElement(root, "Time_Constraints_List"), stated)
    _space(SubElement(root, "Space_Constraints_List"), school)
    ET.indent(root, "")
    return ET.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _named(root: Element, name: str, tag: str, number_tag: str | None, number: int) -> None:
    every = SubElement(root, name)
    if number_tag:
        _add(every, **{number_tag: number})
    for at in range(number):
        _add(SubElement(every, tag), Name=f"{tag}{at}")


def _activity(every: Element, at: int, lesson: Lesson, subject: int) -> None:
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
        Id=at + 1,
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
    for need in stated.needs:
        if need.apart:
            one = _constraint(
                every,
                "MinDaysBetweenActivities",
                Consecutive_If_Same_Day="false",
                Number_of_Activities=len(need.lessons),
            )
            for at in need.lessons:
                _add(one, Activity_Id=at + 1)
            _add(one, MinDays=need.apart)
    for at, lesson in enumerate(school.lessons):
        if lesson.slots != school.slots:
            one = _constraint(
                every,
                "ActivityPreferredTimeSlots",
                Activity_Id=at + 1,
                Number_of_Preferred_Time_Slots=len(lesson.slots),
            )
            _slots(one, school, "Preferred_Time_Slot", "Preferred_", lesson.slots)


def _space(every: Element, school: School) -> None:
    _constraint(every, "BasicCompulsorySpace")
    _absences(every, school, "Room", "Room", school.rooms)
    for at, lesson in enumerate(school.lessons):
        if lesson.rooms is not None:
            one = _constraint(
                every,
                "ActivityPreferredRooms",
                Activity_Id=at + 1,
                Number_of_Preferred_Rooms=len(lesson.rooms),
            )
            for room in sorted(lesson.rooms):
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


def _constraint(every: Element, kind: str, **cells: str | int) -> Element:
    one = SubElement(every, f"Constraint{kind}")
    _add(one, Weight_Percentage=100, **cells)
    _add(one, Active="true", Comments="")
    return one


def _add(one: Element, **cells: str | int) -> None:
    for tag, value in cells.items():
        SubElement(one, tag).text = str(value)
