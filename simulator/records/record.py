"""The record of one run: updated after every step, finished at the end; it holds the tables of TABLE_SCHEMAS."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from ..world.world import World
from .final_tables import (
    MICRO,
    ResidentOutcomes,
    compute_groups_table,
    compute_neighbourhoods_table,
    summarise_outcomes,
)
from .map_tables import compute_links_table, compute_sites_table
from .observed.observer import Observer, make_empty_table
from .reach_log import ReachLog
from .recovery.crisis_episodes import list_crisis_episodes
from .recovery.hit import (
    build_crisis_hit_table,
    build_hit_table,
    build_recovery_table,
    find_first_return,
    summarise_hit,
)
from .recovery.hit_follow_up import HitFollowUp
from .resident_status import RecordedStep, ResidentStatus, measure_resident_status
from .resident_sums import HAZARD_SCALE, ISOLATED_BIT, SHARE_SCALE, STATE_SUM_NAMES, sum_resident_state
from .schema import FLOWS_SCHEMA, QUINTILE_COUNT, SCHEMA_VERSION, TABLE_SCHEMAS
from .social_state import ChainOutcomes, SocialState, measure_social_state

VOLUNTEER_SCALE = 1000
"""Volunteers of groups are kept in thousandths, as the table of steps holds integers."""
RecordTable = dict[str, np.ndarray]
DIGEST_LENGTH = 12


class Record:
    """Call `add_step` after each step, `finish` at the end; then `tables` holds all tables, empty if not requested.

    changes: what was changed by hand, which the run's id does not tell. A record with any cannot be stored.
    """

    def __init__(self, run_id: str, content: Mapping[str, Any]) -> None:
        self.run_id, self.content = run_id, dict(content)
        self.tables: dict[str, RecordTable] = {}
        self.changes: list[str] = []
        self._steps: list[np.ndarray] = []
        self._resident_codes: np.ndarray | None = None
        """u1[n]: income quintile + ISOLATED_BIT for residents isolated at onset."""
        self._status_before_levers: ResidentStatus | None = None
        self._status_at_onset: ResidentStatus | None = None
        self._social_at_onset: SocialState | None = None
        self._onset_day, self._day = -1, 0
        self._links: RecordTable | None = None
        calendar = self.content.get("scenario", {}).get("calendar", {})
        self._start = date.fromisoformat(str(calendar.get("start", "2025-01-06")))
        self._horizon = int(calendar.get("horizon_days", -1))
        levers = calendar.get("levers")
        self._levers_day = (date.fromisoformat(str(levers)) - self._start).days if levers else 0
        self._observer = Observer(self.content.get("observe", ()), self._levers_day)
        self._episodes = list_crisis_episodes(self.content.get("scenario", {}))
        self._hit = HitFollowUp(self._horizon, self._episodes)
        self._reach = ReachLog("reached" in self.content.get("observe", ()))

    def fork(self, run_id: str, content: Mapping[str, Any]) -> Record:
        """The record of another run that shares all steps so far, for arms that share a burn-in."""
        other = Record(run_id, content)
        other._steps, other._onset_day, other._day = list(self._steps), self._onset_day, self._day
        other._status_before_levers, other._status_at_onset = self._status_before_levers, self._status_at_onset
        other._links, other.changes = self._links, list(self.changes)
        other._resident_codes = None if self._resident_codes is None else self._resident_codes.copy()
        other._observer, other._reach = self._observer.copy(), self._reach.copy()
        other._hit = self._hit.copy(other._episodes)
        other._social_at_onset = self._social_at_onset
        return other

    def add_lever(self, world: World, day: int, lever: Any) -> None:
        """Record whom a lever reaches that begins on this day: an ActiveLever that is resolved."""
        self._reach.add_lever(world, day, lever)

    def begin_step(self, world: World, context: RecordedStep) -> None:
        """Keep what recording the step that is about to be played needs of the state before."""
        self._hit.begin_step(world, context)

    @property
    def awaits_strike(self) -> bool:
        """True where `note_strike` is to be called in the step being played."""
        return self._hit.awaits_strike

    def note_strike(self, world: World, day: int) -> None:
        """Record whom a later crisis has just hit at home, after the phase that does, in the step of this day."""
        self._hit.note_strike(world, day)

    def add_step(self, world: World, context: RecordedStep) -> None:
        """Record the step that was just played, with its ledger."""
        if self._resident_codes is None:
            self._resident_codes = world.households.quintile[world.people.household].astype(np.uint8)
        if self._status_before_levers is None and context.day + context.span >= self._levers_day:
            self._status_before_levers = measure_resident_status(world)
        status = None
        if self._status_at_onset is None and context.onset is not None:
            status = self._status_at_onset = measure_resident_status(world, context.handles.institution("register"))
            self._onset_day, self._links = context.onset, compute_links_table(world)
            self._social_at_onset = measure_social_state(world)
            self._reach.update_offered(world, context.day, status.registered)
            self._resident_codes += (status.isolated * ISOLATED_BIT).astype(np.uint8)
        self._observer.add_step(world, context, status, self._social_at_onset)
        self._hit.add_step(world, context)
        self._reach.update_served(world, context.day)
        self._day = context.day + context.span
        state = sum_resident_state(world, self._resident_codes)
        places, activity = world.neighbourhoods, context.handles.site("activity")
        active = int(((world.sites.open > 0) & (activity * context.handles.territory("site_activity") >= 0.5)).sum())
        volunteers = int(round(float(places.group_casual.sum() + places.group_core.sum()) * VOLUNTEER_SCALE))
        self._steps.append(np.concatenate([[context.day, context.span], state, world.ledger.flatten(),
                                           [active, volunteers]]))

    def finish(self, world: World, cost: Sequence[float] = (0.0, 0.0, 0.0)) -> dict[str, RecordTable]:
        """Build the run's tables and return them. cost: low, default and high cost of the levers, EUR."""
        onset = self._status_at_onset or measure_resident_status(world)
        before = self._status_before_levers or onset
        social = self._social_at_onset or measure_social_state(world)
        self._reach.update_offered(world, self._day, onset.registered)
        outcomes = ResidentOutcomes(world, onset)
        hit, by_crisis = build_hit_table(world, self._hit), build_crisis_hit_table(world, self._hit)
        chain = ChainOutcomes(world, social, onset.alive, self._reach.mark_reached(world.people.rows), hit)
        run = {**identify_run(self.run_id, self.content), **summarise_outcomes(world, outcomes, onset),
               "residents": world.people.rows, "onset": self._onset_day, "horizon": self._horizon,
               "clock": self._episodes[0].clock if self._episodes else self._horizon,
               "cost_low": cost[0], "cost": cost[1], "cost_high": cost[2]}
        steps = np.array(self._steps, np.int64).reshape(len(self._steps), -1)
        run |= summarise_hit(world, hit, self._horizon, find_first_return(self._episodes, by_crisis))
        tables = {
            "runs": {name: np.array([value]) for name, value in run.items()},
            "series": compute_series_table(steps, self._start),
            "groups": compute_groups_table(world, outcomes, chain, onset, before),
            "neighbourhoods": compute_neighbourhoods_table(world, outcomes, onset),
            "sites": compute_sites_table(world), "hit_residents": hit, "hit_by_crisis": by_crisis,
            "recovery": build_recovery_table(self._episodes, hit, by_crisis),
            "links": self._links or compute_links_table(world),
            **self._observer.build_tables(world, self._day, onset, before, social),
            "reached": self._reach.build_table(world) if self._reach.is_observed else make_empty_table("reached"),
        }
        self.tables = {name: cast_columns(name, table, self.run_id) for name, table in tables.items()}
        return self.tables


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()[:DIGEST_LENGTH]


