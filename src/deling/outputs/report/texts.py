"""The fixed texts of the page and of its script, in the chosen language."""

from __future__ import annotations

from deling.language import _, ngettext


def texts() -> dict[str, str]:
    """Return the texts of the template, by name."""
    return {
        "kicker": _("Proposal for a shared week"),
        "skip": _("Skip to the content"),
        "made": _("Made"),
        "invalid": _("This plan breaks rules. It cannot be used as it is:"),
        "answer": _("The answer"),
        "today": _("today"),
        "proposed": _("proposed"),
        "today_head": _("Today"),
        "proposed_head": _("Proposed"),
        "find": _("Find your own week"),
        "find_hint": _("Choose your institution to see its week, today and as proposed."),
        "week": _("Weeks"),
        "week_hint": _(
            "Choose whose week to see. Click an event to see who takes part, what it costs, why it"
            " is there and what it replaces. Grey are the ways and waits of staff, and what takes a"
            " room beside the events."
        ),
        "show": _("Show"),
        "whose": _("Whose week"),
        "side": _("Side by side"),
        "overlay": _("On top of each other"),
        "only": _("Only"),
        "all_events": _("all events"),
        "joint": _("joint events"),
        "cross": _("across sectors"),
        "lent": _("with something lent"),
        "new": _("new"),
        "moved": _("moved"),
        "kept": _("as today"),
        "dropped": _("dropped"),
        "search": _("Search"),
        "print": _("Print this week"),
        "close": _("Close"),
        "legend": _("Signs"),
        "ghost": _("today, where both weeks are on top of each other"),
        "joint_sign": _("joint: several groups meet"),
        "cross_sign": _("across sectors"),
        "ladder": _("What each step of sharing brings"),
        "ladder_hint": _(
            "Today's use, and the best plan found when each institution keeps to itself, when each"
            " sector shares, and when the whole area shares."
        ),
        "ladder_caption": _("The sharing ladder in figures, a week"),
        "plan": _("Plan"),
        "served": _("Served"),
        "served_bound": _("No plan can exceed (by weight)"),
        "participant_hours": _("Participant hours"),
        "dkk": _("Net DKK"),
        "released": _("Released staff hours"),
        "staff_lent": _("Staff hours lent"),
        "rooms_lent": _("Room hours lent"),
        "joining": _("Sessions that join sectors"),
        "map": _("Who lends what to whom"),
        "map_hint": _(
            "Each number is an institution at its place. A line goes from who lends to who"
            " borrows, the wider the more hours a week: whole lines are rooms, dashed lines are"
            " staff."
        ),
        "map_title": _("Map of the area"),
        "map_pick": _("Choose an institution in the list to see its lines alone."),
        "institution": _("Institution"),
        "loans_caption": _("Hours lent a week, by lender and borrower"),
        "lender": _("Lends"),
        "borrower": _("Borrows"),
        "room_hours": _("Room hours"),
        "staff_hours": _("Staff hours"),
        "give": _("Give and take"),
        "give_hint": _(
            "What each institution lends and borrows in a week: hours of rooms and staff together,"
            " and what these hours cost their owner."
        ),
        "give_caption": _("Hours and DKK lent and borrowed a week, today and proposed"),
        "hours": _("Hours"),
        "dkk_head": _("DKK"),
        "lends": _("lends"),
        "borrows": _("borrows"),
        "balance": _("Lent less borrowed, hours proposed"),
        "heat": _("Use of rooms, hour by hour"),
        "heat_hint": _(
            "Percent, by day and hour. Frequency is the share of the available time that is"
            " booked; occupancy the share of the places that are filled while booked; utilisation"
            " is both multiplied. Blank: not available, or nothing to divide."
        ),
        "heat_whose": _("Rooms of"),
        "hour": _("Hour"),
        "all_rooms": _("all rooms"),
        "unmet": _("Wishes not met"),
        "unmet_none": _("Every wish is met in full."),
        "unmet_caption": _("Wishes that the proposed plan does not meet in full, with reasons"),
        "need": _("Wish"),
        "group": _("Group"),
        "wanted": _("Wanted"),
        "reasons": _("What is known of why"),
        "houses": _("A page for each institution"),
        "institutions": _("Institutions"),
        "institutions_caption": _("Figures of each institution a week, and the file of its week"),
        "sector": _("Sector"),
        "week_caption": _("Proposed week"),
        "sessions_caption": _("Sessions of the proposed week, and where they are today"),
        "today_caption": _("Today's week, and what becomes of it"),
        "today_fold": _("Today's week"),
        "when": _("When"),
        "activity": _("Activity"),
        "groups": _("Groups"),
        "where": _("Where"),
        "staff": _("Staff"),
        "role": _("Role"),
        "compared": _("Compared with today"),
        "becomes": _("In the proposal"),
        "price": _("DKK"),
        "instead": _("instead of"),
        "figure": _("A week"),
        "things": _("Rooms, staff and equipment"),
        "things_caption": _("What takes place when"),
        "method": _("How this was computed"),
        "method_hint": _(
            "deling reads an ordinary week from tables and searches for the plan that reaches the"
            " goals best, in their order, while every rule is kept. A checker that shares no code"
            " with the search confirms the plan before it is written."
        ),
        "facts_caption": _("The run"),
        "what": _("What"),
        "value": _("Value"),
        "limits_caption": _("Goals in order of importance, with what no plan can exceed"),
        "rank": _("Rank"),
        "goal": _("Goal"),
        "best": _("Best is"),
        "bound": _("No plan gets beyond"),
        "proof": _("Certainty"),
        "limits_note": _(
            "The bound of each goal holds for plans that are as good in the goals above it."
        ),
        "rules_caption": _("Rules"),
        "rule": _("Rule"),
        "holds": _("Holds when"),
        "state": _("State"),
        "inputs_caption": _("Files that were read"),
        "file": _("File"),
        "measures_caption": _("All figures of the area"),
        "folded": _(
            "Folded tables are left out on paper, and so are the sessions one by one: unfold a"
            " table on the screen before printing, and it is printed too."
        ),
        "folded_short": _(
            "Folded tables are left out on paper: unfold a table on the screen before printing, and"
            " it is printed too."
        ),
        "top": _("To the top"),
    }


def script_texts() -> dict[str, str]:
    """Return the texts that the script shows, by name."""
    return {
        "today": _("Today"),
        "proposed": _("Proposed"),
        "both": _("Today and proposed"),
        "everyone": _("everything"),
        "event": ngettext("{count} event", "{count} events", 1),
        "events": ngettext("{count} event", "{count} events", 2),
        "none": _("No event matches."),
        "list": _("As a table"),
        "bought": _("Bought outside"),
        "new": _("new"),
        "moved": _("moved"),
        "kept": _("as today"),
        "dropped": _("dropped"),
        "moves": _("moves"),
        "joint": _("joint"),
        "cross": _("across sectors"),
        "lent": _("with something lent"),
        "when": _("When"),
        "activity": _("Activity"),
        "groups": _("Groups"),
        "where": _("Where"),
        "staff": _("Staff"),
        "state": _("Compared with today"),
        "allRooms": _("all rooms"),
        "worked": _("first departure to last return"),
    }
