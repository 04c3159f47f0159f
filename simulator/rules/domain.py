"""The four domains of needs, skills and goods, and the sources a need is met from (model 2.7 and 9)."""

from __future__ import annotations

DOMAINS = ("food", "kit", "care", "know")
DOMAIN_COUNT = len(DOMAINS)
FOOD, KIT, CARE, KNOW = range(4)
"""Essentials (person-days) · cool, warm or lit place and tools (kit-days) · hands (h) · know-how (h-equivalents)."""

MILLI = 1000
"""Hours, goods and needs are counted in thousandths, as integers, so that conservation is exact."""

SOURCES = ("own", "household", "kin", "friend", "neighbour", "other", "project", "far", "stranger", "site",
           "institution")
OWN, HOUSEHOLD, BY_KIN, BY_FRIEND, BY_NEIGHBOUR, BY_OTHER, BY_PROJECT, FAR, STRANGER, SITE, INSTITUTION = range(11)
"""Who met a need: a tie's help is counted at BY_KIN + the tie's kind."""
