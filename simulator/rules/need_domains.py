"""The four domains of needs, skills and goods, and the sources a need is met from (model 2.7 and 9)."""

from __future__ import annotations

DOMAINS = ("food", "equipment", "assistance", "know_how")
DOMAIN_COUNT = len(DOMAINS)
FOOD, EQUIPMENT, ASSISTANCE, KNOW_HOW = range(4)
"""Essentials (person-days), a cool, warm or lit place and tools (kit-days), assistance (h), know-how (hours' worth)."""

MILLI = 1000
"""Thousandths in a unit: hours, goods and needs are integers in thousandths, so that conservation is exact."""

KIT_KINDS = ("cooling", "power", "shelter", "tools", "digital")
COOLING, POWER, SHELTER, TOOLS, DIGITAL = range(5)
"""Kinds of equipment: fan, cool box; light and power; bed and shelter; tools and pumps; telephone and computer."""

SOURCES = ("own", "household", "kin", "friend", "neighbour", "other", "project", "far", "stranger", "site",
           "institution", "reserve", "group", "insurance")
(BY_SELF, BY_HOUSEHOLD, BY_KIN, BY_FRIEND, BY_NEIGHBOUR, BY_OTHER, BY_PROJECT, BY_OFF_MAP, BY_STRANGER, BY_SITE,
 BY_INSTITUTION, BY_RESERVE, BY_GROUP, BY_INSURANCE) = range(14)
"""Who met a need, as an index of SOURCES. Help from a tie counts at BY_KIN + the tie's kind."""
