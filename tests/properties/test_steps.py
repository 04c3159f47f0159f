"""I8: calm played in weekly and in daily steps agree, up to the random numbers of other needs."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from simulator.engine.loop import Engine, set_num_threads
from simulator.rules.need_domains import DOMAINS, MILLI, SOURCES
from tests.properties.trial_run import LEVERS_DAY, PLACE, column, fresh, played, trial

WEEKS, RESIDENTS = 26, 3000
WITHIN = 0.01
TIES = ("kin", "friend", "neighbour", "other", "project", "far", "stranger")
STATES = ("members", "aware", "ties", "trust", "agency", "trust_general", "trust_institutions", "functioning",
          "in_need")


@pytest.fixture(scope="module")
def calms() -> tuple[Engine, Engine]:
    """Half a year of the same larger village without crises, by weeks and by days."""
    set_num_threads(1)
    run = trial(crises=(), place=replace(PLACE, residents=RESIDENTS), horizon_days=7 * WEEKS - LEVERS_DAY)
    world = fresh(run)
    weekly, daily = Engine(run, world=world.copy()), Engine(run, world=world)
    daily.steps = [(day, 1) for day in range(7 * WEEKS)]
    for engine in (weekly, daily):
        while not engine.is_done:
            engine.step()
        engine.finish_record()
    return weekly, daily


@pytest.mark.parametrize("name", STATES)
def test_states_agree(name: str, calms: tuple[Engine, Engine]) -> None:
    weekly, daily = (column(engine, name) for engine in calms)
    assert len(weekly) == WEEKS and len(daily) == 7 * WEEKS
    assert daily[-1] == pytest.approx(weekly[-1], rel=WITHIN)


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_same_needs_arise(domain: str, calms: tuple[Engine, Engine]) -> None:
    """Everyday needs keep their weekly rhythm and their random numbers: not one thousandth differs."""
    weekly, daily = (column(engine, f"new_{domain}") for engine in calms)
    assert daily.reshape(-1, 7)[:, 0].tolist() == weekly.tolist() and daily.sum() == weekly.sum() > 0


def met(engine: Engine, source: str) -> float:
    """Needs met by this source over the run, h or units."""
    return float(sum(column(engine, f"met_{source}_{domain}").sum() for domain in DOMAINS)) / MILLI


def tolerance(amount: float) -> float:
    """Relative error of a sum of exponential needs, 1.5 on average, of which one in a hundred goes elsewhere.

    Five standard errors (an error rate of 6e-7); common random numbers leave no more to chance than those few.
    """
    return 5 * math.sqrt(2 * 1.5 * WITHIN / amount)


@pytest.mark.parametrize("source", SOURCES)
def test_who_helps_agrees(source: str, calms: tuple[Engine, Engine]) -> None:
    weeks, days = (met(engine, source) for engine in calms)
    assert days == pytest.approx(weeks, rel=WITHIN + (tolerance(weeks) if weeks else 0))


@pytest.mark.parametrize("sources", [SOURCES[:2], TIES, ("site", "institution")], ids=["home", "ties", "places"])
def test_who_helps_agrees_in_sum(sources: tuple[str, ...], calms: tuple[Engine, Engine]) -> None:
    weeks, days = (sum(met(engine, source) for source in sources) for engine in calms)
    assert days == pytest.approx(weeks, rel=WITHIN)


def test_help_is_daily_in_weeks_of_a_crisis_and_weekly_in_calm() -> None:
    """Daily steps are those of the weeks that a crisis touches, or that begin within recovery_days of its start."""
    engine = played(trial())
    day, span = column(engine, "day"), column(engine, "span")
    daily = (day >= 56) & (day < 77)
    assert (span == np.where(daily, 1, 7)).all() and daily.sum() == 21
    for domain in DOMAINS:
        new = column(engine, f"new_{domain}")
        assert (new > 0).all()
        rates = new[daily].sum() / 21, new[~daily].sum() / span[~daily].sum()
        assert 0.5 < rates[0] / rates[1] < 2
