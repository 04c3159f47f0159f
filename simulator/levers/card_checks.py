"""Checks that every lever card must pass: run by `resilience check lever my_lever.yaml`, and by tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from ..cards.checks import CardFinding, check_texts, find_unreadable, make_finding
from ..cards.errors import CardError, CardLocation, describe_range, make_removed_handle_error, make_renamed_card_error
from ..cards.reader import read_yaml_card
from ..cards.renamed import HANDLES as RENAMED_HANDLES
from ..cards.renamed import REMOVED_HANDLES
from ..i18n.translation import Message
from ..world.world import World
from .active_lever import ActiveLever, check_portfolio
from .card import Lever, Modifier, Price, parse_lever
from .handles import HANDLES
from .modifiers import ModifierValues
from .planned_sites import NEW_SITES_HANDLE

LEVER_TEXTS = ("label_fr", "explanation_fr", "explanation_en", "mechanism", "mechanism_fr", "limits",
               "limits_fr", "side_effects", "side_effects_fr", "dose_unit", "dose_unit_fr", "capacity", "capacity_fr")

PERSON_LIST_HANDLES = ("institution.register", "resident.reserve")
"""Handles that put persons on a list, so that the card must speak of personal data."""
REACHES_NONE = {
    "institution": (Message("reaches no institution here"), Message("at least one institution")),
    "resident": (Message("reaches no resident here"), Message("at least one resident")),
    "site": (Message("reaches no site here"), Message("at least one site")),
    "territory": (Message("reaches no territory here"), Message("at least one territory")),
}
"""Owner of handles -> what a finding says of a lever that reaches none, and what it expected."""


def check_lever_file(path: str | Path, world: World | None = None) -> list[CardFinding]:
    """Read a card and check it. A card that cannot be read gives a single finding, of rule `readable`."""
    try:
        mapping, where = read_yaml_card(path)
        return check_lever(parse_lever(mapping, where), world, where)
    except CardError as error:
        return [find_unreadable(error)]


def check_lever(card: Lever, world: World | None = None, where: CardLocation | str | None = None) -> list[CardFinding]:
    """Every finding against a lever card; none for a sound one.

    Without a world: texts, sources, costs, known handles, ranges. With one also: it reaches somebody, stays in the
    handles' ranges, does nothing at dose 0, and commutes with another lever. where: its location, for messages.
    """
    place = where if isinstance(where, CardLocation) else CardLocation(where or Message("lever {name}", name=card.id))
    findings = [*check_texts(card, LEVER_TEXTS, place), *_check_sources(card, place), *_check_costs(card, place),
                *_check_handles(card, place)]
    known_handles = not any(finding.rule == "handles" for finding in findings)
    if world is not None and known_handles:
        findings += [*_check_reach(card, world, place), *_check_handle_ranges(card, world, place),
                     *_check_zero_dose(card, world, place), *_check_commutativity(card, world, place)]
    return findings


def _check_sources(card: Lever, where: CardLocation) -> Iterator[CardFinding]:
    for number, modifier in enumerate(card.modifiers):
        path = ("modifiers", number)
        if not modifier.source.strip():
            yield make_finding("sourced", where, (*path, "source"), Message("is empty"),
                               Message("a source, or 'assumed'"), Message("write it"))
        if modifier.low is None or modifier.high is None:
            yield make_finding("sourced", where, path, Message("has no range"), Message("low and high of the value"),
                               Message("give both"))
        elif not modifier.low <= modifier.value <= modifier.high:
            yield make_finding("sourced", where, (*path, "value"), Message("= {value:g}", value=modifier.value),
                               describe_range(modifier.low, modifier.high),
                               Message("widen the range or correct the value"))
    listed = card.target.consenting or any(modifier.handle in PERSON_LIST_HANDLES for modifier in card.modifiers)
    for name in ("personal_data", "personal_data_fr") if listed else ():
        if not getattr(card, name).strip():
            yield make_finding("worded", where, (name,), Message("is empty"),
                               Message("consent and data protection: persons are listed"), Message("write it"))
    for name in ("text", "text_fr", "source"):
        if not getattr(card.evidence, name).strip():
            yield make_finding("sourced", where, ("evidence", name), Message("is empty"),
                               Message("what was observed, and where"), Message("write it"))


def _check_costs(card: Lever, where: CardLocation) -> Iterator[CardFinding]:
    cost = card.cost
    prices = {name: price for name, price in vars(cost).items() if isinstance(price, Price)}
    for entry, found, expected, remedy in card.list_amounts_out_of_range():
        yield make_finding("costed" if entry[0] == "cost" else "range", where, entry, found, expected, remedy)
    if not any(price.high > 0 for price in prices.values()):
        yield make_finding("costed", where, ("cost",), Message("has no price"), Message("a price with its range"),
                           Message("say what it costs"))
    if card.staffing.fte > 0 and not any(price.value > 0 for price in prices.values()):
        yield make_finding("costed", where, ("staffing", "fte"), Message("= {value:g} unpaid", value=card.staffing.fte),
                           Message("a price"), Message("cost it"))
    for name, expected in (("payer", Message("the cost's payer")), ("source", Message("the cost's source"))):
        if not getattr(cost, name).strip():
            yield make_finding("costed", where, ("cost", name), Message("is empty"), expected, Message("write it"))


def _check_handles(card: Lever, where: CardLocation) -> Iterator[CardFinding]:
    if not card.modifiers:
        yield make_finding("handles", where, ("modifiers",), Message("is empty"), Message("at least one modifier"),
                           Message("add one"))
    for number, modifier in enumerate(card.modifiers):
        yield from _check_modifier_handle(modifier, ("modifiers", number), where)
    try:
        check_portfolio([ActiveLever(card, 0)])
    except CardError as error:
        if "both set" in str(error):
            yield CardFinding("handles", Message("{where}: {problem}", where=where.at(("modifiers",)), problem=error))


def _check_modifier_handle(modifier: Modifier, path: tuple[str, int], where: CardLocation) -> Iterator[CardFinding]:
    handle = HANDLES.get(modifier.handle)
    if modifier.handle in RENAMED_HANDLES:
        error = make_renamed_card_error(where, (*path, "handle"), RENAMED_HANDLES[modifier.handle], modifier.handle)
        yield CardFinding("handles", error.args[0])
    elif modifier.handle in REMOVED_HANDLES:
        error = make_removed_handle_error(where.at((*path, "handle")), modifier.handle)
        yield CardFinding("handles", error.args[0])
    elif handle is None:
        yield make_finding("handles", where, (*path, "handle"),
                           Message("= {handle!r} is not known", handle=modifier.handle),
                           Message("one of {names}", names=tuple(HANDLES)), Message("correct the name"))
    elif modifier.op not in handle.operations:
        expected = Message("{names}", names=handle.operations) if handle.operations else Message(
            "nothing: no card may modify it")
        yield make_finding("handles", where, (*path, "op"),
                           Message("= {op!r} on {handle}", op=modifier.op, handle=modifier.handle), expected,
                           Message("change the operation"))
    elif modifier.op == "set" and not handle.low <= modifier.value <= handle.high:
        yield make_finding("range", where, (*path, "value"), Message("= {value:g}", value=modifier.value),
                           describe_range(handle.low, handle.high, handle.unit), Message("correct the value"))


def _resolve_in_full(card: Lever, world: World) -> tuple[ActiveLever, int]:
    """The lever resolved in this world, at dose 1 instead of 0, and the first day on which it acts in full."""
    active = ActiveLever(replace(card, dose=card.dose or 1.0), 0)
    active.resolve(world)
    end = active.period.end_day
    full = active.period.start_day + card.window.ramp_days
    return active, full if end is None else min(full, end - 1)


def _check_reach(card: Lever, world: World, where: CardLocation) -> Iterator[CardFinding]:
    active, _ = _resolve_in_full(card, world)
    assert active.reach is not None
    for owner in sorted({HANDLES[modifier.handle].owner for modifier in card.modifiers}):
        if not len(active.reach.rows(owner)):
            found, expected = REACHES_NONE[owner]
            yield make_finding("reaches", where, ("target",), found, expected, Message("widen the target"))
    opens_sites = any(modifier.handle == NEW_SITES_HANDLE for modifier in card.modifiers)
    if opens_sites and not active.planned_sites:
        yield make_finding("reaches", where, ("dose",), Message("opens no site here"), Message("at least one site"),
                           Message("raise the dose"))


def _check_handle_ranges(card: Lever, world: World, where: CardLocation) -> Iterator[CardFinding]:
    """At the greatest dose, no value may leave its handle's range: clipped, more of the lever would do nothing."""
    active, day = _resolve_in_full(replace(card, dose=card.dose_high or card.dose), world)
    dose = active.effective_dose(day)
    for number, modifier in enumerate(card.modifiers):
        handle = HANDLES[modifier.handle]
        base = np.atleast_1d(np.asarray(handle.base(world), np.float64))
        value = {"set": np.full(1, modifier.value), "scale": base * modifier.value ** dose,
                 "add": base + modifier.value * dose}[modifier.op]
        beyond = value[(value < handle.low) | (value > handle.high)]
        if beyond.size:
            yield make_finding("range", where, ("modifiers", number, "value"),
                               Message("takes {handle} to {value:g} at the highest dose", handle=modifier.handle,
                                       value=float(beyond[0])),
                               describe_range(handle.low, handle.high, handle.unit),
                               Message("lower the value or dose_high"))


