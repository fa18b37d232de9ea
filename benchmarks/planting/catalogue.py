"""What institutions of each sector are like: rooms, groups, activities, skills and equipment.

Sizes, prices and hours follow published Danish figures where there are any; nothing here
describes a real institution.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from deling.domain import GroupKind, Sector

WEEKDAYS = "Mo-Fr"
AREA_ORDER: tuple[Sector, ...] = (
    "school",
    "daycare",
    "elder_care",
    "culture",
    "daycare",
    "sports",
    "daycare",
    "culture",
    "school",
    "association",
    "daycare",
    "other",
    "daycare",
    "daycare",
    "sports",
)
"""Sectors of a local area's institutions, the most usual first."""

SECTOR_HOURS: dict[Sector, str] = {
    "school": "Mo-Fr 07:00-17:00",
    "daycare": "Mo-Th 06:30-17:00; Fr 06:30-16:30",
    "elder_care": "Mo-Su 07:00-21:00",
    "culture": "Mo-Fr 07:00-22:00",
    "sports": "Mo-Fr 07:00-22:00",
    "association": "Mo-Fr 15:00-22:00",
    "other": "Mo-Fr 08:00-16:00",
}
SECTOR_NAMES: dict[Sector, str] = {
    "school": "Skole",
    "daycare": "Børnehus",
    "elder_care": "Plejecenter",
    "culture": "Kulturhus",
    "sports": "Idrætscenter",
    "association": "Forening",
    "other": "Frivilligcenter",
}


class RoomKind(NamedTuple):
    """A room that institutions of a sector have.

    Attributes
    ----------
    lent
        How readily it is lent: 0 not at all, 1 within the sector, 2 to everybody near.
    part_of
        The room of the same institution that it is a part of.
    open
        Its own opening hours; blank is the institution's.
    lessons
        Hours that the owner's own lessons may fill.
    annexe
        Whether it may lie at another site than the house.
    """

    id: str
    name: str
    kind: str
    area: int
    capacity: int
    features: str
    lent: int = 1
    cost: int = 10
    turnaround: int = 0
    part_of: str = ""
    open: str = ""
    lessons: str = ""
    annexe: bool = False


