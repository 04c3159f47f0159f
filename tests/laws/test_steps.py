"""I8: a calm played in weeks and the same calm played in days agree, up to the luck of other needs."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from simulator.engine.loop import Engine, use_threads
from simulator.rules.domain import DOMAINS, MILLI, SOURCES
from tests.laws.trial import LEVERS_DAY, PLACE, column, fresh, played, trial

WEEKS, RESIDENTS = 26, 3000
WITHIN = 0.01
TIES = ("kin", "friend", "neighbour", "other", "project", "far", "stranger")
STATES = ("members", "aware", "ties", "trust", "agency", "trust_general", "trust_institutions", "functioning",
          "in_need")


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


@pytest.mark.parametrize("name", STATES)
def test_states_agree(name: str, calms: tuple[Engine, Engine]) -> None:
    weekly, daily = (column(engine, name) for engine in calms)
    assert len(weekly) == WEEKS and len(daily) == 7 * WEEKS
    assert daily[-1] == pytest.approx(weekly[-1], rel=WITHIN)


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_same_needs_arise(domain: str, calms: tuple[Engine, Engine]) -> None:
    """Everyday needs keep their weekly rhythm, and with it their luck: not one thousandth differs."""
    weekly, daily = (column(engine, f"new_{domain}") for engine in calms)
    assert daily.reshape(-1, 7)[:, 0].tolist() == weekly.tolist() and daily.sum() == weekly.sum() > 0


def met(engine: Engine, source: str) -> float:
    """Needs met by this source over the run, h or units."""
    return float(sum(column(engine, f"met_{source}_{domain}").sum() for domain in DOMAINS)) / MILLI


def chance(amount: float) -> float:
    """What luck may do to a sum of needs of 1.5 on average, exponential, of which one in a hundred went elsewhere.

    Five standard errors (an error rate of 6e-7), relative: paired luck leaves no more to chance than those few.
    """
    return 5 * math.sqrt(2 * 1.5 * WITHIN / amount)


@pytest.mark.parametrize("source", SOURCES)
def test_who_helps_agrees(source: str, calms: tuple[Engine, Engine]) -> None:
    weeks, days = (met(engine, source) for engine in calms)
    assert days == pytest.approx(weeks, rel=WITHIN + (chance(weeks) if weeks else 0))


@pytest.mark.parametrize("sources", [SOURCES[:2], TIES, ("site", "institution")], ids=["home", "ties", "places"])
def test_who_helps_agrees_in_sum(sources: tuple[str, ...], calms: tuple[Engine, Engine]) -> None:
    weeks, days = (sum(met(engine, source) for source in sources) for engine in calms)
    assert days == pytest.approx(weeks, rel=WITHIN)


def test_weeks_of_a_crisis_are_lived_by_days_and_calm_ones_by_the_week() -> None:
    """In daily steps after a crisis nothing arises and nobody is served but once a week; what is unmet waits, whole."""
    engine = played(trial())
    day, span = column(engine, "day"), column(engine, "span")
    crisis, after = (day >= 56) & (day < 63), (day >= 63) & (span == 1)
    for domain in DOMAINS:
        books = (column(engine, f"{name}_{domain}") for name in ("new", "carried", "faded", "unmet"))
        new, carried, faded, unmet = books
        assert (new[crisis] > 0).all()
        waits = after & (day % 7 > 0)
        assert waits.sum() == 12 and (new[after & ~waits] > 0).all()
        assert not new[waits].any() and not faded[waits].any() and (carried == unmet)[waits].all()
