"""What a study played, laid out for analysis: outcome of every arm at every point of the design with every seed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..records.folder import Opened
from ..records.parquet import read_metadata
from ..records.results import PLANS, Results
from .effects.arms import in_full, label
from .effects.outcomes import OUTCOMES, per_head
from .run_view import RunView, views

BASELINE = ""
GROUPS = ("income", "age", "household", "isolation_before")
"""Dimensions along which nobody is to be left worse off."""
SCENE = ("territory", "crises", "behaviour")
"""Columns that tell points apart where no study says what varies."""


def of_groups(view: RunView) -> dict[str, float]:
    """Group, as dimension.group, to its loss per resident in one run; NaN for an empty group."""
    return {f"{where}.{who}": per_head(view, where, who) for where, who in view.groups if where in GROUPS}


@dataclass
class Played:
    """settings: what varies, name to values[points]. arms: levers joined by + ("" without any) to their names by
    language. runs: (arm, point, seed) to the run. card: the study's own, empty for a comparison.

    Arrays over points and seeds hold NaN where a run is missing.
    """

    settings: dict[str, np.ndarray]
    arms: dict[str, dict[str, str]]
    points: int
    seeds: list[int]
    runs: dict[tuple[str, int, int], RunView]
    card: dict[str, Any] = field(default_factory=dict)
    _known: dict[tuple[str, str], np.ndarray] = field(default_factory=dict, repr=False)

    @property
    def others(self) -> list[str]:
        """Arms with levers."""
        return [arm for arm in self.arms if arm != BASELINE]

    def values(self, outcome: str, arm: str) -> np.ndarray:
        """float64[points, seeds]: an outcome of OUTCOMES, or `cost` in EUR."""
        key = (outcome, arm)
        if key not in self._known:
            of = (lambda view: float(view.run["cost"])) if outcome == "cost" else OUTCOMES[outcome].of
            self._known[key] = self._table(arm, of)
        return self._known[key]

    def _table(self, arm: str, of: Any) -> np.ndarray:
        return np.array([[of(self.runs[arm, point, seed]) if (arm, point, seed) in self.runs else np.nan
                          for seed in self.seeds] for point in range(self.points)]).reshape(self.points, -1)

    def change(self, outcome: str, arm: str) -> np.ndarray:
        """float64[points, seeds]: with the levers minus without, paired by point and seed."""
        return self.values(outcome, arm) - self.values(outcome, BASELINE)

    def groups(self, arm: str) -> dict[str, np.ndarray]:
        """Group, as dimension.group, to the change of its loss per resident, float64[points, seeds]. Empty ones out."""
        view = next(iter(self.runs.values()))
        out = {}
        for dimension, group in [one for one in view.groups if one[0] in GROUPS]:
            def of(run: RunView, where: str = dimension, who: str = group) -> float:
                return per_head(run, where, who)

            found = self._table(arm, of) - self._table(BASELINE, of)
            if np.isfinite(found).any(1).all():
                out[f"{dimension}.{group}"] = found
        return out

    def complete(self, arms: Sequence[str]) -> list[int]:
        """Places of the seeds that every one of these arms has played at every point."""
        return [k for k, seed in enumerate(self.seeds) if all(
            (arm, point, seed) in self.runs for arm in arms for point in range(self.points))]

    def sets(self, outcome: str) -> dict[frozenset[str], np.ndarray]:
        """Levers together to the outcome's mean over points, float64[seeds]; arms with doses of their own are out."""
        return {frozenset(part for part in arm.split("+") if part): self.values(outcome, arm).mean(0)
                for arm in self.arms if "*" not in arm}


def played(results: Results, study: str | None = None) -> Played:
    """The runs of one study in a folder, or of a comparison where there is no study.

    ValueError if nothing was played, the study is not there or not named among several, or no arm is a baseline.
    """
    plans = sorted((results.folder / PLANS).glob("*.parquet"))
    names = [plan.stem for plan in plans]
    if study is not None and study not in names:
        raise ValueError(f"study = {study}: not in this folder; expected one of {', '.join(names) or 'none'}")
    if len(names) > 1 and study is None:
        raise ValueError(f"{len(names)} studies here: name one with study=, of {', '.join(names)}")
    found = _of_plan(results, study or names[0]) if names else of_runs(results.opened())
    if BASELINE not in found.arms or not found.others:
        raise ValueError("expected runs without levers and runs with levers, on the same seeds")
    return found