_LESSONS = "Mo-Fr 08:00-12:00"
_HALL = "Mo-Fr 07:00-22:00"
ROOMS: dict[str, tuple[RoomKind, ...]] = {
    "school": (
        RoomKind(
            "hal", "Hallen", "sports_hall", 900, 150, "storhal hallgulv", 2, 125, 0, "", _HALL
        ),
        RoomKind(
            "hal-a",
            "Hallen, nord",
            "sports_hall",
            450,
            75,
            "motorik idraet",
            2,
            65,
            0,
            "hal",
            _HALL,
            _LESSONS,
        ),
        RoomKind(
            "hal-b",
            "Hallen, syd",
            "sports_hall",
            450,
            75,
            "motorik idraet",
            2,
            65,
            0,
            "hal",
            _HALL,
            _LESSONS,
        ),
        RoomKind(
            "musik", "Musiklokalet", "music", 80, 28, "musikrum gulv", 2, 10, 0, "", "", _LESSONS
        ),
        RoomKind(
            "vaerksted",
            "Håndværk og design",
            "workshop",
            100,
            24,
            "traevaerksted",
            2,
            15,
            15,
            "",
            "",
            _LESSONS,
        ),
        RoomKind("mad", "Madkundskab", "kitchen", 90, 24, "koekken", 1, 15, 15, "", "", _LESSONS),
        RoomKind("klasse-1", "Klasselokale 1", "classroom", 60, 28, "klasse", 1, 10),
        RoomKind("klasse-2", "Klasselokale 2", "classroom", 60, 28, "klasse", 2, 10),
        RoomKind("torv", "Torvet", "multi_purpose", 150, 100, "scene korplads", 2, 20, 10),
        RoomKind("base", "Fritidshjemmet", "base", 160, 60, "base gulv", 0, 20),
        RoomKind("graes", "Boldbaner og plæner", "grounds", 0, 0, "graes", 0, 0),
    ),
    "daycare": (
        RoomKind("tumle", "Tumlesalen", "motor_play", 80, 26, "motorik", 1, 10),
        RoomKind("atelier", "Atelieret", "craft", 60, 24, "atelier", 1, 10, 10),
        RoomKind("faelles", "Fællesrummet", "common", 75, 28, "gulv", 1, 10),
        RoomKind("have", "Bålhytten", "outdoor", 200, 50, "ude", 1, 5),
    ),
    "elder_care": (
        RoomKind("cafe", "Caféen", "cafe", 140, 70, "cafe sangsal", 2, 15, 15),
        RoomKind("aktivitet", "Aktivitetsrummet", "craft", 60, 20, "stolegym atelier", 2, 10),
        RoomKind("stue", "Stuen", "lounge", 45, 18, "stille", 0, 5),
        RoomKind("koekken", "Træningskøkkenet", "kitchen", 40, 16, "koekken", 0, 10),
        RoomKind("have", "Sansehaven", "outdoor", 400, 30, "ude sti", 2, 0),
        RoomKind("graes", "Plænerne", "grounds", 0, 0, "graes", 0, 0),
    ),
    "culture": (
        RoomKind(
            "sal", "Store sal", "multi_purpose", 200, 120, "scene hallgulv sangsal", 2, 25, 15
        ),
        RoomKind(
            "sal-a", "Sceneenden", "multi_purpose", 100, 50, "korplads gulv", 2, 15, 10, "sal"
        ),
        RoomKind("sal-b", "Foyerenden", "multi_purpose", 100, 50, "gulv", 2, 15, 0, "sal"),
        RoomKind("oevelokale", "Øvelokalet", "music", 60, 25, "musikrum gulv", 2, 10, annexe=True),
        RoomKind(
            "vaerksted",
            "Det åbne værksted",
            "workshop",
            100,
            20,
            "traevaerksted atelier",
            2,
            15,
            15,
            annexe=True,
        ),
        RoomKind("moede", "Mødelokalet", "meeting", 25, 12, "stille klasse", 2, 5),
    ),
    "library": (
        RoomKind("boern", "Børnebiblioteket", "library", 110, 50, "boeger", 2, 15),
        RoomKind("studie", "Studierummet", "library", 60, 24, "klasse pc", 2, 10),
        RoomKind("laesestue", "Læsestuen", "meeting", 30, 16, "stille", 2, 5),
    ),
    "sports": (
        RoomKind("hal", "Hallen", "sports_hall", 900, 150, "storhal hallgulv", 2, 125),
        RoomKind(
            "hal-a",
            "Hallen, øst",
            "sports_hall",
            450,
            75,
            "motorik idraet",
            2,
            65,
            0,
            "hal",
            "",
            _LESSONS,
        ),
        RoomKind(
            "hal-b",
            "Hallen, vest",
            "sports_hall",
            450,
            75,
            "motorik idraet",
            2,
            65,
            0,
            "hal",
            "",
            _LESSONS,
        ),
        RoomKind("motion", "Motionssalen", "fitness", 100, 26, "stolegym gulv", 2, 15),
        RoomKind("spring", "Springsalen", "spring_hall", 400, 60, "spring", 2, 60, 10),
        RoomKind("moede", "Mødelokalet", "meeting", 25, 12, "klasse", 2, 5),
    ),
    "association": (
        RoomKind(
            "klub",
            "Klublokalet",
            "meeting",
            60,
            30,
            "gulv klasse",
            2,
            10,
            0,
            "",
            "Mo-Fr 09:00-22:00",
        ),
    ),
    "other": (
        RoomKind("sal", "Mødesalen", "meeting", 70, 40, "klasse cafe", 2, 10),
        RoomKind("stue", "Samtalerummet", "small_room", 25, 16, "stille", 2, 5),
    ),
}
SWIMMING = (
    RoomKind("bassin", "Svømmehallen", "pool", 400, 80, "bassin", 2, 150, 0),
    RoomKind("bassin-a", "Dybe baner", "pool", 200, 40, "baner", 2, 80, 0, "bassin"),
    RoomKind("bassin-b", "Lave baner", "pool", 200, 40, "baner vandleg", 2, 80, 0, "bassin"),
)


class GroupKindOf(NamedTuple):
    """A kind of group that institutions of a sector have.

    Attributes
    ----------
    most
        How many of them a large institution has.
    activities
        Ids of what it may wish for.
    moves
        Modes by which it travels; blank stays at its site.
    """

    id: str
    name: str
    kind: GroupKind
    most: int
    sizes: tuple[int, int]
    hours: str
    moves: tuple[str, ...]
    usual_staff: int
    staff_cost: int
    activities: str
    part_of: str = ""


