"""What the folder of a portfolio search says of itself, and which of its portfolios a brief tells of."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...analysis.effects.arms import portfolio_key
from ...analysis.portfolios.search import name_of
from ...cards.reader import CardError, read

SETTINGS = "settings.yaml"
FRONT, RETURNS = Path("analysis") / "front.csv", Path("analysis") / "returns.csv"
NOTHING = ("", "none")
WORDS = ("budget", "plays", "fresh", "doses", "severities", "spare", "orders")
"""Settings of a search, in the order in which a command gives them."""


@dataclass(frozen=True)
class Search:
    """A search that ended. budget: EUR a year; tried: portfolios with levers that were evaluated.

    seeds: of the search; fresh: those on which the front was played again. front: portfolios that no other beats;
    steps: the best one for each lower budget; singles: one lever each; all by name, as the search calls them. doses:
    lever to its card's own dose. words: settings that play it again.
    """

    budget: float
    tried: int
    seeds: tuple[int, ...]
    fresh: tuple[int, ...]
    front: tuple[str, ...]
    steps: tuple[str, ...]
    singles: tuple[str, ...]
    doses: Mapping[str, float]
    words: Mapping[str, Any]

    def name(self, content: Mapping[str, Any]) -> str:
        """The portfolio of a run as the search calls it, from the run's content."""
        return name_of(tuple(sorted((str(card["id"]), float(card.get("dose", 1)) / self.doses.get(str(card["id"]), 1.0))
                                    for card in content.get("levers") or ())))

    def told(self, name: str, seed: int) -> bool:
        """True if a brief tells of this portfolio with this seed: of the front, by seeds that did not choose it."""
        if name in self.front:
            return seed in (self.fresh or self.seeds)
        return seed in self.seeds and name in (*self.steps, *self.singles) or not name and seed in (
            *self.seeds, *self.fresh)


def about(folder: Path) -> dict[str, Any]:
    """What settings.yaml says of a folder's job; empty without one that can be read and says it."""
    try:
        told = read(folder / SETTINGS)[0]
    except (CardError, OSError):
        return {}
    return told if isinstance(told.get("settings"), Mapping) else {}


def names_of(told: Mapping[str, Any]) -> dict[str, str]:
    """Names that somebody gave portfolios (arms=), by their levers and doses."""
    settings = told.get("settings") or {}
    cards, out = settings.get("lever") or {}, {}
    for name, levers in dict(settings.get("arms") or {}).items():
        given = levers if isinstance(levers, Mapping) else dict.fromkeys(levers)
        out[portfolio_key({lever: (cards.get(lever) or {}).get("dose", 1) if dose is None else dose
                           for lever, dose in given.items()})] = str(name)
    return out


def searched(folder: Path, told: Mapping[str, Any]) -> Search | None:
    """The search that a folder holds; None if its job was another, or did not come to an end."""
    if told.get("command") != "portfolio" or not (folder / FRONT).is_file():
        return None
    settings, seeds = told["settings"], tuple(told["seeds"])
    front = [row["levers"] for row in _rows(folder / FRONT) if row["stays"] == "1" or row["on_front"] == "1"]
    evaluated = [row["levers"] for row in _rows(folder / FRONT) if row["levers"] not in NOTHING]
    fresh = tuple(max(seeds) + 1 + place for place in range(int(settings.get("fresh", 0))))
    steps = [row["levers"] for row in _rows(folder / RETURNS)] if (folder / RETURNS).is_file() else []
    doses = {name: float(card.get("dose", 1)) for name, card in (settings.get("lever") or {}).items()}
    return Search(float(settings["budget"]), len(evaluated), seeds, fresh,
                  tuple(one for one in front if one not in NOTHING), tuple(one for one in steps if one not in NOTHING),
                  tuple(one for one in evaluated if "+" not in one), doses,
                  {name: settings[name] for name in WORDS if settings.get(name) is not None})


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
