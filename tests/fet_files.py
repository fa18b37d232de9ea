"""Small schools for the tests of the converter, in the form of `.fet` files."""

from __future__ import annotations

DAYS, HOURS = ("Mon", "Tue", "Wed"), ("1st", "2nd", "3rd")


def tag(name, *inside, **cells):
    """Return an element; lists repeat a cell."""
    texts = [
        f"<{key}>{value}</{key}>"
        for key, values in cells.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return f"<{name}>{''.join(texts)}{''.join(inside)}</{name}>"


def activity(number, teachers, students, *, duration=1, subject="Maths", active="true", **cells):
    return tag(
        "Activity",
        Teacher=teachers.split(),
        Subject=subject,
        Students=students.split(),
        Duration=duration,
        Total_Duration=duration,
        Id=number,
        Activity_Group_Id=cells.pop("group", 0),
        Active=active,
        **cells,
    )


def constraint(kind, *inside, weight=100, active="true", **cells):
    return tag(f"Constraint{kind}", *inside, Weight_Percentage=weight, Active=active, **cells)


def times(name, *slots, prefix=""):
    """Return elements such as ``<Break_Time>`` of texts such as ``Mon 1st``."""
    return [
        tag(name, **dict(zip((f"{prefix}Day", f"{prefix}Hour"), slot.split(), strict=True)))
        for slot in slots
    ]


def year(name, **groups):
    """Return a year; a group is a text of its subgroups."""
    return tag(
        "Year",
        *(
            tag("Group", *(tag("Subgroup", Name=one) for one in text.split()), Name=group)
            for group, text in groups.items()
        ),
        Name=name,
        Number_of_Students=20,
    )


def school(activities, time=(), space=(), years=(), rooms=(), days=DAYS, hours=HOURS):
    return tag(
        "fet",
        tag("Days_List", *(tag("Day", Name=day) for day in days)),
        tag("Hours_List", *(tag("Hour", Name=hour) for hour in hours)),
        tag("Students_List", *years),
        tag("Activities_List", *activities),
        tag("Rooms_List", *(tag("Room", Name=name, Capacity=size) for name, size in rooms)),
        tag("Time_Constraints_List", constraint("BasicCompulsoryTime"), *time),
        tag("Space_Constraints_List", constraint("BasicCompulsorySpace"), *space),
        Institution_Name="A small school",
    )


def full():
    """Return a school whose every hour is needed, with everything that deling can state."""
    lessons = [
        # The class is always there: nine hours, of which one is a break.
        activity(1, "ann", "1a", group=1),
        activity(2, "ann", "1a", group=1),
        activity(3, "ann", "1a", group=1),
        activity(4, "bob", "1a", duration=2, subject="Sport"),
        # Two halves of the class apart, then those of both halves who take music.
        activity(5, "ann", "half1", subject="Art"),
        activity(6, "bob", "half2", subject="Art"),
        activity(7, "ann bob", "music", subject="Music"),
        activity(8, "bob", "1a", subject="Sport"),
        activity(9, "bob", "", subject="Meeting"),
        activity(10, "", "", subject="Cleaning"),
        activity(11, "ann", "1a", active="false"),
    ]
    return school(
        lessons,
        time=[
            constraint("BreakTimes", *times("Break_Time", "Tue 2nd")),
            constraint("MinDaysBetweenActivities", Activity_Id=[1, 2, 3], MinDays=1, weight=95),
            constraint(
                "TeacherNotAvailableTimes", *times("Not_Available_Time", "Mon 1st"), Teacher="bob"
            ),
            constraint(
                "ActivityPreferredStartingTime",
                Activity_Id=8,
                Preferred_Day="Wed",
                Preferred_Hour="3rd",
            ),
            constraint("StudentsMaxGapsPerWeek", Max_Gaps=0),
        ],
        space=[
            constraint("SubjectPreferredRooms", Subject="Sport", Preferred_Room=["gym", "tiny"]),
            constraint(
                "RoomNotAvailableTimes", *times("Not_Available_Time", "Tue 1st"), Room="gym"
            ),
        ],
        years=[year("1a", half1="a b", half2="c d", music="b c", rest="a d")],
        rooms=[("gym", 30), ("tiny", 0), ("cellar", 30)],
    )
