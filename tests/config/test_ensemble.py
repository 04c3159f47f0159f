"""The ensemble: parameters of each seed, precedence of the user's own settings, and refusals."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from simulator.config.compose import compose_config
from simulator.config.ensemble import build_ensemble_models, find_ensemble_file, list_ensemble_seeds, read_ensemble_rows
from simulator.config.errors import UsageError
from simulator.config.job import resolve_job
from simulator.parameters import Model


def compared(*words):
    return resolve_job("compare", compose_config("compare", ["territory=village", "lever=outreach", *words], []))


def test_the_shipped_file_holds_two_hundred_sets_within_their_ranges():
    file = find_ensemble_file([])
    count = len(read_ensemble_rows(file))
    found = build_ensemble_models(count, Model(), file)
    assert count >= 200 and len({str(one) for one in found}) == count
    for one in found:
        one.check()
    moved = [name for name in asdict(Model().mutual_aid) if len({getattr(one.mutual_aid, name) for one in found}) > 1]
    assert len(moved) >= 20


def test_seeds_take_the_sets_in_turn_and_arms_share_them():
    job = compared("ensemble=3", "seeds=6")
    with_, without = ([job.run(levers, seed) for seed in job.seeds] for levers in (job.levers, ()))
    assert [run.model for run in with_] == [run.model for run in without]
    assert [run.model for run in with_[:3]] == [run.model for run in with_[3:]] == list(job.parameter_sets)
    assert len({run.id for run in with_ + without}) == 12


def test_without_an_ensemble_the_run_is_what_it_was():
    assert compared("ensemble=0").run((), 1).id == compared().run((), 1).id


def test_a_number_and_a_variant_that_were_set_stay():
    job = compared("ensemble=2", "model.joining.rate=0.11", "behaviour=selection_only")
    assert {one.joining.rate for one in job.parameter_sets} == {0.11}
    assert {one.behaviour for one in job.parameter_sets} == {"selection_only"}
    assert job.parameter_sets[0].mutual_aid.never != job.parameter_sets[1].mutual_aid.never


def test_a_run_plays_two_seeds_of_each_set():
    assert list_ensemble_seeds(5, 0) == (5,) and list_ensemble_seeds(5, 3) == (5, 6, 7, 8, 9, 10)
    job = resolve_job("run", compose_config("run", ["ensemble=2", "seed=7"], []))
    assert job.seeds == (7, 8, 9, 10)


@pytest.mark.parametrize("count", [1, -1, 10_000])
def test_an_invalid_count_is_refused_in_one_line(count):
    with pytest.raises(UsageError, match=r"ensemble = -?\d+.*calibrated\.csv"):
        compared(f"ensemble={count}")


@pytest.mark.parametrize("text, says", [
    ("member,model.start.nothing\n1,2\n2,3\n", "start.nothing"),
    ("member,model.start.kin\n1,lots\n2,1\n", "a number"),
    ("member,model.start.kin\n1,99\n2,1\n", "0.3 to 4"),
    ("model.start.kin\n1\n", "member"), ("", "member")])
def test_an_invalid_file_is_refused_in_one_line(tmp_path, text, says):
    (tmp_path / "parameter_sets").mkdir()
    (tmp_path / "parameter_sets" / "calibrated.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as problem:
        build_ensemble_models(2, Model(), find_ensemble_file([tmp_path]))
    assert says in str(problem.value) and "\n" not in str(problem.value)