def _of_plan(results: Results, study: str) -> Played:
    plan = results.sql("SELECT * FROM plan WHERE study = $1 ORDER BY point, arm, seed".replace("$1", _quoted(study)))
    asked = plan.fetchnumpy()
    kept = {str(row[0]) for row in results.sql("SELECT run FROM kept").fetchall()}
    done = [run for run in dict.fromkeys(map(str, asked["run"])) if run in kept]
    if not done:
        raise ValueError("nothing was played yet")
    told = json.loads(read_metadata(results.folder / PLANS / f"{study}.parquet").get("study", "{}"))
    opened = results.opened(done)
    seen = dict(zip(map(str, opened.tables["runs"]["run"]), views(opened)))
    runs, arms = {}, dict[str, dict[str, Any]]()
    for run, point, seed in zip(map(str, asked["run"]), asked["point"], asked["seed"]):
        if run in seen:
            arm = str(seen[run].run["levers"])
            arms.setdefault(arm, opened.content[run])
            runs[arm, int(point), int(seed)] = seen[run]
    points = int(max(asked["point"])) + 1
    first = [int(np.argmax(asked["point"] == point)) for point in range(points)]
    varied = [axis["name"] for axis in told.get("axes", []) if axis["name"] in asked]
    settings = {name: _plain(asked[name])[first] for name in varied}
    return Played(settings, _told_apart(arms), points, sorted(set(map(int, asked["seed"]))), runs, told)


def _told_apart(contents: dict[str, dict[str, Any]]) -> dict[str, dict[str, str]]:
    """Arms in order, each with its name: all of its levers where the short names of several are the same."""
    short = {arm: label(content) for arm, content in sorted(contents.items(), key=_order)}
    often = Counter(name["en"] for name in short.values())
    return {arm: in_full(contents[arm]) if arm and often[name["en"]] > 1 else name for arm, name in short.items()}


def of_runs(opened: Opened) -> Played:
    """Runs of no study: a point for each scenario. ValueError if there are none."""
    table = opened.tables["runs"]
    if not len(table["run"]):
        raise ValueError("nothing was played yet")
    contexts = list(dict.fromkeys(table["context"]))
    doses = _doses(opened)
    runs, arms = {}, dict[str, dict[str, Any]]()
    for view in views(opened):
        run = str(view.run["run"])
        arms.setdefault(doses[run], opened.content[run])
        runs[doses[run], contexts.index(view.run["context"]), int(view.run["seed"])] = view
    first = [int(np.argmax(table["context"] == one)) for one in contexts]
    settings = {name: table[name][first] for name in SCENE if len(set(table[name][first])) > 1}
    return Played(settings, _told_apart(arms), len(contexts), sorted(set(map(int, table["seed"]))), runs)


def _doses(opened: Opened) -> dict[str, str]:
    """Run to its levers joined by +, with their doses where the same levers were played with several."""
    table = opened.tables["runs"]
    portfolios: dict[str, set[str]] = {}
    for levers, portfolio in zip(table["levers"], table["portfolio"]):
        portfolios.setdefault(str(levers), set()).add(str(portfolio))
    out = {}
    for run, levers in zip(map(str, table["run"]), map(str, table["levers"])):
        cards = opened.content[run].get("levers") or ()
        several = len(portfolios[levers]) > 1
        out[run] = "+".join(f"{card['id']}*{float(card.get('dose', 1)):g}" if several else str(card["id"])
                            for card in cards)
    return out


def _order(arm: tuple[str, Any]) -> tuple[int, str]:
    return arm[0].count("+") + bool(arm[0]), arm[0]


def _plain(values: Any) -> np.ndarray:
    return np.asarray(values.filled(np.nan) if isinstance(values, np.ma.MaskedArray) and values.dtype.kind == "f"
                      else getattr(values, "data", values) if isinstance(values, np.ma.MaskedArray) else values)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
