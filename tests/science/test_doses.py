"""Opening a site does no harm: more sites do not do less good, beyond luck. Run with `pytest -m science_long`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.config.compose import compose_config
from simulator.config.job import resolve_job
from simulator.engine.loop import Engine, set_num_threads

DOSES = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0)
"""The card offers up to four sites; ten show what a fault in hearing or joining would do. Half a site is none."""
SEEDS = range(1, 11)


def losses(seed: int) -> list[float]:
    """Person-days lost per resident in a lockdown, by dose; all doses share the calm weeks before levers."""
    words = ["territory=three_sites", "crisis=[lockdown]", f"seeds=[{seed}]", "lever=[open_project]"]
    job = resolve_job("compare", compose_config("compare", words, []))
    none = replace(job.baseline, seed=seed, levers=())
    dates, engine, found = none.scenario.calendar, Engine(none), []
    while engine.day + 7 <= dates.day(dates.levers) // 7 * 7:
        engine.step()
    for dose in DOSES:
        levers = tuple(replace(lever, dose=dose) for lever in job.levers) if dose else ()
        arm = engine.fork(replace(none, levers=levers))
        while not arm.is_done:
            arm.step()
        runs = arm.finish_record().tables["runs"]
        found.append(float(runs["loss"][0] / runs["n"][0]))
    return found


@pytest.mark.science_long
def test_more_sites_do_not_do_less_good() -> None:
    set_num_threads(2)
    table = np.array([losses(seed) for seed in SEEDS])
    effect = 100 * (table / table[:, :1] - 1)
    for k in range(1, len(DOSES)):
        step, error = effect[:, k] - effect[:, k - 1], (effect[:, k] - effect[:, k - 1]).std(ddof=1) / len(SEEDS) ** 0.5
        print(f"dose {DOSES[k]:g}: {effect[:, k].mean():+.2f} %, {step.mean():+.2f} ± {error:.2f} from the dose before")
        assert step.mean() <= 2 * error
    assert effect[:, -1].mean() < 0