_NURSERY = "Mo-Fr 08:30-11:00,14:00-15:30"
_KINDERGARTEN = "Mo-Th 08:30-11:15,12:15-15:00; Fr 08:30-11:15,12:15-14:30"
_ELDERS = "Mo-Fr 09:45-11:45,13:15-15:30"
_DUTY = ""
GROUPS: dict[str, tuple[GroupKindOf, ...]] = {
    "school": (
        GroupKindOf(
            "indskoling",
            "Indskolingsklasse",
            "pupils",
            3,
            (20, 26),
            "Mo-Fr 08:00-13:45",
            ("walk", "minibus"),
            1,
            360,
            "bog svoem robot drama kor-skole",
        ),
        GroupKindOf(
            "mellemtrin",
            "Mellemtrinsklasse",
            "pupils",
            3,
            (20, 26),
            "Mo-Fr 08:00-15:00",
            ("walk", "bike"),
            1,
            360,
            "robot trae drama svoem kor-skole",
        ),
        GroupKindOf(
            "band",
            "Klassens band",
            "pupils",
            1,
            (7, 10),
            "Mo-Fr 08:00-15:30",
            ("bike",),
            0,
            0,
            "band",
            "mellemtrin",
        ),
        GroupKindOf(
            "sfo",
            "SFO",
            "pupils",
            2,
            (30, 42),
            "Mo-Fr 13:45-16:45",
            ("walk",),
            3,
            290,
            "hal mad-sfo drama-sfo hal",
        ),
        GroupKindOf(
            "klub",
            "Klubben",
            "youth",
            1,
            (16, 24),
            "Mo-Fr 13:45-17:00",
            ("bike",),
            2,
            290,
            "storhal mad band idraet",
        ),
        GroupKindOf(
            "drift", "Drift og udearealer", "adults", 1, (0, 0), _DUTY, (), 0, 0, "graes gulv"
        ),
    ),
    "daycare": (
        GroupKindOf(
            "vug",
            "Vuggestuen, stue",
            "nursery",
            3,
            (10, 14),
            _NURSERY,
            (),
            3,
            300,
            "rytmik krop rytmik",
        ),
        GroupKindOf(
            "bh",
            "Børnehaven, stue",
            "kindergarten",
            5,
            (18, 23),
            _KINDERGARTEN,
            ("stroll", "stroll", "minibus"),
            3,
            300,
            "musik motorik atelier natur bog spring sang vandleg sprog musik",
        ),
    ),
    "elder_care": (
        GroupKindOf(
            "afsnit",
            "Afsnit",
            "elders",
            3,
            (12, 16),
            _ELDERS,
            ("stroll",),
            2,
            320,
            "sang-aeldre stolegym cykel laes erindring bag",
        ),
        GroupKindOf(
            "demens",
            "Demensafsnittet",
            "elders",
            1,
            (7, 9),
            _ELDERS,
            (),
            2,
            330,
            "terapi cykel laes bag",
        ),
        GroupKindOf(
            "dagcenter",
            "Dagcentret",
            "elders",
            1,
            (14, 18),
            _ELDERS,
            ("minibus",),
            2,
            320,
            "stolegym it scene erindring sang-aeldre",
        ),
        GroupKindOf(
            "maend",
            "Mændenes værksted",
            "elders",
            1,
            (5, 7),
            _ELDERS,
            ("minibus",),
            1,
            320,
            "trae-aeldre",
            "dagcenter",
        ),
        GroupKindOf("drift", "Udearealer", "adults", 1, (0, 0), _DUTY, (), 0, 0, "graes"),
    ),
    "culture": (
        GroupKindOf(
            "senior",
            "Seniorcaféen",
            "elders",
            1,
            (18, 26),
            "Mo-Fr 09:30-15:30",
            ("walk",),
            0,
            0,
            "stolegym it-senior erindring laes",
        ),
        GroupKindOf(
            "kor", "Dagkoret", "adults", 1, (20, 30), "Mo-Fr 09:30-15:30", ("walk",), 0, 0, "kor"
        ),
        GroupKindOf(
            "babysang",
            "Babysang",
            "nursery",
            1,
            (10, 14),
            "Mo-Fr 09:00-11:30",
            ("walk",),
            0,
            0,
            "babysang",
        ),
        GroupKindOf(
            "teater",
            "Ungdomsteatret",
            "youth",
            1,
            (12, 18),
            "Mo-Fr 14:30-20:00",
            ("bike",),
            0,
            0,
            "teater",
        ),
        GroupKindOf("drift", "Drift", "adults", 1, (0, 0), _DUTY, (), 0, 0, "gulv"),
    ),
    "library": (
        GroupKindOf(
            "laesekreds",
            "Læsekredsen",
            "adults",
            1,
            (8, 12),
            "Mo-Fr 10:00-20:00",
            ("walk",),
            0,
            0,
            "laesekreds",
        ),
        GroupKindOf(
            "sprogcafe",
            "Sprogcaféen",
            "adults",
            1,
            (12, 18),
            "Mo-Fr 10:00-20:00",
            ("walk",),
            0,
            0,
            "sprogcafe",
        ),
        GroupKindOf(
            "it",
            "It-hjælp for ældre",
            "elders",
            1,
            (8, 12),
            "Mo-Fr 10:00-15:30",
            ("walk",),
            0,
            0,
            "it-senior laes",
        ),
    ),
    "sports": (
        GroupKindOf(
            "senior",
            "Seniormotion",
            "elders",
            1,
            (14, 20),
            "Mo-Fr 09:00-14:00",
            (),
            0,
            0,
            "motion svoem-senior",
        ),
        GroupKindOf(
            "mini",
            "Forældre og barn",
            "nursery",
            1,
            (12, 16),
            "Mo-Fr 09:00-11:30",
            (),
            0,
            0,
            "spring-mini",
        ),
        GroupKindOf("drift", "Haldrift", "adults", 1, (0, 0), _DUTY, (), 0, 0, "gulv"),
    ),
    "association": (
        GroupKindOf(
            "u12",
            "Hold U12",
            "pupils",
            1,
            (14, 20),
            "Mo-Fr 15:30-19:00",
            ("bike",),
            0,
            0,
            "traening-b svoem-hold",
        ),
        GroupKindOf(
            "u16",
            "Hold U16",
            "youth",
            1,
            (14, 20),
            "Mo-Fr 16:00-21:00",
            ("bike",),
            0,
            0,
            "traening svoem-hold",
        ),
        GroupKindOf(
            "voksne",
            "Motion for voksne",
            "adults",
            2,
            (14, 24),
            "Mo-Fr 16:30-22:00",
            ("bike",),
            0,
            0,
            "aften-motion aften-spil",
        ),
    ),
    "other": (
        GroupKindOf(
            "kursus",
            "Samtalekursus",
            "adults",
            2,
            (8, 14),
            "Mo-Fr 09:00-16:00",
            ("walk",),
            0,
            0,
            "sprogcafe it-kursus",
        ),
        GroupKindOf(
            "ensomme",
            "Besøgsvenner",
            "elders",
            1,
            (8, 12),
            "Mo-Fr 09:30-15:30",
            ("walk",),
            0,
            0,
            "laes stolegym",
        ),
    ),
}


