"""School timetabling files of FET, as far as the contract of deling can state them."""

from fetfiles.read import read
from fetfiles.reduced import reduced_text
from fetfiles.school import Lesson, School
from fetfiles.stated import Stated, state
from fetfiles.write import write

__all__ = ["Lesson", "School", "Stated", "read", "reduced_text", "state", "write"]
