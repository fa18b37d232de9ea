"""Chains of ejections: a need takes a place, what was there looks for another, and so on.

Places are only looked at roughly here (rooms, groups, staff and equipment at that time, and hours a
week): what comes out is a guess at a better plan, and the checker says whether it is one.
"""