class Activity(NamedTuple):
    """Something that groups wish for.

    Attributes
    ----------
    sessions
        Sessions a week, drawn from these.
    joint
        Whether groups of one local area may hold it together.
    wide
        Whether rooms and staff of neighbouring local areas may serve it.
    limit
        Most participants beyond the group's size; below 0 is no limit.
    """

    name: str
    minutes: int
    hours: str
    skills: str = ""
    features: str = ""
    equipment: str = ""
    sessions: tuple[int, ...] = (1,)
    apart: int = 1
    weight: int = 1
    attendants: int = 1
    same_staff: bool = False
    joint: bool = False
    wide: bool = False
    price: int = 0
    limit: int = -1


_MORNING = "Mo-Fr 09:00-11:00"
_DAY = "Mo-Fr 09:00-11:15,12:30-14:30"
_CARE = "Mo-Fr 10:00-11:45,13:30-15:30"
_AFTER = "Mo-Fr 14:00-16:45"
ACTIVITIES: dict[str, Activity] = {
    "rytmik": Activity(
        "Rytmik",
        30,
        "Mo-Fr 09:00-10:45",
        "musik",
        "gulv",
        "rytmeinstrumenter",
        attendants=2,
        sessions=(1, 1, 2),
    ),
    "krop": Activity(
        "Krop og sanser", 30, "Mo-Fr 09:00-10:45", "bevaegelse", "motorik", attendants=2
    ),
    "musik": Activity(
        "Musik",
        45,
        _MORNING,
        "musik",
        "gulv",
        "rytmeinstrumenter",
        (1, 2),
        2,
        same_staff=True,
        price=480,
    ),
    "motorik": Activity(
        "Motorik i sal", 45, _DAY, "", "motorik", sessions=(1, 2), apart=2, attendants=3, limit=4
    ),
    "atelier": Activity("Billedværksted", 60, _DAY, "atelier", "atelier", attendants=2),
    "natur": Activity("Bålhytten", 60, _DAY, "natur", "ude", "naturkasse", attendants=2),
    "bog": Activity(
        "Historietime",
        45,
        "Mo-Fr 09:00-12:00",
        "fortaelling",
        "boeger",
        "fortaellekuffert",
        attendants=1,
        joint=True,
    ),
    "spring": Activity(
        "Springleg", 45, _DAY, "spring", "spring", "maatter", attendants=2, price=600, limit=20
    ),
    "sang": Activity(
        "Fællessang med de ældre",
        45,
        "Mo-Fr 09:45-11:30,13:30-15:00",
        "sang",
        "sangsal",
        "",
        weight=2,
        attendants=2,
        joint=True,
    ),
    "vandleg": Activity(
        "Vandleg", 45, _DAY, "svoemning", "vandleg", attendants=3, wide=True, weight=2, price=900
    ),
    "sprog": Activity("Sprogværksted", 30, _DAY, "sprog", "gulv", attendants=1),
    "robot": Activity(
        "Robotværksted", 60, "Mo-Fr 09:00-15:00", "robot", "klasse", "robotsaet", attendants=0
    ),
    "trae": Activity(
        "Træværksted",
        60,
        "Mo-Fr 09:00-15:00",
        "trae",
        "traevaerksted",
        "traevaerktoej",
        attendants=0,
    ),
    "drama": Activity(
        "Drama", 60, "Mo-Fr 09:00-15:00", "drama", "scene", "lydanlaeg", attendants=0, price=1200
    ),
    "svoem": Activity(
        "Svømning",
        60,
        "Mo-Fr 09:00-14:00",
        "svoemning:2",
        "bassin",
        attendants=1,
        wide=True,
        weight=2,
    ),
    "kor-skole": Activity(
        "Skolekor", 60, "Mo-Fr 12:00-15:00", "sang", "korplads", attendants=0, joint=True
    ),
    "band": Activity(
        "Band", 60, "Mo-Fr 12:30-17:00", "guitar", "musikrum", "guitarer", (1, 2), attendants=0
    ),
    "hal": Activity("Bold i hallen", 60, _AFTER, "", "idraet", sessions=(1, 2), attendants=3),
    "mad-sfo": Activity("Madværksted", 60, _AFTER, "mad", "base", attendants=2),
    "drama-sfo": Activity("Teaterleg", 60, _AFTER, "drama", "base", attendants=2),
    "storhal": Activity("Hallen i storformat", 60, _AFTER, "idraet", "storhal", attendants=1),
    "mad": Activity("Madklub", 60, _AFTER, "mad", "koekken", attendants=1),
    "idraet": Activity("Idræt", 60, _AFTER, "idraet", "idraet", sessions=(1, 2), apart=2),
    "graes": Activity(
        "Robotklipning",
        90,
        "Mo-Fr 07:00-12:00",
        "teknik",
        "graes",
        "robotklipper",
        (1, 2),
        2,
        attendants=0,
    ),
    "gulv": Activity(
        "Robotvask af gulv",
        60,
        "Mo-Fr 07:00-09:30,12:00-13:30",
        "teknik",
        "hallgulv",
        "gulvvasker",
        (1, 2),
        attendants=0,
    ),
    "sang-aeldre": Activity(
        "Fællessang",
        45,
        "Mo-Fr 09:45-11:30,13:30-15:00",
        "sang",
        "sangsal",
        "klaver",
        weight=2,
        joint=True,
    ),
    "stolegym": Activity(
        "Stolegymnastik", 45, _CARE, "gymnastik", "stolegym", "", (1, 2), 2, price=420
    ),
    "cykel": Activity("Cykeltur", 45, _CARE, "cykelpilot", "sti", "sidecykel", (1, 2), 0),
    "laes": Activity("Højtlæsning", 30, _CARE, "hoejtlaesning", "stille", "", (1, 2), attendants=0),
    "erindring": Activity(
        "Erindringsværksted", 60, _CARE, "erindring", "atelier", "erindringskasse", attendants=0
    ),
    "bag": Activity("Bagning", 60, _CARE, "mad", "koekken"),
    "terapi": Activity(
        "Musikterapi",
        30,
        _CARE,
        "musikterapi",
        "stille",
        "rytmeinstrumenter",
        (2,),
        2,
        weight=2,
        same_staff=True,
        wide=True,
        price=450,
    ),
    "it": Activity("Tablet-hjælp", 60, _CARE, "it", "cafe", "tablets", limit=6),
    "scene": Activity("Eftermiddagsteater", 45, "Mo-Fr 13:30-15:15", "drama", "scene", wide=True),
    "trae-aeldre": Activity(
        "Mændenes værksted", 60, _CARE, "trae", "traevaerksted", "traevaerktoej", (1, 2)
    ),
    "it-senior": Activity(
        "It-café", 60, "Mo-Fr 10:00-15:30", "it", "pc", "tablets", (1, 2), 2, attendants=0
    ),
    "kor": Activity(
        "Dagkoret",
        60,
        "Mo-Fr 10:00-15:00",
        "sang klaver",
        "korplads",
        "",
        (2,),
        2,
        same_staff=True,
        attendants=0,
    ),
    "babysang": Activity(
        "Babysang",
        30,
        "Mo-Fr 09:15-11:15",
        "musik",
        "gulv",
        "rytmeinstrumenter",
        (1, 2),
        attendants=0,
        limit=4,
    ),
    "teater": Activity(
        "Ungdomsteater",
        90,
        "Mo-Fr 14:30-20:00",
        "drama",
        "scene",
        "lydanlaeg",
        (1, 2),
        2,
        attendants=0,
    ),
    "laesekreds": Activity(
        "Læsekreds", 60, "Mo-Fr 10:00-20:00", "fortaelling", "stille", attendants=0
    ),
    "sprogcafe": Activity(
        "Sprogcafé", 60, "Mo-Fr 10:00-19:00", "sprog", "klasse", "", (1, 2), 2, attendants=0
    ),
    "motion": Activity(
        "Seniormotion", 60, "Mo-Fr 09:00-13:00", "gymnastik", "idraet", "", (1, 2), attendants=0
    ),
    "svoem-senior": Activity(
        "Varmtvandstræning", 45, "Mo-Fr 09:00-14:00", "svoemning", "baner", wide=True, attendants=0
    ),
    "spring-mini": Activity(
        "Forældre og barn", 45, "Mo-Fr 09:15-11:15", "spring", "spring", "maatter", attendants=0
    ),
    "traening-b": Activity(
        "Træning",
        60,
        "Mo-Fr 15:30-19:00",
        "traener",
        "idraet",
        "",
        (1, 2),
        2,
        weight=3,
        attendants=0,
    ),
    "traening": Activity(
        "Træning på hel bane",
        90,
        "Mo-Fr 16:45-21:00",
        "traener",
        "storhal",
        "",
        (1, 2),
        2,
        weight=3,
        attendants=0,
    ),
    "svoem-hold": Activity(
        "Svømmehold",
        60,
        "Mo-Fr 15:30-20:30",
        "svoemning",
        "baner",
        "",
        (1, 2),
        wide=True,
        weight=3,
        attendants=0,
    ),
    "aften-motion": Activity(
        "Motion", 60, "Mo-Fr 17:00-22:00", "gymnastik", "gulv", "", (1, 2), attendants=0
    ),
    "aften-spil": Activity("Badminton", 120, "Mo-Fr 17:00-22:00", "", "storhal", attendants=0),
    "it-kursus": Activity(
        "It-kursus", 60, "Mo-Fr 09:00-16:00", "it", "klasse", "tablets", attendants=0
    ),
}


