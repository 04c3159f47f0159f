"""How well the numbers of a run are known: each of them with its range, source and grade, from the run's content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from ..parameters import GRADES, Model

ASSUMPTION = "assumption"
CARD_FACTOR_LOW, CARD_FACTOR_HIGH = 0.5, 1.5
"""Crisis cards grade groups of numbers and give no ranges: a whole group is tested at these factors."""
CARD_FACTOR_UNIT = "x card"
SCALABLE_ENTRIES = ("exposure", "needs", "damage", "services", "exposed_services", "heat", "trust_loss")
"""Entries of a crisis that a factor can scale: shares and rates, not days and dates."""


@dataclass(frozen=True)
class SourcedNumber:
    """One number: dotted name, its settings group or card, value, range (None: not given), unit, grade, source.

    The value of an entry of a crisis is a factor on all its numbers, 1 as on the card.
    """

    name: str
    group: str
    value: float
    low: float | None
    high: float | None
    unit: str
    grade: str
    source: str

    @property
    def is_testable_assumption(self) -> bool:
        """True for an assumption with a range to test it in."""
        return (self.grade == ASSUMPTION and self.low is not None and self.high is not None
                and self.low < self.high and self.low <= self.value <= self.high)


def list_sourced_numbers(content: Mapping[str, Any], levers: Iterable[Mapping[str, Any]] = ()) -> list[SourcedNumber]:
    """Every number that a run of this content can use, and the numbers of further lever cards.

    Dates and other choices are left out.
    """
    found = list(_list_model_numbers(Model(), content.get("model") or {}, "model"))
    for crisis in content["scenario"].get("crises") or ():
        found += _list_crisis_numbers(crisis)
    for site in content["scenario"].get("sites") or ():
        if _is_in_territory(site, content["scenario"].get("territory") or {}):
            found += _list_site_numbers(site)
    cards = {str(card["id"]): card for card in (*(content.get("levers") or ()), *levers)}
    for card in cards.values():
        found += _list_lever_numbers(card)
    return found


def count_by_grade(found: Iterable[SourcedNumber]) -> dict[str, int]:
    """Grade -> how many numbers have it, best known first."""
    count = Counter(number.grade for number in found)
    return {grade: count[grade] for grade in GRADES}


def _list_model_numbers(settings: Any, values: Mapping[str, Any], where: str) -> Iterator[SourcedNumber]:
    for item in fields(settings):
        default, meta = getattr(settings, item.name), item.metadata
        value = values.get(item.name, default)
        if is_dataclass(default):
            yield from _list_model_numbers(default, value if isinstance(value, Mapping) else {}, f"{where}.{item.name}")
        elif "unit" in meta:
            yield SourcedNumber(f"{where}.{item.name}", where, float(value), float(meta["low"]), float(meta["high"]),
                                meta["unit"], meta["grade"], meta["source"])


def _list_crisis_numbers(card: Mapping[str, Any]) -> Iterator[SourcedNumber]:
    where, source = f"crisis.{card['id']}", "; ".join(map(str, card.get("sources") or ()))
    for entry, grade in sorted((card.get("grades") or {}).items()):
        scaled = entry in SCALABLE_ENTRIES and _is_used(card.get(entry))
        low, high, unit = (CARD_FACTOR_LOW, CARD_FACTOR_HIGH, CARD_FACTOR_UNIT) if scaled else (None, None, "")
        if entry == "days" and card.get("days_high"):
            low, high, unit = float(max(1, card["days_low"])), float(card["days_high"]), "days"
        value = float(card["days"]) if entry == "days" else 1.0
        yield SourcedNumber(f"{where}.{entry}", where, value, low, high, unit, str(grade), source)


def _is_used(value: Any) -> bool:
    """True if an entry has any effect: a number other than 0, or a service level other than 1."""
    if isinstance(value, Mapping):
        return value.get("level", 1.0) != 1.0 or any(_is_used(part) for name, part in value.items() if name != "level")
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value != 0


def _is_in_territory(card: Mapping[str, Any], territory: Mapping[str, Any]) -> bool:
    """False for a real site of a commune outside the territory."""
    communes = {str(code) for code in territory.get("communes") or ()}
    return bool(card.get("generic")) or not card.get("commune") or not communes or str(card["commune"]) in communes


def _list_site_numbers(card: Mapping[str, Any]) -> Iterator[SourcedNumber]:
    for entry, grade_and_source in sorted((card.get("sources") or {}).items()):
        grade, _, source = str(grade_and_source).partition(":")
        value = card.get(entry)
        number = float(value) if isinstance(value, (int, float)) else float("nan")
        yield SourcedNumber(f"site.{card['id']}.{entry}", f"site.{card['id']}", number, None, None, "", grade.strip(),
                            source.strip())


def _list_lever_numbers(card: Mapping[str, Any]) -> Iterator[SourcedNumber]:
    where, cost = f"lever.{card['id']}", card.get("cost") or {}
    for number, modifier in enumerate(card.get("modifiers") or ()):
        low, high = modifier.get("low"), modifier.get("high")
        yield SourcedNumber(f"{where}.modifiers.{number}.{modifier['handle']}", where, float(modifier["value"]),
                            None if low is None else float(low), None if high is None else float(high),
                            str(modifier["op"]), str(modifier.get("grade") or ASSUMPTION),
                            str(modifier.get("source") or ""))
    yield SourcedNumber(f"{where}.cost", where, float("nan"), None, None, "EUR", str(cost.get("grade") or ASSUMPTION),
                        str(cost.get("source") or ""))
