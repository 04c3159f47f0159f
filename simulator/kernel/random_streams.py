"""The number of each kind of decision (stream), so that no two kinds share random numbers. Never reuse a number."""

from __future__ import annotations

# building the world
PERSON = 1
HOUSEHOLD = 2
BUILDING = 3
NEIGHBOURHOOD = 4
SITE_LAYOUT = 5
TIE_COUNT = 6
TIE_DESTINATION = 7
TIE_ACCEPT = 8
TIE_TRUST = 9
INITIAL_AWARENESS = 10
CANDIDATE = 11
REGISTER = 12
FLOOD_ZONE = 14
ROSTER = 15
CONSENT = 16
INITIAL_MEMBERSHIP = 17
TENURE = 18
PROJECT_TIES = 19
SITE_AGE = 20
# hearing, joining
HEAR = 30
FORGET = 31
JOIN = 32
LEAVE = 33
QUEUE_ORDER = 34
SESSION_GROUP = 35
RESTLESSNESS = 36
RANDOM_JOIN = 37
# meeting
ATTEND = 40
SEAT_ORDER = 41
MEET = 42
DONATE = 43
SESSION_TIE = 44
PARTICIPATION = 45
# visiting, binding
VISIT = 50
NEW_TIE_BUILDING = 51
NEW_TIE_FRIEND = 52
NEW_TIE_OTHER = 53
NEW_TIE_ACCEPT = 54
# needing, coping, asking, aiding
NEED = 60
NEED_SIZE = 61
ASK = 63
DETECT_TIE = 64
DETECT_NEIGHBOUR = 65
CHOOSE_HELPER = 67
CHOOSE_STRANGER = 68
ACCEPT = 69
RELIEF = 70
SHARE_OUT = 71
APPLY = 72
LOAN_LOST = 73
# crisis: who asks whom, who promises what, who returns home
VOICE = 100
VOICE_DOMAIN = 101
FOUND_IN_CRISIS = 102
ASK_WHOM = 103
REACH = 104
PROMISE = 105
PROMISE_END = 106
ACQUAINTANCE = 107
SITE_USE = 108
APPLY_IN_CRISIS = 109
GROUP_KNOWN = 110
INSURED = 111
LODGED = 112
RETURN_HOME = 113
DAMAGE = 114
DAMAGE_SIZE = 115
CRISIS_NEED = 116
GROUP_HOSTED = 117
# living, funding
DEATH = 80
GRANT = 81
AIR_CONDITIONING = 82
SUCCESSION = 83
# levers, crises
LEVER_COVERAGE = 90
CRISIS_EXPOSURE = 91
PROJECT_PLACE = 92
EQUIP = 93
RESERVE = 94


def list_streams() -> dict[str, int]:
    """Name to number of every stream."""
    return {name: number for name, number in globals().items() if name.isupper() and isinstance(number, int)}
