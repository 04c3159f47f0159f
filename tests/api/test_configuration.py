"""`scenario` and `sample` take the names of the command line and refuse what it refuses, in the same words."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

import simulator as sim
from simulator.config.compose import compose_config
from simulator.config.errors import UsageError
from simulator.config.job import resolve_job
from tests.api.small import SMALL, small

REFUSED = [["territory=vilage"], ["crisis=heat"], ["lever=coordinato"], ["behaviour=x"], ["foo=1"],
           ["model.joining.rat=0.2"], ["model.joining.rate=99"], ["model.joining.rate=x"], ["model.joining=0.2"],
           ["calendar.start=2025-01-07"], ["calendar.levers=2025-13-01"], ["crisis.heatwave.start=2027-02-30"],
           ["crisis.heatwave.severity=high"], ["crisis.heatwave.severity=true"], ["crisis.flood.severity=1"],
           ["territory.residents=-5"], ["territory.residents=200.5"], ["observe=[foo]"], ["calendar.start=2040-01-02"]]


def told_by_the_command(words: list[str]) -> str:
    """What `resilience run` says of these words."""
    with pytest.raises(UsageError) as refused:
        resolve_job("run", compose_config("run", words, []))
    return str(refused.value)


def to_value(text: str) -> Any:
    """The Python value that a word stands for."""
    if text.startswith("["):
        return text[1:-1].split(",")
    if text in ("true", "false"):
        return text == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


@pytest.mark.parametrize("words", REFUSED, ids=lambda words: words[0])
def test_what_the_command_refuses_is_refused_in_the_same_words(words: list[str]) -> None:
    settings = {name: to_value(value) for name, _, value in (word.partition("=") for word in words)}
    with pytest.raises(ValueError) as refused:
        sim.scenario(**settings)
    assert isinstance(refused.value, sim.SettingError) and str(refused.value) == told_by_the_command(words)


def test_french_names_and_apostrophes_mean_what_they_do_on_the_command_line() -> None:
    made = sim.scenario("L'Île-Saint-Denis", ["canicule", "coupure d'électricité"], **{"crisis.canicule.severity": 2})
    job = resolve_job("run", compose_config("run", ["territory=L'Île-Saint-Denis", "crisis=heatwave",
                                                    "+crisis=coupure d'électricité", "crisis.heatwave.severity=2"], []))
    assert made.run(1).id == job.baseline.id


def test_the_run_is_that_of_the_command_line() -> None:
    words = ["territory=village", "crisis=[heatwave,power_cut]", "lever=[outreach,fans]", "seed=7",
             "crisis.heatwave.severity=1.5", "model.asking.ask=0.5", "observe=[pairs]", "behaviour=selection_only",
             "lever.fans.dose=0.5"]
    job = resolve_job("run", compose_config("run", words, []))
    made = sim.scenario("village", ["heatwave", "power_cut"], ["outreach", "fans"], behaviour="selection_only",
                        crisis__heatwave__severity=np.float64(1.5), observe=("pairs",),
                        **{"model.asking.ask": 0.5, "lever.fans.dose": 0.5})
    assert made.run(seed=7).id == job.run(job.levers, 7).id
    assert sim.scenario().run(seed=1).id == resolve_job("run", compose_config("run", [], [])).run((), 1).id


def test_none_means_none_and_dates_are_dates() -> None:
    calm = sim.scenario("village", "none", **{"calendar.levers": date(2025, 3, 3)})
    assert calm.run().scenario.crises == () and calm.run().scenario.calendar.levers == "2025-03-03"


@pytest.mark.parametrize("name", ["seed", "seeds", "workers", "results", "lang", "executor.kind"])
def test_how_a_run_is_made_is_no_setting_of_a_scenario(name: str) -> None:
    with pytest.raises(sim.SettingError, match="says how a run is made"):
        sim.scenario(**{name: 1})


def test_a_setting_given_under_both_of_its_names_is_refused() -> None:
    with pytest.raises(sim.SettingError, match="given twice"):
        sim.scenario(model__asking__ask=0.5, **{"model.asking.ask": 0.5})
    with pytest.raises(sim.SettingError, match="expected a number, a text, or a list"):
        sim.scenario(**{"model.asking.ask": {"low": 1}})


def test_change_keeps_the_rest() -> None:
    changed = small(**{"model.asking.ask": 0.5}).change(crisis__heatwave__severity=2.0)
    crisis, model = changed.run().scenario.crises[0], changed.run().model
    assert (crisis.severity, crisis.start, model.asking.ask) == (2.0, SMALL["crisis.heatwave.start"], 0.5)


@pytest.mark.parametrize("seed", ["a", -1, 2**32, 1.5, True, None])
def test_an_impossible_seed_is_refused(seed: Any) -> None:
    with pytest.raises(sim.SettingError, match="seed = .*: expected a whole number, 0 to 4294967295"):
        small().run(seed)


def test_a_folder_of_cards_of_ones_own(tmp_path, root) -> None:
    (tmp_path / "lever").mkdir()
    text = (root / "configs/lever/fans.yaml").read_text(encoding="utf-8")
    (tmp_path / "lever" / "my_fans.yaml").write_text(text.replace("id: fans", "id: my_fans"), encoding="utf-8")
    own = sim.scenario("village", config_dir=tmp_path)
    assert own.run(levers=["my_fans"]).levers[0].id == "my_fans"
    with pytest.raises(sim.SettingError, match="no such card"):
        sim.scenario("village").run(levers=["my_fans"])


# designs
def test_points_of_each_method() -> None:
    base, vary = small(), {"model.asking.ask": "declared", "crisis.heatwave.severity": (0.5, 2.0)}
    assert len(sim.sample(base, vary, n=5)) == 5
    assert len(sim.sample(base, vary, n=4, method="sobol")) == 4 * (2 + 2)
    assert len(sim.sample(base, vary, n=3, method="morris")) == 3 * (2 + 1)
    listed = {"crisis.heatwave.severity": [0.5, 2.0], "lever": [None, "fans"]}
    grid = sim.sample(base, listed, method="grid")
    assert [(one.point["crisis.heatwave.severity"], one.run().levers and one.run().levers[0].id) for one in grid] == [
        (0.5, ()), (0.5, "fans"), (2.0, ()), (2.0, "fans")]


def test_points_lie_within_the_declared_range_and_reach_the_run() -> None:
    drawn = sim.sample(small(), {"model.asking.ask": "declared"}, n=16)
    asked = [one.run().model.asking.ask for one in drawn]
    assert 0.4 <= min(asked) < 0.45 and 0.75 < max(asked) <= 0.8 and len(set(asked)) == 16
    assert asked == [one.point["model.asking.ask"] for one in drawn]


@pytest.mark.parametrize(("vary", "options", "text"), [
    ({"model.asking.as": "declared"}, {"n": 4}, "asking has no 'as'"),
    ({"model.asking.ask": (0.8, 0.4)}, {"n": 4}, "expected low below high"),
    ({"model.asking.ask": (0.0, 5.0)}, {"n": 4}, "expected 0.4 to 0.8"),
    ({"crisis.heatwave.severity": "declared"}, {"n": 4}, "no declared range"),
    ({"crisis.flood.severity": [1, 2]}, {"method": "grid"}, "'flood' is not chosen"),
    ({"seed": [1, 2]}, {"method": "grid"}, "says how a run is made"),
    ({"model.asking.ask": "declared"}, {}, "needs a number of points"),
    ({"model.asking.ask": "declared"}, {"n": 3, "method": "sobol"}, "power of two"),
    ({"model.asking.ask": "declared"}, {"n": 3, "method": "mcmc"}, "expected one of"),
    ({}, {"n": 3}, "nothing varies")])
def test_a_design_that_cannot_be_laid_is_refused(vary: dict, options: dict, text: str) -> None:
    with pytest.raises(sim.SettingError, match=text):
        sim.sample(small(), vary, **options)


def test_scenario_shows_how_it_is_called_although_a_package_has_its_name() -> None:
    import inspect

    import simulator.scenario.run

    assert list(inspect.signature(sim.scenario).parameters)[:3] == ["territory", "crisis", "lever"]
    assert str(sim.scenario.__doc__).startswith("A checked configuration") and simulator.scenario.run.Run is sim.Run
