"""What a person chose on the page: territory, crises, portfolios, seeds; as plain data and as settings of `compare`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

LETTERS = "ABCDEF"
"""Portfolios at most, by the name their arm has."""
FIRST_SEEDS, MOST_SEEDS = 4, 200
MOST_SETS = 10
"""Calibrated sets of numbers at most."""
NAME = 40
"""Characters of a portfolio's name."""


@dataclass
class CrisisChoice:
    """One crisis: its card, dates, days and severity."""

    card: str = ""
    start: str = ""
    days: int = 1
    severity: float = 1.0
    again: list[str] = field(default_factory=list)


@dataclass
class Portfolio:
    """Levers chosen together, with a dose for each. name: the person's own, may be empty."""

    name: str = ""
    doses: dict[str, float] = field(default_factory=dict)


@dataclass
class Choices:
    """A comparison as it was asked for on the page. ensemble: calibrated sets of numbers, 0 for the default ones."""

    territory: str = "three_sites"
    behaviour: str = "balanced"
    levers_from: str = "2026-01-05"
    crises: list[CrisisChoice] = field(default_factory=list)
    portfolios: list[Portfolio] = field(default_factory=list)
    seeds: int = FIRST_SEEDS
    ensemble: int = 0

    def plain(self) -> dict[str, Any]:
        """As plain data, for JSON."""
        return asdict(self)

    def levers(self) -> list[str]:
        """Every lever of any portfolio."""
        return sorted({lever for one in self.portfolios for lever in one.doses})

    def arms(self) -> dict[str, Portfolio]:
        """Letter to portfolio, those with levers only."""
        return {letter: one for letter, one in zip(LETTERS, self.portfolios) if one.doses}

    def place(self) -> list[str]:
        """The words that say where and when, without levers or crises."""
        return [f"territory={self.territory}", f"behaviour={self.behaviour}", f"calendar.levers={self.levers_from}"]

    def words(self) -> list[str]:
        """The settings of `resilience compare` that play this."""
        arms = ",".join(f"{letter}:{{{','.join(f'{lever}:{dose:g}' for lever, dose in sorted(one.doses.items()))}}}"
                        for letter, one in self.arms().items())
        words = [*self.place(), f"crisis=[{','.join(one.card for one in self.crises)}]"]
        for one in self.crises:
            words += [f"crisis.{one.card}.start={one.start}", f"crisis.{one.card}.days={one.days}",
                      f"crisis.{one.card}.severity={one.severity:g}"]
            if one.again:
                words.append(f"crisis.{one.card}.again=[{','.join(one.again)}]")
        return [*words, f"lever=[{','.join(self.levers())}]", f"arms={{{arms}}}", f"seeds={self.seeds}",
                *([f"ensemble={self.ensemble}"] if self.ensemble else [])]


def completed(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Plain choices, with what could not be chosen yet when older folders were written."""
    return {"ensemble": 0, **plain}


def choices_from(plain: Any) -> Choices:
    """Choices out of plain data that may come from anybody. ValueError naming what is not as it should be."""
    if not isinstance(plain, Mapping):
        raise ValueError("choices: expected a mapping")
    crises = [CrisisChoice(_word(one, "card"), _word(one, "start"), int(_number(one, "days")), _number(one, "severity"),
                           [_plain_word(day) for day in one.get("again", [])]) for one in _rows(plain, "crises")]
    portfolios = [Portfolio(str(one.get("name", ""))[:NAME], {_plain_word(lever): _number(one["doses"], lever)
                                                              for lever in one.get("doses", {})})
                  for one in _rows(plain, "portfolios")]
    seeds, ensemble = int(_number(plain, "seeds")), int(_number(completed(plain), "ensemble"))
    if not 1 <= seeds <= MOST_SEEDS or len(portfolios) > len(LETTERS) or ensemble > MOST_SETS:
        raise ValueError("choices: seeds, portfolios or sets of numbers out of range")
    return Choices(_word(plain, "territory"), _word(plain, "behaviour"), _word(plain, "levers_from"), crises,
                   portfolios, seeds, ensemble)


def _rows(plain: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = plain.get(name)
    if not isinstance(rows, list) or not all(isinstance(one, Mapping) for one in rows):
        raise ValueError(f"choices: {name}: expected a list")
    return rows


def _word(plain: Mapping[str, Any], name: str) -> str:
    return _plain_word(plain.get(name))


def _plain_word(text: Any) -> str:
    if not isinstance(text, str) or not text or not all(c.isalnum() or c in "_-" for c in text):
        raise ValueError(f"choices: {text!r}: expected a name or a date")
    return text


def _number(plain: Mapping[str, Any], name: str) -> float:
    value = plain.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e9:
        raise ValueError(f"choices: {name} = {value!r}: expected a number")
    return float(value)