def _check_zero_dose(card: Lever, world: World, where: CardLocation) -> Iterator[CardFinding]:
    idle, day = ActiveLever(replace(card, dose=0.0), 0), card.window.lead_time_days + card.window.ramp_days
    idle.resolve(world)
    handles = ModifierValues(world, [idle], day=day)
    if handles.list_modified_handles() or not are_handles_equal(handles, ModifierValues(world)):
        yield make_finding("idle", where, ("dose",), Message("= 0 changes a handle"), Message("nothing at dose 0"),
                           Message("correct the modifiers"))


def _check_commutativity(card: Lever, world: World, where: CardLocation) -> Iterator[CardFinding]:
    """With a second lever on the same handles, the order in which the two are listed must not matter."""
    active, day = _resolve_in_full(card, world)
    modifiers = [Modifier(modifier.handle, op, 0.9) for modifier in card.modifiers
                 for op in HANDLES[modifier.handle].operations if op != "set"]
    other = ActiveLever(replace(card, id=f"{card.id}_beside", modifiers=modifiers), 0)
    other.resolve(world)
    if not are_handles_equal(ModifierValues(world, [active, other], day=day),
                             ModifierValues(world, [other, active], day=day)):
        yield make_finding("commutes", where, ("modifiers",), Message("depends on the order of levers"),
                           Message("no order"), Message("correct it"))


def are_handles_equal(first: ModifierValues, second: ModifierValues, names: Sequence[str] = tuple(HANDLES)) -> bool:
    """True if the values of every handle are equal bit for bit."""
    return all(np.array_equal(getattr(first, owner)(rest), getattr(second, owner)(rest))
               for owner, _, rest in (name.partition(".") for name in names))
