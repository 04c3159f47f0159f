"""One number per decision: the table of streams. Two decisions never share luck (tests/kernel/test_stream.py)."""

from __future__ import annotations

# building the world
PERSON = 1
HOUSEHOLD = 2
BUILDING = 3
NEIGHBOURHOOD = 4
SITE_LAYOUT = 5
TIE_COUNT = 6
TIE_PLACE = 7
TIE_ACCEPT = 8
TIE_TRUST = 9
AWARE_START = 10
CANDIDATE = 11
REGISTER = 12
FEEDER = 13
FLOOD_ZONE = 14
ROSTER = 15
CONSENT = 16
MEMBER_START = 17
# hearing, joining
HEAR = 30
FORGET = 31
JOIN = 32
LEAVE = 33
QUEUE = 34
STRAND = 35
# meeting
ATTEND = 40
SEAT = 41
MEET = 42
DONATE = 43
# visiting, binding
VISIT = 50
BIND_BUILDING = 51
BIND_FRIEND = 52
BIND_OTHER = 53
BIND_ACCEPT = 54
# needing, coping, asking, aiding
NEED = 60
NEED_SIZE = 61
NEED_OTHERS = 62
VOICE = 63
FOUND_TIE = 64
FOUND_NEIGHBOUR = 65
FOUND_CHECK = 66
WHOM = 67
STRANGER = 68
ACCEPT = 69
RELIEF = 70
SHARE_OUT = 71
APPLY = 72
LOAN_LOST = 73
# living, funding
DEATH = 80
GRANT = 81
# levers, crises
COVER = 90
HIT = 91
PROJECT_PLACE = 92
EQUIP = 93
RESERVE = 94


def names() -> dict[str, int]:
    """Every stream's name and number."""
    return {name: number for name, number in globals().items() if name.isupper() and isinstance(number, int)}
