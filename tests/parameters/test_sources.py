"""Where numbers come from: sources a stranger can open, grades, and ranges that hold what was published."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from simulator.cards.renamed import FIELDS
from simulator.config.cards.card_files import find_shipped_configs
from simulator.config.cards.catalogue import load_cards
from simulator.parameters import Model

PUBLISHED_VALUES = Path(__file__).resolve().parents[3] / "shared" / "facts" / "numbers.csv"
"""The collected table of published values, beside this checkout where it is worked on."""
SECTION_OF_A_DRAFT = re.compile(r"\bmodel \d|\bP\d+\b")
"""What nobody outside can open: a section or a pattern number of a draft."""
CITATION = re.compile(r"\b(19|20)\d\d\b|doi:|\w+\.(fr|com|org|eu|net)\b|INSEE")
"""A year, an address or the institute of statistics: what a stranger needs to find a source."""
DRAFT_SOURCES, NARROW_RANGES = ("needing", "coping", "asking", "aiding"), ("coping", "asking", "aiding")
"""Groups known to fail a rule until their file is rewritten; the rule itself says when that is done."""
WANTED = 90


def groups() -> dict[str, Any]:
    model = Model()
    return {item.name: getattr(model, item.name) for item in fields(model) if item.name != "behaviour"}


def numbers(group: Any) -> Iterator[tuple[str, Any]]:
    """(name, declaration) of every number of a group."""
    return ((item.name, item.metadata) for item in fields(group) if "unit" in item.metadata)


def each_group(*failing: str) -> list[Any]:
    """Every group as a parameter; those that fail are expected to, until they are mended."""
    mark = pytest.mark.xfail(strict=True, reason="its file is being rewritten")
    return [pytest.param(name, marks=mark) if name in failing else name for name in groups()]


def test_ninety_numbers_rest_on_a_figure_that_is_cited():
    cited = [f"{group}.{name}" for group, held in groups().items() for name, meta in numbers(held)
             if meta["grade"] != "assumption" and CITATION.search(meta["source"])]
    assert len(cited) >= WANTED, cited


@pytest.mark.parametrize("group", each_group(*DRAFT_SOURCES))
def test_no_number_points_to_a_draft(group):
    assert [name for name, meta in numbers(groups()[group]) if SECTION_OF_A_DRAFT.search(meta["source"])] == []


def card_sources() -> Iterator[tuple[str, str]]:
    """(card and entry, source) of levers, crises and sites."""
    folders = [find_shipped_configs()]
    for found in load_cards("lever", folders):
        yield f"{found.name}.cost", found.card.cost.source
        yield from ((f"{found.name}.{modifier.handle}", modifier.source) for modifier in found.card.modifiers)
    for found in load_cards("crisis", folders):
        yield from ((found.name, source) for source in (*found.card.sources, *found.card.sources_fr))
    for found in load_cards("site", folders):
        yield from ((f"{found.name}.{entry}", source) for entry, source in found.card.sources.items())


def test_no_card_points_to_a_draft_or_assumes_without_a_reason():
    assert [name for name, source in card_sources()
            if SECTION_OF_A_DRAFT.search(source) or source.strip(" ;") in ("assumed", "assumption", "")] == []


# published values: those in the unit of the number itself

SAME_UNIT = {("days", "person-days"), ("dwellings", "households"), ("log", "-"), ("share", "probability"),
             ("h per 1 000 residents/d", "h or units per 1000 residents/d"), ("begun/adult", "ties"),
             ("share who trust", "trust"), ("share of social time", "share")}
"""(unit of a published value, unit of a number): different words for one thing."""
USERS_PER_PLACE = 1.667 * 1.35
"""Users a year of a weekly place: members a place, and 35 % new ones in a year."""
CONVERTED = {("persons/yr", "places/week"): 1 / USERS_PER_PLACE}
KITS = {"0.3": "kit_power", "0.56": "kit_power", "0.4": "kit_cooling"}
"""Low end of a published share of households with a kit -> the kind of kit it counts."""
ANOTHER_QUANTITY = {
    "joining.leave": "a share of volunteers who stop, compared as a rate",
    "funding.own (social centres)": "one kind of site; the number is the mean of all",
    "asking.call (share unanswered: not in the model)": "", "start.social_hours (by household: not in the model)": "",
    "population.frailty_base": "a share of the frail, not a mean",
    "hearing.visibility (with forget)": "awareness at rest, which follows from two rates",
    "needing.other_person_frail": "a share of the old, not a weight of frailty",
    "joining.members_per_place / places (garden)": "a share of households",
}
"""Published values about a number that measure something else: targets, or figures to convert by hand."""


def new_name(parameter: str) -> str:
    """The name of a number in this release: group.name, with what follows in brackets kept."""
    group, _, rest = parameter.removeprefix("model.").partition(".")
    group = FIELDS["Model"].get(group, group)
    name, _, remark = rest.partition(" ")
    for names in FIELDS.values():
        name = names.get(name, name) if name in names and hasattr(groups().get(group), names[name]) else name
    return f"{group}.{name}{' ' + remark if remark else ''}"


def published() -> Iterator[tuple[str, float, float, str]]:
    """(group.name, low, high, unit) of each published value of a number of the model that this release has."""
    known = groups()
    for row in csv.DictReader(PUBLISHED_VALUES.read_text(encoding="utf-8").splitlines()):
        if not row["parameter"].startswith("model.") or new_name(row["parameter"]) in ANOTHER_QUANTITY:
            continue
        group, _, name = new_name(row["parameter"]).partition(" ")[0].partition(".")
        name = KITS.get(row["low"], name) if (group, name) == ("start", "kit") else name
        if group in known and hasattr(known[group], name):
            yield f"{group}.{name}", float(row["low"]), float(row["high"]), row["unit"]


def find_unit_factor(unit: str, own: str) -> float | None:
    """What a published value is multiplied by; None for a value of another quantity."""
    return 1.0 if unit == own or (unit, own) in SAME_UNIT else CONVERTED.get((unit, own))


def compared() -> Iterator[tuple[str, str, float, float, dict[str, Any]]]:
    """(group, name, low, high, declaration) of each published value that can be compared, in the number's unit."""
    if not PUBLISHED_VALUES.exists():
        pytest.skip("the collected table of published values is not beside this checkout")
    for group_and_name, low, high, unit in published():
        group, _, name = group_and_name.partition(".")
        meta = dict(numbers(groups()[group]))[name]
        factor = find_unit_factor(unit, meta["unit"])
        if factor is not None:
            yield group, name, low * factor, high * factor, meta


def test_most_published_values_are_compared():
    assert len(list(compared())) >= 70


@pytest.mark.parametrize("group", each_group(*NARROW_RANGES))
def test_no_declared_range_forbids_a_published_value(group):
    outside = [f"{name}: published {low:g} to {high:g} {meta['unit']}, declared {meta['low']:g} to {meta['high']:g}"
               for owner, name, low, high, meta in compared() if owner == group
               if low < meta["low"] * 0.999 or high > meta["high"] * 1.001]
    assert outside == []
