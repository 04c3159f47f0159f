"""The portfolio search that a results folder holds, and which of its portfolios a brief reports."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...analysis.effects.arms import format_portfolio_key
from ...analysis.portfolios.portfolio_search import format_portfolio
from ...cards.reader import CardError, read_yaml_card

SETTINGS_FILE = "settings.yaml"
FRONT_FILE, RETURNS_FILE = Path("analysis") / "front.csv", Path("analysis") / "returns.csv"
NO_LEVERS = ("", "none")
"""Names of the portfolio without levers in these files."""
SEARCH_SETTINGS = ("budget", "plays", "fresh", "doses", "severities", "spare", "orders")
"""Settings of a search, in the order in which a command gives them."""


@dataclass(frozen=True)
class PortfolioSearch:
    """A finished search. budget: EUR a year; evaluated_count: portfolios with levers that were evaluated.

    seeds: those of the search; fresh_seeds: those with which the front was played again. front: portfolios of the
    Pareto front; steps: the best portfolio for each lower budget; singles: those of one lever; all by the names that
    the search gives them. doses: lever to the dose of its card. settings: those needed to run the search again.
    """

    budget: float
    evaluated_count: int
    seeds: tuple[int, ...]
    fresh_seeds: tuple[int, ...]
    front: tuple[str, ...]
    steps: tuple[str, ...]
    singles: tuple[str, ...]
    doses: Mapping[str, float]
    settings: Mapping[str, Any]

    def name(self, content: Mapping[str, Any]) -> str:
        """The name that the search gives to the portfolio of a run, from the run's content."""
        doses = [(str(card["id"]), float(card.get("dose", 1))) for card in content.get("levers") or ()]
        return format_portfolio(tuple(sorted((lever, dose / self.doses.get(lever, 1.0)) for lever, dose in doses)))

    def is_reported(self, name: str, seed: int) -> bool:
        """True if a brief reports this portfolio with this seed: the front only with seeds that did not choose it."""
        if name in self.front:
            return seed in (self.fresh_seeds or self.seeds)
        if not name:
            return seed in (*self.seeds, *self.fresh_seeds)
        return seed in self.seeds and name in (*self.steps, *self.singles)


def read_job_settings(folder: Path) -> dict[str, Any]:
    """The content of a folder's settings.yaml; empty where it is missing, unreadable or without settings."""
    try:
        job = read_yaml_card(folder / SETTINGS_FILE)[0]
    except (CardError, OSError):
        return {}
    return job if isinstance(job.get("settings"), Mapping) else {}


def list_portfolio_names(job: Mapping[str, Any]) -> dict[str, str]:
    """Portfolio key (levers and doses) to the name that the user gave it with arms=."""
    if job.get("portfolios"):
        return {str(key): str(name) for name, key in dict(job["portfolios"]).items()}
    settings = job.get("settings") or {}
    cards, out = settings.get("lever") or {}, {}
    for name, levers in dict(settings.get("arms") or {}).items():
        given = levers if isinstance(levers, Mapping) else dict.fromkeys(levers)
        doses = {lever: (cards.get(lever) or {}).get("dose", 1) if dose is None else dose
                 for lever, dose in given.items()}
        out[format_portfolio_key(doses)] = str(name)
    return out


def read_portfolio_search(folder: Path, job: Mapping[str, Any]) -> PortfolioSearch | None:
    """The search that a folder holds; None if its job was another one or is not finished. job: of read_job_settings."""
    if job.get("command") != "portfolio" or not (folder / FRONT_FILE).is_file():
        return None
    settings, seeds = job["settings"], tuple(job["seeds"])
    rows = [row for row in _read_rows(folder / FRONT_FILE) if row["levers"] not in NO_LEVERS]
    evaluated = [row["levers"] for row in rows]
    front = tuple(row["levers"] for row in rows if row["stays"] == "1" or row["on_front"] == "1")
    fresh = tuple(max(seeds) + 1 + k for k in range(int(settings.get("fresh", 0))))
    returns = _read_rows(folder / RETURNS_FILE) if (folder / RETURNS_FILE).is_file() else ()
    steps = tuple(row["levers"] for row in returns if row["levers"] not in NO_LEVERS)
    singles = tuple(name for name in evaluated if "+" not in name)
    doses = {name: float(card.get("dose", 1)) for name, card in (settings.get("lever") or {}).items()}
    given = {name: settings[name] for name in SEARCH_SETTINGS if settings.get(name) is not None}
    return PortfolioSearch(float(settings["budget"]), len(evaluated), seeds, fresh, front, steps, singles, doses, given)


def _read_rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
