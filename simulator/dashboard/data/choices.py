"""What is chosen on the page (territory, crises, portfolios, seeds), as plain data and as settings of `compare`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from ...i18n.translation import Message

ARM_LETTERS = "ABCDEF"
"""Names of the portfolios' arms, which also limit the number of portfolios."""
FIRST_SEEDS, MAX_SEEDS = 4, 200
MAX_PARAMETER_SETS = 10
"""Calibrated parameter sets at most, in folders of earlier versions."""
EACH_VARIANT = "each"
"""Stands for the plausible behaviour variants, which seeds take in turn."""
UNCERTAINTIES = ("numbers", "seeds")
"""numbers: each seed has its own plausible set of numbers. seeds: all play the default numbers."""
MAX_NAME_LENGTH = 40
"""Characters of a portfolio's name."""


@dataclass
class CrisisChoice:
    """One crisis: its card, first day (ISO), days, severity, and the days on which it comes back."""

    card: str = ""
    start: str = ""
    days: int = 1
    severity: float = 1.0
    again: list[str] = field(default_factory=list)


@dataclass
class PortfolioChoice:
    """Levers chosen together, with a dose for each. name: given by the user, may be empty."""

    name: str = ""
    doses: dict[str, float] = field(default_factory=dict)


@dataclass
class Choices:
    """A comparison as chosen on the page.

    behaviour: a variant, or EACH_VARIANT. uncertainty: one of UNCERTAINTIES. ensemble: number of parameter sets that
    seeds take in turn instead, in folders of earlier versions; 0 otherwise.
    """

    territory: str = "three_sites"
    behaviour: str = EACH_VARIANT
    levers_from: str = "2026-01-05"
    crises: list[CrisisChoice] = field(default_factory=list)
    portfolios: list[PortfolioChoice] = field(default_factory=list)
    seeds: int = FIRST_SEEDS
    ensemble: int = 0
    uncertainty: str = UNCERTAINTIES[0]

    def to_dict(self) -> dict[str, Any]:
        """As plain data, for JSON."""
        return asdict(self)

    def levers(self) -> list[str]:
        """Every lever of any portfolio."""
        return sorted({lever for portfolio in self.portfolios for lever in portfolio.doses})

    def arms(self) -> dict[str, PortfolioChoice]:
        """Letter to portfolio, for the portfolios that have levers."""
        return {letter: portfolio for letter, portfolio in zip(ARM_LETTERS, self.portfolios) if portfolio.doses}

    def scenario_overrides(self) -> list[str]:
        """Settings of territory and calendar, in this order; no crises, no levers."""
        return [f"territory={self.territory}", f"calendar.levers={self.levers_from}"]

    def number_overrides(self) -> list[str]:
        """Settings of the behaviour variant and of the numbers that seeds play."""
        variant = [] if self.behaviour == EACH_VARIANT else [f"behaviour={self.behaviour}"]
        if self.ensemble:
            return [*variant, f"ensemble={self.ensemble}"]
        return [*variant, f"uncertainty={self.uncertainty}"]

    def to_overrides(self) -> list[str]:
        """The settings of `resilience compare` that run this comparison."""
        doses = {letter: ",".join(f"{lever}:{dose:g}" for lever, dose in sorted(portfolio.doses.items()))
                 for letter, portfolio in self.arms().items()}
        arms = ",".join(f"{letter}:{{{levers}}}" for letter, levers in doses.items())
        overrides = [*self.scenario_overrides(), f"crisis=[{','.join(crisis.card for crisis in self.crises)}]"]
        for crisis in self.crises:
            overrides += [f"crisis.{crisis.card}.start={crisis.start}", f"crisis.{crisis.card}.days={crisis.days}",
                          f"crisis.{crisis.card}.severity={crisis.severity:g}"]
            if crisis.again:
                overrides.append(f"crisis.{crisis.card}.again=[{','.join(crisis.again)}]")
        return [*overrides, f"lever=[{','.join(self.levers())}]", f"arms={{{arms}}}", f"seeds={self.seeds}",
                *self.number_overrides()]


def fill_missing_choices(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Plain choices, completed by what older folders do not have yet."""
    return {"ensemble": 0, "uncertainty": "seeds", **plain}


def parse_choices(plain: Any) -> Choices:
    """Parse choices from plain data of untrusted origin. ValueError that names what is wrong."""
    if not isinstance(plain, Mapping):
        raise ValueError(Message("choices: expected a mapping"))
    crises = [CrisisChoice(_name(row, "card"), _name(row, "start"), int(_number(row, "days")), _number(row, "severity"),
                           [_check_name(day) for day in _list(row, "again")]) for row in _rows(plain, "crises")]
    portfolios = [PortfolioChoice(str(row.get("name", ""))[:MAX_NAME_LENGTH],
                                  {_check_name(lever): _number(row["doses"], lever) for lever in _doses(row)})
                  for row in _rows(plain, "portfolios")]
    filled = fill_missing_choices(plain)
    seeds, ensemble = int(_number(plain, "seeds")), int(_number(filled, "ensemble"))
    uncertainty = _name(filled, "uncertainty")
    if (not 1 <= seeds <= MAX_SEEDS or len(portfolios) > len(ARM_LETTERS) or ensemble > MAX_PARAMETER_SETS
            or uncertainty not in UNCERTAINTIES):
        raise ValueError(Message("choices: seeds, portfolios or sets of numbers out of range"))
    return Choices(_name(plain, "territory"), _name(plain, "behaviour"), _name(plain, "levers_from"), crises,
                   portfolios, seeds, ensemble, uncertainty)


def _rows(plain: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = plain.get(name)
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise ValueError(Message("choices: {name}: expected a list", name=name))
    return rows


def _list(row: Mapping[str, Any], name: str) -> list[Any]:
    found = row.get(name, [])
    if not isinstance(found, list):
        raise ValueError(Message("choices: {name}: expected a list", name=name))
    return found


def _doses(row: Mapping[str, Any]) -> Mapping[str, Any]:
    found = row.get("doses", {})
    if not isinstance(found, Mapping):
        raise ValueError(Message("choices: expected a mapping"))
    return found


def _name(plain: Mapping[str, Any], name: str) -> str:
    return _check_name(plain.get(name))


def _check_name(text: Any) -> str:
    if not isinstance(text, str) or not text or not all(c.isalnum() or c in "_-" for c in text):
        raise ValueError(Message("choices: {text}: expected a name or a date", text=repr(text)))
    return text


def _number(plain: Mapping[str, Any], name: str) -> float:
    value = plain.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e9:
        raise ValueError(Message("choices: {name} = {value}: expected a number", name=name, value=repr(value)))
    return float(value)
