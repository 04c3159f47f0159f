"""uncertainty=numbers: which numbers and variant a seed plays, what stays as given, and what is refused."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

import simulator as sim
from simulator.api.runs import list_requested_runs
from simulator.config.compose import compose_config, list_given_settings
from simulator.config.ensemble import find_ensemble_file, read_ensemble_rows
from simulator.config.errors import UsageError
from simulator.config.job import resolve_job
from simulator.config.numbers_by_seed import PLAUSIBLE_VARIANTS
from simulator.config.study.study_points import StudyPoints
from simulator.config.study.study_request import read_study_request
from simulator.parameters import Model

BASE = ["territory=village", "crisis=heatwave", "lever=outreach"]


def compared(*words, folders=()):
    words = [*BASE, *words]
    return resolve_job("compare", compose_config("compare", words, list(folders)), list(folders),
                       list_given_settings(words, list(folders)))


def list_varied_numbers(model):
    """Dotted names of the numbers that differ from their defaults."""
    default = asdict(Model())
    return {f"model.{group}.{name}" for group, values in asdict(model).items() if isinstance(values, dict)
            for name, value in values.items() if value != default[group][name]}


def test_each_seed_plays_the_set_and_the_variant_of_its_position_and_its_arms_share_them():
    job, rows = compared("seeds=20"), read_ensemble_rows(find_ensemble_file([]))
    for seed in job.seeds:
        arms = [job.run(levers, seed) for levers in job.arms().values()]
        assert len({str(run.model) for run in arms}) == 1
        row = rows[seed - 1]
        assert arms[0].model.mutual_aid.never == float(row["model.mutual_aid.never"])
        assert arms[0].model.behaviour == PLAUSIBLE_VARIANTS[(seed - 1) % 3]
    assert len({str(job.run((), seed).model) for seed in job.seeds}) == 20


def test_a_seed_plays_the_same_whatever_the_other_seeds_are():
    few, many, listed = compared("seeds=3"), compared("seeds=60"), compared("seeds=[2,45,3]")
    assert [few.run((), 3).id, listed.run((), 45).id] == [many.run((), 3).id, many.run((), 45).id]
    assert many.run((), 21).model == many.run((), 1).model and many.run((), 21).id != many.run((), 1).id


def test_what_was_given_stays_even_where_it_is_the_default():
    default = Model().joining.rate
    job = compared(f"model.joining.rate={default}", "model.asking.ask=0.61", "behaviour=balanced")
    found = [job.run((), seed).model for seed in (1, 2, 3)]
    assert {one.joining.rate for one in found} == {default} and {one.asking.ask for one in found} == {0.61}
    assert {one.behaviour for one in found} == {"balanced"}
    assert len({one.mutual_aid.never for one in found}) == 3


def test_uncertainty_of_seeds_plays_the_default_numbers():
    job = compared("uncertainty=seeds")
    assert not list_varied_numbers(job.run((), 2).model) and job.run((), 2).model.behaviour == "balanced"
    assert len(list_varied_numbers(compared().run((), 2).model)) > 150


def test_a_run_keeps_the_defaults_and_an_ensemble_takes_its_sets_in_turn():
    run = resolve_job("run", compose_config("run", ["territory=village"], [])).run((), 2)
    assert not list_varied_numbers(run.model)
    job = compared("ensemble=3", "seeds=6")
    assert job.numbers is None and job.run((), 4).model == job.run((), 1).model


@pytest.mark.parametrize("words, says", [(["uncertainty=all"], "expected numbers"),
                                         (["uncertainty=seeds", "ensemble=3"], "leave one of the two out")])
def test_other_words_are_refused_in_one_line(words, says):
    with pytest.raises(UsageError) as problem:
        compared(*words)
    assert says in str(problem.value) and "\n" not in str(problem.value)


def test_a_file_of_ones_own_may_name_the_variants(tmp_path):
    (tmp_path / "parameter_sets").mkdir()
    (tmp_path / "parameter_sets" / "calibrated.csv").write_text(
        "member,behaviour,model.asking.ask\na,selection_only,0.5\nb,frozen_ties,0.6\n", encoding="utf-8")
    job = compared(folders=[str(tmp_path)])
    assert [(one.behaviour, one.asking.ask) for one in (job.run((), seed).model for seed in (1, 2, 3))] == [
        (("selection_only", 0.5)), ("frozen_ties", 0.6), (("selection_only", 0.5))]


def make_study(tmp_path, *words, **entries):
    import yaml

    card = {"question_fr": "q", "question_en": "q", "set": {"territory": "village", "crisis": "heatwave"},
            "portfolios": {"levers": ["outreach"]}, "seeds": 4, **entries}
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump(card), encoding="utf-8")
    return StudyPoints(read_study_request([f"name={tmp_path / 'mine.yaml'}", *words], []))


def test_a_study_plays_the_same_sets_and_keeps_what_varies(tmp_path):
    default = Model().asking.ask
    points = make_study(tmp_path, vary={"model.asking.ask": [default, 0.7], "behaviour": ["balanced", "frozen_ties"]})
    planned = [one for number in range(len(points.points)) for one in points.plan_runs(number, [1, 2])]
    assert {(one.run.model.asking.ask, one.run.model.behaviour) for one in planned} == {
        (ask, variant) for ask in (default, 0.7) for variant in ("balanced", "frozen_ties")}
    assert all(one.run.id == replace(one.run).id for one in planned), "planned ids are the runs' own"
    first = {one.arm: one for one in planned if one.point == 0 and one.run.seed == 2}
    assert first["baseline"].run.model == first["outreach"].run.model
    assert first["baseline"].run_columns["context"] == first["outreach"].run_columns["context"]
    compared_numbers = compared().run((), 2).model.mutual_aid
    assert first["baseline"].run.model.mutual_aid == compared_numbers
    assert len({one.run_columns["context"] for one in planned}) == len(points.points) * 2


def test_a_study_may_ask_for_the_default_numbers_on_its_card_or_on_the_command_line(tmp_path):
    for points in (make_study(tmp_path, set={"territory": "village", "uncertainty": "seeds"}),
                   make_study(tmp_path, "uncertainty=seeds")):
        assert len({str(one.run.model) for one in points.plan_runs(0, [1, 2, 3])}) == 1


def test_a_study_whose_members_vary_plays_their_numbers_alone(tmp_path):
    (tmp_path / "sets.csv").write_text("member,model.asking.ask\n1,0.5\n2,0.7\n", encoding="utf-8")
    points = make_study(tmp_path, ensemble="sets.csv", vary={"member": [1, 2]})
    found = [one.run.model for one in points.plan_runs(1, [1, 2])]
    assert {str(one) for one in found} == {str(found[0])} and found[0].asking.ask == 0.7
    assert list_varied_numbers(found[0]) == {"model.asking.ask"}


def test_python_names_the_same_sets():
    chosen = sim.scenario("village", "heatwave", "outreach", **{"model.joining.rate": Model().joining.rate})
    doubt = {one.run.seed: one.run for one in list_requested_runs(chosen, [1, 2], None, "numbers")}
    job = compared(f"model.joining.rate={Model().joining.rate}")
    assert [doubt[seed].id for seed in (1, 2)] == [job.run(job.levers, seed).id for seed in (1, 2)]
    alone = [one.run for one in list_requested_runs(chosen, [1, 2], None)]
    assert not list_varied_numbers(alone[1].model)
