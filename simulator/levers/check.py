"""The harness that every lever must pass: `resilience check lever my_lever.yaml`, and the tests on every card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path

import numpy as np

from ..cards.checks import finding, worded
from ..cards.reader import CardError, Finding, Where, read
from ..world.world import World
from .active import ActiveLever, check_portfolio
from .card import Lever, Price, Turn, from_mapping
from .catalogue import HANDLES
from .modifiers import Turned
from .project import PROJECTS

TEXTS = ("label_fr", "label_en", "explanation_fr", "explanation_en", "mechanism", "mechanism_fr", "limits", "limits_fr",
         "side_effects", "side_effects_fr", "dose_unit", "dose_unit_fr", "capacity", "capacity_fr")

LISTS = ("institution.register", "resident.reserve")
"""Handles that put persons on a list."""


def check_file(path: str | Path, world: World | None = None) -> list[Finding]:
    """Read a card and check it; a card that cannot be read has the one finding `readable`."""
    try:
        mapping, where = read(path)
        return check_lever(from_mapping(mapping, where), world, where)
    except CardError as error:
        return [Finding("readable", str(error))]


def check_lever(card: Lever, world: World | None = None, where: Where | str | None = None) -> list[Finding]:
    """Everything the harness has against a lever, none for a good one.

    Without a world: worded, sourced, costed, known handles, ranges. With one also: reaches somebody, stays in the
    handles' ranges, commutes with another lever, dose 0 is nothing.
    """
    place = where if isinstance(where, Where) else Where(where or f"lever {card.id}")
    found = [*worded(card, TEXTS, place), *_sourced(card, place), *_costed(card, place), *_handles(card, place)]
    sound = not any(one.rule == "handles" for one in found)
    if world is not None and sound:
        found += [*_reaches(card, world, place), *_in_range(card, world, place), *_idle(card, world, place),
                  *_commutes(card, world, place)]
    return found


def _sourced(card: Lever, where: Where) -> Iterator[Finding]:
    for number, turn in enumerate(card.turns):
        path = ("turns", number)
        if not turn.source.strip():
            yield finding("sourced", where, (*path, "source"), "is empty", "a source, or 'assumed'", "write it")
        if turn.low is None or turn.high is None:
            yield finding("sourced", where, path, "has no range", "low and high of the value", "give both")
        elif not turn.low <= turn.value <= turn.high:
            yield finding("sourced", where, (*path, "value"), f"= {turn.value:g}", f"{turn.low:g} to {turn.high:g}",
                           "widen the range or correct the value")
    listed = card.target.consenting or any(turn.handle in LISTS for turn in card.turns)
    for name in ("personal_data", "personal_data_fr") if listed else ():
        if not getattr(card, name).strip():
            yield finding("worded", where, (name,), "is empty", "consent and data protection: persons are listed",
                          "write it")
    for name in ("text", "text_fr", "source"):
        if not getattr(card.evidence, name).strip():
            yield finding("sourced", where, ("evidence", name), "is empty", "what was observed, and where", "write it")


def _costed(card: Lever, where: Where) -> Iterator[Finding]:
    cost = card.cost
    prices = {item.name: getattr(cost, item.name) for item in fields(cost)
              if isinstance(getattr(cost, item.name), Price)}
    for name, price in prices.items():
        if not price.low <= price.value <= price.high:
            yield finding("costed", where, ("cost", name), f"= {price.value:g} EUR",
                           f"{price.low:g} to {price.high:g}", "give a range that holds it")
    if not any(price.high > 0 for price in prices.values()):
        yield finding("costed", where, ("cost",), "has no price", "a price with its range", "say what it costs")
    if card.staffing.fte > 0 and not any(price.value > 0 for price in prices.values()):
        yield finding("costed", where, ("staffing", "fte"), f"= {card.staffing.fte:g} unpaid", "a price", "cost it")
    for name in ("payer", "source"):
        if not getattr(cost, name).strip():
            yield finding("costed", where, ("cost", name), "is empty", f"the cost's {name}", "write it")


def _handles(card: Lever, where: Where) -> Iterator[Finding]:
    if not card.turns:
        yield finding("handles", where, ("turns",), "is empty", "at least one handle turned", "add one")
    for number, turn in enumerate(card.turns):
        path = ("turns", number)
        handle = HANDLES.get(turn.handle)
        if handle is None:
            yield finding("handles", where, (*path, "handle"), f"= {turn.handle!r} is not known",
                           f"one of {', '.join(HANDLES)}", "correct the name")
        elif turn.op not in handle.ops:
            yield finding("handles", where, (*path, "op"), f"= {turn.op!r} on {turn.handle}",
                           ", ".join(handle.ops) or "nothing: no card may turn it", "change the operation")
        elif turn.op == "set" and not handle.low <= turn.value <= handle.high:
            yield finding("range", where, (*path, "value"), f"= {turn.value:g}",
                           f"{handle.low:g} to {handle.high:g} {handle.unit}", "correct the value")
    if not card.dose_low <= card.dose <= card.dose_high:
        yield finding("range", where, ("dose",), f"= {card.dose:g}", f"{card.dose_low:g} to {card.dose_high:g}",
                       "correct the dose or its range")
    try:
        check_portfolio([ActiveLever(card, 0)])
    except CardError as error:
        if "both set" in str(error):
            yield Finding("handles", f"{where.at(('turns',))}: {error}")


def _acting(card: Lever, world: World) -> tuple[ActiveLever, int]:
    """The lever resolved in this world, and a day on which it acts in full (dose above 0 assumed for the purpose)."""
    active = ActiveLever(replace(card, dose=card.dose or 1.0), 0)
    active.resolve(world)
    end = active.span.end
    full = active.span.begin + card.window.ramp_days
    return active, full if end is None else min(full, end - 1)


def _reaches(card: Lever, world: World, where: Where) -> Iterator[Finding]:
    active, _ = _acting(card, world)
    assert active.reach is not None
    for owner in sorted({HANDLES[turn.handle].owner for turn in card.turns}):
        if not len(active.reach.rows(owner)):
            yield finding("reaches", where, ("target",), f"reaches no {owner} here", f"at least one {owner}",
                           "widen the target")
    if any(turn.handle == PROJECTS for turn in card.turns) and not active.plans:
        yield finding("reaches", where, ("dose",), "opens no site here", "at least one site", "raise the dose")


def _in_range(card: Lever, world: World, where: Where) -> Iterator[Finding]:
    """The greatest dose must not run into a handle's end, where more of it would do nothing."""
    active, day = _acting(replace(card, dose=card.dose_high or card.dose), world)
    for number, turn in enumerate(card.turns):
        handle = HANDLES[turn.handle]
        base = np.atleast_1d(np.asarray(handle.base(world), np.float64))
        level = active.level(day)
        value = {"set": np.full(1, turn.value), "scale": base * turn.value ** level, "add": base + turn.value * level}[
            turn.op]
        beyond = value[(value < handle.low) | (value > handle.high)]
        if beyond.size:
            yield finding("range", where, ("turns", number, "value"),
                           f"takes {turn.handle} to {beyond[0]:g} at the highest dose",
                           f"{handle.low:g} to {handle.high:g} {handle.unit}", "lower the value or dose_high")