class Skill(NamedTuple):
    """Who has a skill.

    Attributes
    ----------
    homes
        Sectors that employ them, the most usual first.
    volunteers
        Share of volunteers.
    with_children
        Whether they have to be cleared.
    also
        Skills that one of three has as well.
    """

    role: str
    homes: tuple[Sector, ...]
    cost: int
    volunteers: float = 0.0
    with_children: bool = True
    also: str = ""


SKILLS: dict[str, Skill] = {
    "musik": Skill("musikpædagog", ("daycare", "culture", "school"), 335, also="sang"),
    "bevaegelse": Skill("bevægelsespædagog", ("daycare", "sports"), 340, also="natur"),
    "atelier": Skill("atelierpædagog", ("daycare", "culture"), 340, also="natur"),
    "natur": Skill("naturpædagog", ("daycare", "school"), 340, also="atelier"),
    "fortaelling": Skill("børnebibliotekar", ("culture", "school"), 385, 0.2, also="it"),
    "spring": Skill("springinstruktør", ("sports", "school"), 320, also="bevaegelse"),
    "sang": Skill("korleder", ("culture", "school", "elder_care"), 330, also="klaver"),
    "klaver": Skill("pianist", ("culture", "elder_care"), 330, 0.7),
    "svoemning": Skill("svømmelærer", ("sports",), 330),
    "sprog": Skill("sprogpædagog", ("daycare", "culture", "school"), 340, also="it"),
    "robot": Skill("lærer, makerspace", ("school", "culture"), 360, also="it"),
    "trae": Skill("lærer, håndværk og design", ("school", "culture"), 360, 0.2, also="atelier"),
    "drama": Skill("teaterpædagog", ("culture", "school"), 340, also="sang"),
    "guitar": Skill("musikskolelærer", ("culture", "school"), 330, also="musik"),
    "mad": Skill("pædagog", ("school", "elder_care"), 340, also="drama"),
    "idraet": Skill("idrætslærer", ("school", "sports"), 350, also="traener"),
    "teknik": Skill(
        "teknisk servicemedarbejder", ("school", "sports", "culture", "elder_care"), 300, 0.0, False
    ),
    "gymnastik": Skill("instruktør", ("elder_care", "sports", "other"), 330, 0.3, False),
    "cykelpilot": Skill("frivillig cykelpilot", ("elder_care",), 0, 1.0, False),
    "hoejtlaesning": Skill(
        "frivillig højtlæser", ("elder_care", "other", "culture"), 0, 0.8, False
    ),
    "erindring": Skill("aktivitetsleder", ("elder_care", "culture"), 340, 0.0, False, "sang"),
    "musikterapi": Skill("musikterapeut", ("elder_care", "culture"), 370, also="musik"),
    "it": Skill("bibliotekar, it", ("culture", "other", "school"), 385, 0.2, False, "sprog"),
    "traener": Skill("frivillig træner", ("association", "sports"), 0, 1.0),
}


