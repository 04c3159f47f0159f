"""Recovery can be helped: with nobody helping, those hit lose far more and are back much later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.config.compose import compose_config
from simulator.config.job import resolve_job
from simulator.engine.loop import Engine

ALL_HELP = ("ties", "strangers", "far_ties", "sites", "volunteers", "groups", "institutions")
WORDS = ("territory=three_sites", "calendar.start=2026-07-06", "calendar.levers=2026-12-07", "lever=none")


def play_both(crisis: str, start: str) -> tuple[dict, dict]:
    """The summary of a run as it is, and of its fork in which nobody helps from the onset on."""
    words = [*WORDS, f"crisis={crisis}", f"crisis.{crisis}.start={start}"]
    run = resolve_job("run", compose_config("run", words, [])).run((), 1)
    past = Engine(run)
    while past.day + 7 <= past.onset:
        past.step()
    return tuple(finish(past.fork(replace(run, ablate=cuts, ablate_from="onset"))) for cuts in ((), ALL_HELP))


def finish(engine: Engine) -> dict:
    """Play to the end; the run's row of the runs table."""
    while not engine.is_done:
        engine.step()
    return {name: values[0] for name, values in engine.finish_record().tables["runs"].items()}


@pytest.mark.slow
@pytest.mark.parametrize("crisis", ["flood", "storm_power_cut", "price_shock"])
def test_with_nobody_helping_recovery_takes_at_least_twice(crisis):
    helped, alone = play_both(crisis, "2027-01-04")
    assert helped["hit"] >= 200 and abs(helped["hit"] - alone["hit"]) < 0.02 * helped["hit"]
    assert alone["loss_per_hit"] >= 2 * helped["loss_per_hit"]
    levels = [(helped[f"back_{level}"], alone[f"back_{level}"]) for level in (50, 80, 95)]
    assert any(late >= 2 * max(soon, 1) for soon, late in levels), levels
    assert alone["permanent_loss"] > helped["permanent_loss"] > 0


@pytest.mark.slow
def test_an_ordinary_cut_heals_in_days():
    helped, alone = play_both("power_cut", "2027-01-04")
    assert helped["back_95"] <= 10 and alone["back_95"] <= 14 and helped["permanent_loss"] < 0.001
