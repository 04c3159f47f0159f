"""`effects` and `summarise`: what a frame of runs says, with common random numbers paired by setting and seed."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..analysis.effects.outcomes import OUTCOMES
from ..analysis.effects.paired_outcomes import compare_paired_outcome
from ..analysis.effects.value_summary import summarise_values
from ..config.errors import UsageError, suggest_names
from ..studies.plan import BASELINE_ARM
from .runs import IDENTIFYING_COLUMNS, OUTCOMES_KEY
from .setting_error import as_setting_errors

if TYPE_CHECKING:
    import pandas



def effects(runs: pandas.DataFrame, outcomes: Sequence[str] | None = None,
            by: str | Sequence[str] = ()) -> pandas.DataFrame:
    """The effect of each arm with levers: paired differences from the baseline, in a frame of `run_many`.

    outcomes: columns to compare; by default those that `run_many` measured. by: settings to keep apart; over all others
    the differences are averaged, seed by seed, since seeds are the units of replication.

    Columns: those of `by`, `arm`, `outcome`, `unit`, `n` (seeds), `points`, `baseline` and `mean` (without and with the
    levers), `difference`, `spread` (standard deviation of the differences), `low` and `high` (95 % interval by
    Student's t, NaN below two seeds), `prob_benefit`, `more_seeds` (still needed to settle the question; -1: seeds
    cannot). SettingError without runs of both kinds that share their settings and a seed.
    """
    import pandas

    with as_setting_errors():
        names = find_outcome_columns(runs, outcomes)
        keys = [by] if isinstance(by, str) else list(by)
        settings = list_setting_columns(runs, names)
        _check_columns(keys, settings)
        rows = [row for name in names for row in _list_effects(runs, name, keys, settings)]
        if not rows:
            raise UsageError("no effects: expected runs without levers and runs with levers of the same settings and "
                             "seed; add None to levers")
    return pandas.DataFrame(rows)


def summarise(runs: pandas.DataFrame, outcomes: Sequence[str] | None = None,
              by: str | Sequence[str] | None = None) -> pandas.DataFrame:
    """One row for each point and arm of a frame of `run_many`, and each outcome: mean and spread over seeds.

    by: settings that make a point; by default all of them. Columns: those of `by`, `arm`, `outcome`, `unit`, `n`,
    `mean`, `spread` (standard deviation), `low` and `high` (95 % interval of the mean that holds at every look at the
    data), `more_needed`: seeds still missing for an interval. SettingError for an unknown column.
    """
    import pandas

    with as_setting_errors():
        names = find_outcome_columns(runs, outcomes)
        settings = list_setting_columns(runs, names)
        keys = settings if by is None else [by] if isinstance(by, str) else list(by)
        _check_columns(keys, settings)
    rows = []
    for key, part in _group_rows(runs, [*keys, "arm"]):
        for name in names:
            found = summarise_values(part[name].to_numpy(float))
            rows.append({**dict(zip([*keys, "arm"], key)), "outcome": name, "unit": get_unit(name), "n": found.n,
                         "mean": found.mean, "spread": found.deviation, "low": found.low, "high": found.high,
                         "more_needed": found.more_needed})
    return pandas.DataFrame(rows)


def get_unit(outcome: str) -> str:
    """The unit of an outcome; empty for one of one's own."""
    return OUTCOMES[outcome].unit if outcome in OUTCOMES else ""


def find_outcome_columns(runs: pandas.DataFrame, outcomes: Sequence[str] | None) -> list[str]:
    """The columns of outcomes. UsageError for a name that is no column, or a frame without any."""
    if outcomes is not None:
        names = [outcomes] if isinstance(outcomes, str) else list(outcomes)
        _check_columns(names, list(runs.columns))
        return names
    known = list(runs.attrs.get(OUTCOMES_KEY, ())) or [name for name in runs.columns if name in OUTCOMES]
    found = [name for name in known if name in runs.columns]
    if not found:
        raise UsageError("{where}: outcome {word!r} is not known; expected: {choices}", where="outcomes", word="",
                         choices=suggest_names("", list(runs.columns)))
    return found


def list_setting_columns(runs: pandas.DataFrame, outcomes: Sequence[str]) -> list[str]:
    """The columns that say how a run was set, but for its levers and its seed."""
    others = {*IDENTIFYING_COLUMNS, *outcomes, *runs.attrs.get(OUTCOMES_KEY, ()), *OUTCOMES, "lever"}
    return [str(name) for name in runs.columns if name not in others]


def _check_columns(names: Sequence[str], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            raise UsageError("no column {name!r}: expected {choices}", name=name, choices=suggest_names(name, known))


def _group_rows(runs: pandas.DataFrame, keys: Sequence[str]) -> Iterator[tuple[tuple[Hashable, ...], Any]]:
    """(values of the keys, rows), in the order in which they first occur."""
    if not keys:
        yield (), runs
        return
    yield from runs.groupby(list(keys), sort=False, dropna=False)


def _list_effects(runs: pandas.DataFrame, outcome: str, keys: Sequence[str],
                  settings: Sequence[str]) -> Iterator[dict[str, Any]]:
    """One row for each combination of the keys and each arm with levers that has a pair."""
    once = runs.drop_duplicates([*settings, "arm", "seed"])
    alone = once[once["arm"] == BASELINE_ARM].set_index([*settings, "seed"])[outcome]
    for key, part in _group_rows(once[once["arm"] != BASELINE_ARM], [*keys, "arm"]):
        with_ = part.set_index([*settings, "seed"])[outcome]
        shared = with_.index.intersection(alone.index, sort=False)
        if not len(shared):
            continue
        without, with_levers = _average_over_points(alone.loc[shared]), _average_over_points(with_.loc[shared])
        effect = compare_paired_outcome(outcome, without, with_levers)
        yield {**dict(zip([*keys, "arm"], key)), "outcome": outcome, "unit": get_unit(outcome), "n": effect.n,
               "points": len(shared.droplevel("seed").unique()) if settings else 1, "baseline": effect.baseline,
               "mean": effect.mean, "difference": effect.difference,
               "spread": float(np.std(with_levers - without, ddof=1)) if effect.n > 1 else float("nan"),
               "low": effect.low, "high": effect.high, "prob_benefit": effect.prob_benefit,
               "more_seeds": effect.more_seeds}


def _average_over_points(values: Any) -> np.ndarray:
    """float64[seeds]: mean over points, for the seeds that every point has, in the order of seeds."""
    by_seed = values.groupby(level="seed", sort=True)
    complete = by_seed.size() == by_seed.size().max()
    return by_seed.mean()[complete].to_numpy(float)
