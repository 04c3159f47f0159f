"""Checks that every crisis card must pass: run by `resilience check crisis my_crisis.yaml`, and by tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from ..cards.checks import CardFinding, check_texts, find_unreadable, make_finding
from ..cards.reader import CardError, CardLocation, read_yaml_card
from ..i18n.translation import Message
from ..rules.need_domains import DOMAINS
from ..world.world import World
from .active_crisis import SERVICE_NAMES, ActiveCrisis, activate_crises, compute_service_factors
from .card import GRADED_ENTRIES, GRADED_OPTIONAL_ENTRIES, Crisis, parse_crisis
from .exposure import compute_exposure

MINIMAL_CRISIS = Crisis("plain", "", "", "", "", "2027-01-01", 1, "flow")
"""A crisis without any optional entry."""
CRISIS_TEXTS = ("label_fr", "explanation_fr", "explanation_en")
NON_ADDITIVE_ENTRIES = ("feeder_share", "low_income_quintile", "after_cushion", "income_gap", "neighbourhood_share",
                        "neighbourhood_among", "evacuated_share", "runoff_ground_floor", "runoff_share")
"""Entries of Exposure that do not add to it. Runoff does not: it reaches only homes outside flood zones."""


def check_crisis_file(path: str | Path, world: World | None = None) -> list[CardFinding]:
    """Read a card and check it. A card that cannot be read gives a single finding, of rule `readable`."""
    try:
        mapping, where = read_yaml_card(path)
        return check_crisis(parse_crisis(mapping, where), world, where)
    except CardError as error:
        return [find_unreadable(error)]


def check_crisis(card: Crisis, world: World | None = None,
                 where: CardLocation | str | None = None) -> list[CardFinding]:
    """Every finding against a crisis card; none for a sound one.

    Without a world: texts, sources, grades, exposure of at most 1, needs or interruptions, no effect at severity 0.
    With one also: it reaches somebody. where: its location, for messages.
    """
    place = where if isinstance(where, CardLocation) else CardLocation(where or Message("crisis {name}", name=card.id))
    findings = [*check_texts(card, CRISIS_TEXTS, place), *_check_sources(card, place), *_check_bounds(card, place),
                *_check_zero_severity(card, place)]
    if world is not None:
        findings += _check_reach(card, world, place)
    return findings


def _check_sources(card: Crisis, where: CardLocation) -> Iterator[CardFinding]:
    if not any(source.strip() for source in card.sources):
        yield make_finding("sourced", where, ("sources",), Message("is empty"), Message("a source, or what is assumed"),
                           Message("write it"))
    if len(card.sources_fr) != len(card.sources):
        yield make_finding("sourced", where, ("sources_fr",), Message("has {n} lines", n=len(card.sources_fr)),
                           Message("{n}, those of sources in French", n=len(card.sources)),
                           Message("write each in both languages"))
    used = [name for name in GRADED_OPTIONAL_ENTRIES if getattr(card, name) != getattr(MINIMAL_CRISIS, name)]
    for name in (*GRADED_ENTRIES, *used):
        if name not in card.grades:
            yield make_finding("sourced", where, ("grades",), Message("has none for {name}", name=name),
                               Message("a grade for each number"), Message("add it"))
    for name in card.grades:
        if name not in GRADED_ENTRIES + GRADED_OPTIONAL_ENTRIES:
            yield make_finding("sourced", where, ("grades", name), Message("is not a number of the card"),
                               Message("one of {names}", names=GRADED_ENTRIES + GRADED_OPTIONAL_ENTRIES),
                               Message("remove or rename it"))
    if card.days_high == 0:
        yield make_finding("sourced", where, ("days_high",), Message("is not given"),
                           Message("the range of its duration"), Message("give both"))


def _check_bounds(card: Crisis, where: CardLocation) -> Iterator[CardFinding]:
    total = sum(share for name, share in vars(card.exposure).items() if name not in NON_ADDITIVE_ENTRIES)
    if total > 1:
        yield make_finding("exposure", where, ("exposure",), Message("adds up to {total:g}", total=total),
                           Message("at most 1"), Message("lower its parts"))
    if total == 0:
        yield make_finding("exposure", where, ("exposure",), Message("is 0 for everybody"),
                           Message("at least one part above 0"), Message("give one"))
    base, frailty = card.rates()
    cut = any(getattr(card.services, name).level < 1 for name in SERVICE_NAMES) or card.sites.service.level < 1
    if not (base.any() or frailty.any() or cut):
        yield make_finding("needs", where, ("needs",), Message("are all 0 and nothing is interrupted"),
                           Message("a need in {domains}, or a service cut", domains=DOMAINS), Message("give one"))


def _check_zero_severity(card: Crisis, where: CardLocation) -> Iterator[CardFinding]:
    """At severity 0 there must be no hazard and no interrupted service."""
    none = replace(card, severity=0.0)
    factors = [compute_service_factors([ActiveCrisis(none, 0)], day) for day in (0, card.days - 1)]
    if activate_crises([none], _DayZeroCalendar()) or any(factors):
        yield make_finding("zero", where, ("severity",), Message("= 0 still acts"), Message("nothing at severity 0"),
                           Message("report it"))


class _DayZeroCalendar:
    """A calendar on which every date is day 0."""

    def day(self, iso: str) -> int:
        """0."""
        return 0


def _check_reach(card: Crisis, world: World, where: CardLocation) -> list[CardFinding]:
    exposure = compute_exposure(replace(card, severity=1.0), world)
    last_day = ActiveCrisis(replace(card, severity=1.0), 0).state_at(card.days - 1, 1, world)
    if exposure.any() and last_day is not None and np.any(last_day.exposure):
        return []
    return [make_finding("reaches", where, ("exposure",), Message("hits nobody here by its last day"),
                         Message("at least one resident"),
                         Message("widen the exposure, or choose a territory that it concerns"))]