def _idle(card: Lever, world: World, where: Where) -> Iterator[Finding]:
    idle, day = ActiveLever(replace(card, dose=0.0), 0), card.window.lead_time_days + card.window.ramp_days
    idle.resolve(world)
    if Turned(world, [idle], day=day).touched() or not same(Turned(world, [idle], day=day), Turned(world)):
        yield finding("idle", where, ("dose",), "= 0 changes a handle", "nothing at dose 0", "correct the turns")


def _commutes(card: Lever, world: World, where: Where) -> Iterator[Finding]:
    """Beside another lever that turns the same handles, the order of listing must not matter."""
    active, day = _acting(card, world)
    turns = [Turn(turn.handle, op, 0.9) for turn in card.turns for op in HANDLES[turn.handle].ops if op != "set"]
    other = ActiveLever(replace(card, id=f"{card.id}_beside", turns=turns), 0)
    other.resolve(world)
    if not same(Turned(world, [active, other], day=day), Turned(world, [other, active], day=day)):
        yield finding("commutes", where, ("turns",), "depends on the order of levers", "no order", "correct it")


def same(one: Turned, other: Turned, names: Sequence[str] = tuple(HANDLES)) -> bool:
    """True if every handle has the same bits in both."""
    return all(np.array_equal(getattr(one, owner)(rest), getattr(other, owner)(rest))
               for owner, _, rest in (name.partition(".") for name in names))