class Kind(NamedTuple):
    """A kind of equipment."""

    homes: tuple[Sector, ...]
    portable: bool
    move_minutes: int = 0
    move_cost: int = 0
    most: int = 2
    open: str = ""


EQUIPMENT: dict[str, Kind] = {
    "rytmeinstrumenter": Kind(("daycare", "culture", "elder_care"), True, 10, 20, 3),
    "naturkasse": Kind(("daycare",), True, 5, 0, 2),
    "fortaellekuffert": Kind(("culture", "school"), True, 5, 0, 2),
    "maatter": Kind(("sports",), True, 15, 50, 2),
    "robotsaet": Kind(("school", "culture"), True, 15, 40, 1),
    "traevaerktoej": Kind(("school", "culture"), False, 0, 0, 1),
    "lydanlaeg": Kind(("culture", "school"), True, 15, 30, 1),
    "guitarer": Kind(("school", "culture"), True, 10, 30, 1),
    "klaver": Kind(("elder_care", "culture"), False, 0, 0, 1),
    "robotklipper": Kind(("school", "elder_care"), True, 30, 75, 1, "Mo-Fr 06:00-18:00"),
    "gulvvasker": Kind(("sports", "school", "culture"), True, 30, 75, 1, "Mo-Fr 06:00-18:00"),
    "sidecykel": Kind(("elder_care",), False, 0, 0, 1),
    "erindringskasse": Kind(("elder_care", "culture"), True, 10, 0, 1),
    "tablets": Kind(("culture", "other"), True, 5, 0, 3),
}
