"""I8: a calm played in weeks and the same calm played in days agree, up to the luck of other needs."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from simulator.engine.loop import Engine, use_threads
from simulator.rules.domain import DOMAINS, MILLI, SOURCES
from tests.laws.trial import LEVERS_DAY, PLACE, column, fresh, trial

WEEKS, RESIDENTS = 26, 3000
WITHIN = {"members": 0.01, "aware": 0.01, "ties": 0.01, "agency": 0.01, "trust_general": 0.01, "functioning": 0.01,
          "trust": 0.02, "trust_institutions": 0.02}
"""Trust follows who helped, which is not the same by weeks and by days: see the last test."""
TIES = ("kin", "friend", "neighbour", "other", "project")


@pytest.fixture(scope="module")
def calms() -> tuple[Engine, Engine]:
    """Half a year of the same larger village without crises, by weeks and by days."""
    use_threads(1)
    run = trial(crises=(), place=replace(PLACE, residents=RESIDENTS), horizon_days=7 * WEEKS - LEVERS_DAY)
    world = fresh(run)
    weekly, daily = Engine(run, world=world.copy()), Engine(run, world=world)
    daily.steps = [(day, 1) for day in range(7 * WEEKS)]
    for engine in (weekly, daily):
        while not engine.done:
            engine.step()
        engine.finish()
    return weekly, daily


@pytest.mark.parametrize("name", WITHIN)
def test_states_agree(name: str, calms: tuple[Engine, Engine]) -> None:
    weekly, daily = (column(engine, name) for engine in calms)
    assert len(weekly) == WEEKS and len(daily) == 7 * WEEKS
    assert daily[-1] == pytest.approx(weekly[-1], rel=WITHIN[name])


def met(engine: Engine, sources: tuple[str, ...]) -> float:
    """Needs met by these sources over the run, h or units."""
    each = (column(engine, f"met_{source}_{domain}").sum() for source in sources for domain in DOMAINS)
    return float(sum(each)) / MILLI


def chance(amount: float) -> float:
    """What luck may do to the sum of needs of 1.5 on average, exponential: five standard errors, relative."""
    return 5 * math.sqrt(2 * 1.5 / amount)


def test_needs_agree(calms: tuple[Engine, Engine]) -> None:
    """Needs come by other luck in days than in weeks, so a margin of chance stands beside the one per cent."""
    weeks, days = (float(sum(column(one, f"new_{domain}").sum() for domain in DOMAINS)) / MILLI for one in calms)
    assert days == pytest.approx(weeks, rel=0.01 + chance(weeks))


def test_help_from_outside_the_household_agrees_in_sum(calms: tuple[Engine, Engine]) -> None:
    weeks, days = (met(engine, SOURCES[2:]) for engine in calms)
    assert days == pytest.approx(weeks, rel=0.01 + chance(weeks))


@pytest.mark.xfail(strict=True, reason="a helper gives one act a day: in days what is left goes to the town hall the "
                                       "same day, in weeks seven acts may follow first")
def test_who_helps_agrees(calms: tuple[Engine, Engine]) -> None:
    weeks, days = (met(engine, TIES) for engine in calms)
    assert days == pytest.approx(weeks, rel=0.01 + chance(weeks))
