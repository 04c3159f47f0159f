"""The harness that every crisis must pass: `resilience check crisis my_crisis.yaml`, and the tests on every card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import numpy as np

from ..cards.checks import finding, worded
from ..cards.reader import CardError, Finding, Where, read
from ..rules.domain import DOMAINS
from ..world.world import World
from .active import SERVICES, ActiveCrisis, activate, services
from .card import GRADED, GRADED_IF_USED, Crisis, from_mapping
from .exposure import exposure

PLAIN = Crisis("plain", "", "", "", "", "2027-01-01", 1, "flow")
"""A crisis that uses nothing it need not."""
TEXTS = ("label_fr", "label_en", "explanation_fr", "explanation_en")
NOT_SHARES = ("feeder_share", "low_income_quintile", "after_cushion", "income_gap", "neighbourhood_share",
              "neighbourhood_among", "evacuated_share", "runoff_ground_floor", "runoff_share")
"""Entries of Exposure that do not add to it; runoff never meets a flood zone."""


def check_file(path: str | Path, world: World | None = None) -> list[Finding]:
    """Read a card and check it; a card that cannot be read has the one finding `readable`."""
    try:
        mapping, where = read(path)
        return check_crisis(from_mapping(mapping, where), world, where)
    except CardError as error:
        return [Finding("readable", str(error))]


def check_crisis(card: Crisis, world: World | None = None, where: Where | str | None = None) -> list[Finding]:
    """Everything the harness has against a crisis, none for a good one.

    Without a world: worded, sourced, graded, exposure at most 1, needs or interruptions, zero severity is nothing. With
    one also: reaches somebody.
    """
    place = where if isinstance(where, Where) else Where(where or f"crisis {card.id}")
    found = [*worded(card, TEXTS, place), *_sourced(card, place), *_bounded(card, place), *_zero(card, place)]
    if world is not None:
        found += _reaches(card, world, place)
    return found


def _sourced(card: Crisis, where: Where) -> Iterator[Finding]:
    if not any(source.strip() for source in card.sources):
        yield finding("sourced", where, ("sources",), "is empty", "a source, or what is assumed", "write it")
    if len(card.sources_fr) != len(card.sources):
        yield finding("sourced", where, ("sources_fr",), f"has {len(card.sources_fr)} lines",
                      f"{len(card.sources)}, those of sources in French", "write each in both languages")
    used = [name for name in GRADED_IF_USED if getattr(card, name) != getattr(PLAIN, name)]
    for name in (*GRADED, *used):
        if name not in card.grades:
            yield finding("sourced", where, ("grades",), f"has none for {name}", "a grade for each number", "add it")
    for name in card.grades:
        if name not in GRADED + GRADED_IF_USED:
            yield finding("sourced", where, ("grades", name), "is not a number of the card",
                           f"one of {', '.join(GRADED + GRADED_IF_USED)}", "remove or rename it")
    if card.days_high == 0:
        yield finding("sourced", where, ("days_high",), "is not given", "the range of its duration", "give both")


def _bounded(card: Crisis, where: Where) -> Iterator[Finding]:
    total = sum(getattr(card.exposure, item.name) for item in fields(card.exposure) if item.name not in NOT_SHARES)
    if total > 1:
        yield finding("exposure", where, ("exposure",), f"adds up to {total:g}", "at most 1", "lower its parts")
    if total == 0:
        yield finding("exposure", where, ("exposure",), "is 0 for everybody", "at least one part above 0", "give one")
    base, frailty = card.rates()
    cut = any(getattr(card.services, name).level < 1 for name in SERVICES) or card.sites.service.level < 1
    if not (base.any() or frailty.any() or cut):
        yield finding("needs", where, ("needs",), "are all 0 and nothing is interrupted",
                       f"a need in {', '.join(DOMAINS)}, or a service cut", "give one")


def _zero(card: Crisis, where: Where) -> Iterator[Finding]:
    """At severity 0 there must be no hazard and no service cut."""
    none = replace(card, severity=0.0)
    still = activate([none], _Epoch()) or any(services([ActiveCrisis(none, 0)], day) for day in (0, card.days - 1))
    if still:
        yield finding("zero", where, ("severity",), "= 0 still acts", "nothing at severity 0", "report it")


class _Epoch:
    """A calendar on which every date is day 0."""

    def day(self, iso: str) -> int:
        """0."""
        return 0


def _reaches(card: Crisis, world: World, where: Where) -> list[Finding]:
    hit = exposure(replace(card, severity=1.0), world)
    last = ActiveCrisis(replace(card, severity=1.0), 0).at(card.days - 1, 1, world)
    if not hit.any() or last is None or not np.any(last.exposure):
        return [finding("reaches", where, ("exposure",), "hits nobody here by its last day", "at least one resident",
                         "widen the exposure, or choose a territory that it concerns")]
    return []
