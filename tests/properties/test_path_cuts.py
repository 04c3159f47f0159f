"""Channels cut in both arms, by whole runs: a channel that a lever cannot use changes its effect by exactly nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.analysis.effects.path_effects import PathEffect, measure_path_effects
from simulator.config.path_cuts import JOINT_CUTS, SINGLE_CUTS
from simulator.records.files.run_files import combine_records
from simulator.rules.channels import CHANNELS
from simulator.scenario.run import Run
from tests.properties.trial_run import LEVERS_DAY, PLACE, WHO, column, played, quick, trial, unlike

FANS = replace(quick("fans"), dose=1.0)
NO_SITES = replace(PLACE, generic_sites_per_neighbourhood=0)


def measure(run: Run, cut: tuple[str, ...]) -> PathEffect:
    """The effect of the run's levers on loss, through these channels, over two seeds."""
    arms = [replace(run, levers=levers, seed=seed) for seed in (1, 2) for levers in ((), run.levers)]
    usual, again = ([played(replace(one, ablate=channels, ablate_from="levers")).record for one in arms]
                    for channels in ((), cut))
    return measure_path_effects(combine_records(usual), {cut: combine_records(again)}, "loss")[0][1][cut]


def test_nothing_runs_through_sites_where_there_are_none() -> None:
    run = trial(FANS, place=NO_SITES)
    run = replace(run, scenario=replace(run.scenario, sites=()))
    path = measure(run, ("sites",))
    assert path.effect.difference != 0 and path.is_nothing and path.through.difference == 0


def test_nothing_runs_through_a_lever_of_dose_zero() -> None:
    path = measure(trial(replace(FANS, dose=0.0)), ("ties",))
    assert path.is_nothing and path.effect.difference == path.remaining.difference == 0


def test_something_runs_through_what_others_do() -> None:
    assert not measure(trial(FANS), ("ties", "sites")).is_nothing


def test_goods_of_sites_are_part_of_sites() -> None:
    alone, both = (played(replace(trial(FANS), ablate=cut)) for cut in (("sites",), ("sites", "site_goods")))
    assert not unlike(alone.record, both.record, (*WHO, "context"))


@pytest.mark.parametrize("channel", SINGLE_CUTS)
def test_a_channel_cut_from_the_levers_date_changes_nothing_before(channel: str) -> None:
    usual, cut = played(trial(FANS)), played(replace(trial(FANS), ablate=(channel,), ablate_from="levers"))
    before = column(usual, "day") < LEVERS_DAY
    changed = 0
    for name, values in usual.record.tables["series"].items():
        assert name == "run" or values[before].tobytes() == column(cut, name)[before].tobytes(), name
        changed += name != "run" and values.tobytes() != column(cut, name).tobytes()
    assert changed and before.any()


def test_cuts_name_channels_in_their_order() -> None:
    order = list(CHANNELS)
    assert set(SINGLE_CUTS) <= set(order) and all(set(pair) <= set(SINGLE_CUTS) for pair in JOINT_CUTS)
    assert all(order.index(first) < order.index(second) for first, second in JOINT_CUTS)
