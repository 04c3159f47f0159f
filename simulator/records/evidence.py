"""How well the numbers of a run are known: every one of them, with its range, source and grade, out of its content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from ..parameters import GRADES, Model

ASSUMPTION = "assumption"
HALF, MORE = 0.5, 1.5
"""A crisis card grades its numbers by groups and gives them no ranges: a whole group is tried at these factors."""
FACTOR = "x card"
SCALED = ("exposure", "needs", "damage", "services", "hit", "mortality_slope", "trust_loss")
"""Entries of a crisis that a factor can move: shares and rates. Days and dates are not."""


@dataclass(frozen=True)
class Known:
    """One number: dotted name, the settings or card it stands in, value, range (None: not given), unit, grade, source.

    An entry of a crisis is a factor on all its numbers, 1 as the card has them.
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
    def is_open(self) -> bool:
        """True for an assumption with a range to try it in."""
        return (self.grade == ASSUMPTION and self.low is not None and self.high is not None
                and self.low < self.high and self.low <= self.value <= self.high)


def numbers(content: Mapping[str, Any], levers: Iterable[Mapping[str, Any]] = ()) -> list[Known]:
    """Every number that the run of this content can have used, and those of these lever cards besides its own.

    Dates and other choices are no knowledge, and not among them.
    """
    found = list(_model(Model(), content.get("model") or {}, "model"))
    for crisis in content["scenario"].get("crises") or ():
        found += _crisis(crisis)
    for site in content["scenario"].get("sites") or ():
        if _here(site, content["scenario"].get("territory") or {}):
            found += _site(site)
    cards = {str(card["id"]): card for card in (*(content.get("levers") or ()), *levers)}
    for card in cards.values():
        found += _lever(card)
    return found


def graded(found: Iterable[Known]) -> dict[str, int]:
    """Grade to how many numbers have it, best known first."""
    count = Counter(one.grade for one in found)
    return {grade: count[grade] for grade in GRADES}


def _model(settings: Any, values: Mapping[str, Any], where: str) -> Iterator[Known]:
    for item in fields(settings):
        default, meta = getattr(settings, item.name), item.metadata
        value = values.get(item.name, default)
        if is_dataclass(default):
            yield from _model(default, value if isinstance(value, Mapping) else {}, f"{where}.{item.name}")
        elif "unit" in meta:
            yield Known(f"{where}.{item.name}", where, float(value), float(meta["low"]), float(meta["high"]),
                        meta["unit"], meta["grade"], meta["source"])


def _crisis(card: Mapping[str, Any]) -> Iterator[Known]:
    where, source = f"crisis.{card['id']}", "; ".join(map(str, card.get("sources") or ()))
    for entry, grade in sorted((card.get("grades") or {}).items()):
        scaled = entry in SCALED and _used(card.get(entry))
        low, high, unit = (HALF, MORE, FACTOR) if scaled else (None, None, "")
        days = entry == "days" and bool(card.get("days_high"))
        if days:
            low, high, unit = float(max(1, card["days_low"])), float(card["days_high"]), "days"
        value = float(card["days"]) if entry == "days" else 1.0
        yield Known(f"{where}.{entry}", where, value, low, high, unit, str(grade), source)


def _used(value: Any) -> bool:
    """True if anything in an entry is other than nothing: a service at 1 is whole."""
    if isinstance(value, Mapping):
        return value.get("level", 1.0) != 1.0 or any(_used(one) for name, one in value.items() if name != "level")
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value != 0


def _here(card: Mapping[str, Any], territory: Mapping[str, Any]) -> bool:
    """False for a real site of another town."""
    towns = {str(code) for code in territory.get("communes") or ()}
    return bool(card.get("generic")) or not card.get("commune") or not towns or str(card["commune"]) in towns


def _site(card: Mapping[str, Any]) -> Iterator[Known]:
    for entry, told in sorted((card.get("sources") or {}).items()):
        grade, _, source = str(told).partition(":")
        value = card.get(entry)
        number = float(value) if isinstance(value, (int, float)) else float("nan")
        yield Known(f"site.{card['id']}.{entry}", f"site.{card['id']}", number, None, None, "", grade.strip(),
                    source.strip())


def _lever(card: Mapping[str, Any]) -> Iterator[Known]:
    where, cost = f"lever.{card['id']}", card.get("cost") or {}
    for place, turn in enumerate(card.get("turns") or ()):
        low, high = turn.get("low"), turn.get("high")
        yield Known(f"{where}.turns.{place}.{turn['handle']}", where, float(turn["value"]),
                    None if low is None else float(low), None if high is None else float(high), str(turn["op"]),
                    str(turn.get("grade") or ASSUMPTION), str(turn.get("source") or ""))
    yield Known(f"{where}.cost", where, float("nan"), None, None, "EUR", str(cost.get("grade") or ASSUMPTION),
                str(cost.get("source") or ""))
