"""The memory of one run: fed after every step, closed at the end; the tables of schema.TABLES."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from ..world.world import World
from .final import MICRO, Fates, group_table, neighbourhood_table, spread
from .geography import link_table, site_table
from .observed.observer import Observer
from .schema import FIFTHS, FLOWS, SCHEMA_VERSION, TABLES
from .standing import Standing, Step, stand
from .tally import ISOLATED_BIT, NAMES, RARE, UNIT, state

Table = dict[str, np.ndarray]
HASH_DIGITS = 12


class Record:
    """`take` after each step, `finish` at the end; then `tables` holds every table, those not asked for empty."""

    def __init__(self, run_id: str, content: Mapping[str, Any]) -> None:
        self.run_id, self.content = run_id, dict(content)
        self.tables: dict[str, Table] = {}
        self._steps: list[np.ndarray] = []
        self._mark: np.ndarray | None = None
        self._before: Standing | None = None
        self._onset: Standing | None = None
        self._onset_day, self._day = -1, 0
        self._links: Table | None = None
        calendar = self.content.get("scenario", {}).get("calendar", {})
        self._start = date.fromisoformat(str(calendar.get("start", "2025-01-06")))
        self._horizon = int(calendar.get("horizon_days", -1))
        levers = calendar.get("levers")
        self._levers_day = (date.fromisoformat(str(levers)) - self._start).days if levers else 0
        self._observer = Observer(self.content.get("observe", ()), self._levers_day)

    def fork(self, run_id: str, content: Mapping[str, Any]) -> Record:
        """A record of another run that shares every step taken so far: for arms that share a burn-in."""
        other = Record(run_id, content)
        other._steps, other._onset_day, other._day = list(self._steps), self._onset_day, self._day
        other._before, other._onset, other._links = self._before, self._onset, self._links
        other._mark = None if self._mark is None else self._mark.copy()
        other._observer = self._observer.copy()
        return other

    def take(self, world: World, now: Step) -> None:
        """Remember the step that was just played, and its ledger."""
        if self._mark is None:
            self._mark = world.households.quintile[world.people.household].astype(np.uint8)
        if self._before is None and now.day + now.span >= self._levers_day:
            self._before = stand(world)
        begins = None
        if self._onset is None and now.onset is not None:
            begins = self._onset = stand(world, now.handles.institution("register"))
            self._onset_day, self._links = now.onset, link_table(world)
            self._mark += (self._onset.isolated * ISOLATED_BIT).astype(np.uint8)
        self._observer.take(world, now, begins)
        self._day = now.day + now.span
        self._steps.append(np.concatenate([[now.day, now.span], state(world, self._mark), flows(world)]))

    def finish(self, world: World, cost: Sequence[float] = (0.0, 0.0, 0.0)) -> dict[str, Table]:
        """The run's tables. cost: low, middle, high cost of the levers, EUR."""
        onset = self._onset or stand(world)
        before = self._before or onset
        fates = Fates(world, onset)
        run = {**headline(self.run_id, self.content), **spread(world, fates, onset), "residents": world.people.rows,
               "onset": self._onset_day, "horizon": self._horizon,
               "cost_low": cost[0], "cost": cost[1], "cost_high": cost[2]}
        raw = {"runs": {name: np.array([value]) for name, value in run.items()},
               "series": series(np.array(self._steps, np.int64).reshape(len(self._steps), -1), self._start),
               "groups": group_table(world, fates, onset, before),
               "neighbourhoods": neighbourhood_table(world, fates, onset),
               "sites": site_table(world), "links": self._links or link_table(world),
               **self._observer.finish(world, self._day, onset)}
        self.tables = {name: cast(name, table, self.run_id) for name, table in raw.items()}
        return self.tables


def flows(world: World) -> np.ndarray:
    """int64[FLOWS]: the step's ledger, laid out in the order of schema.FLOWS."""
    book = world.ledger
    return np.concatenate([book.new, book.carried, book.faded, book.unmet, book.met.ravel(), book.hours_given,
                           book.hours_received, book.goods, book.money, book.counts])


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()[:HASH_DIGITS]


def headline(run_id: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """Who this run is: names of what it plays, and the hashes by which runs are paired."""
    scenario, levers = content.get("scenario", {}), content.get("levers", ())
    model = content.get("model", {})
    shared = {k: v for k, v in content.items() if k not in ("levers", "seed")}
    territory = scenario.get("territory", {})
    return {"run": run_id, "territory": str(territory.get("id") or territory.get("name") or ""),
            "crises": "+".join(sorted(str(card["id"]) for card in scenario.get("crises", ()))),
            "levers": "+".join(sorted(str(card["id"]) for card in levers)),
            "portfolio": _digest(sorted(levers, key=lambda card: str(card["id"]))) if levers else "",
            "context": _digest(shared), "behaviour": str(model.get("behaviour", "")),
            "seed": int(content.get("seed", 0)), "model_version": str(content.get("model_version", "")),
            "schema_version": SCHEMA_VERSION}


def _mean(total: np.ndarray, heads: np.ndarray) -> np.ndarray:
    return np.where(heads > 0, total / np.maximum(heads, 1) / UNIT, np.nan)


def series(steps: np.ndarray, start: date) -> Table:
    """The series table of int64[steps, 2 + NAMES + FLOWS], without its run column."""
    width = 2 + len(NAMES) + len(FLOWS)
    steps = steps if steps.size else np.zeros((0, width), np.int64)
    day, span = steps[:, 0], steps[:, 1]
    s = {name: steps[:, 2 + k] for k, name in enumerate(NAMES)}
    means = {name: _mean(s[name], s["alive"])
             for name in ("functioning", "agency", "trust_institutions", "trust_general")}
    fifths = {f"functioning_{k}": _mean(s[f"f{k}"], s[f"n{k}"]) for k in range(1, FIFTHS + 1)}
    counts = {name: s[name] for name in ("alive", "in_need", "members", "aware", "waiting", "isolated")}
    first = 2 + len(NAMES)
    return {"day": day, "span": span,
            "date": np.array([np.datetime64(start + timedelta(days=int(d))) for d in day], "datetime64[us]"),
            **counts, **means, **fifths, "functioning_isolated": _mean(s["f_isolated"], s["n_isolated"]),
            "loss": s["loss"] / MICRO, "deaths_expected": s["deaths"] / RARE, "ties": s["ties"] / 2,
            "trust": _mean(s["trust"], s["ties"]), "strong": s["strong"] / np.maximum(s["adults"], 1),
            **{name: steps[:, first + k] for k, name in enumerate(FLOWS)}}


def cast(name: str, table: Mapping[str, np.ndarray], run_id: str) -> Table:
    """The table's columns in declared order and type. KeyError names a column that is missing or not declared."""
    fields = TABLES[name]
    rows = len(next(iter(table.values())))
    full = {"run": np.full(rows, run_id, object), **table}
    if set(full) != set(fields):
        raise KeyError(f"table {name}: {sorted(set(full) ^ set(fields))} missing or not declared in records/schema.py")
    kinds = {"str": "object", "date": "datetime64[us]"}
    return {column: np.asarray(full[column]).astype(kinds.get(field.dtype, field.dtype))
            for column, field in fields.items()}