def identify_run(run_id: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """Columns that identify the run: territory, crises, levers, seed, and the hashes by which runs are paired."""
    scenario, levers = content.get("scenario", {}), content.get("levers", ())
    shared = {k: v for k, v in content.items() if k not in ("levers", "seed")}
    territory = scenario.get("territory", {})
    return {"run": run_id, "territory": str(territory.get("id") or territory.get("name") or ""),
            "crises": "+".join(sorted(str(card["id"]) for card in scenario.get("crises", ()))),
            "levers": "+".join(sorted(str(card["id"]) for card in levers)),
            "portfolio": _digest(sorted(levers, key=lambda card: str(card["id"]))) if levers else "",
            "context": _digest(shared), "behaviour": _name_behaviour(content),
            "seed": int(content.get("seed", 0)), "model_version": str(content.get("model_version", "")),
            "schema_version": SCHEMA_VERSION}


def _name_behaviour(content: Mapping[str, Any]) -> str:
    """The structural variant of the model, and the class of residents given from outside if there is one."""
    variant, outside = content.get("model", {}).get("behaviour", ""), content.get("residents")
    extension = content.get("extensions", {}).get("residents")
    name = outside["name"] if outside else extension["path"].replace(":", ".") if extension else ""
    return f"{variant}+{name}" if name else str(variant)


def _mean_share(total: np.ndarray, count: np.ndarray) -> np.ndarray:
    """float64[steps]: mean of fixed-point shares; NaN where there is nobody."""
    return np.where(count > 0, total / np.maximum(count, 1) / SHARE_SCALE, np.nan)


def compute_series_table(steps: np.ndarray, start: date) -> RecordTable:
    """The series table, without its run column. steps int64[steps, 2 + STATE_SUM_NAMES + flows]: day and span first."""
    width = 2 + len(STATE_SUM_NAMES) + len(FLOWS_SCHEMA) + 2
    steps = steps if steps.size else np.zeros((0, width), np.int64)
    day, span = steps[:, 0], steps[:, 1]
    s = {name: steps[:, 2 + k] for k, name in enumerate(STATE_SUM_NAMES)}
    means = {name: _mean_share(s[name], s["alive"])
             for name in ("functioning", "agency", "trust_institutions", "trust_general")}
    quintiles = {f"functioning_{k}": _mean_share(s[f"f{k}"], s[f"n{k}"]) for k in range(1, QUINTILE_COUNT + 1)}
    counted = ("alive", "in_need", "members", "aware", "waiting", "isolated", "hit", "hit_low", "displaced")
    counts = {name: s[name] for name in counted}
    first = 2 + len(STATE_SUM_NAMES)
    return {"day": day, "span": span,
            "date": np.array([np.datetime64(start + timedelta(days=int(d))) for d in day], "datetime64[us]"),
            **counts, **means, **quintiles, "functioning_isolated": _mean_share(s["f_isolated"], s["n_isolated"]),
            "loss": s["loss"] / MICRO, "loss_hit": s["loss_hit"] / MICRO,
            "deaths_expected": s["deaths"] / HAZARD_SCALE, "ties": s["ties"] / 2,
            "trust": _mean_share(s["trust"], s["ties"]), "strong": s["strong"] / np.maximum(s["adults"], 1),
            **{name: steps[:, first + k] for k, name in enumerate(FLOWS_SCHEMA)},
            "sites_active": steps[:, -2], "group_volunteers": steps[:, -1] / VOLUNTEER_SCALE}


def cast_columns(name: str, table: Mapping[str, np.ndarray], run_id: str) -> RecordTable:
    """The table's columns in declared order and type. KeyError for columns that are missing or not declared."""
    fields = TABLE_SCHEMAS[name]
    rows = len(next(iter(table.values())))
    full = {"run": np.full(rows, run_id, object), **table}
    if set(full) != set(fields):
        raise KeyError(f"table {name}: {sorted(set(full) ^ set(fields))} missing or not declared in records/schema.py")
    dtypes = {"str": "object", "date": "datetime64[us]"}
    return {column: np.asarray(full[column]).astype(dtypes.get(field.dtype, field.dtype))
            for column, field in fields.items()}
