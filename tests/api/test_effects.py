"""Frames of effects: paired by settings and seed, averaged over points, with units and intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import simulator as sim
from simulator.analysis.effects.paired_comparison import compare_paired_values
from tests.api.small import small

WITHOUT, WITH = np.array([[3.0, 4.0, 6.0], [5.0, 9.0, 8.0]]), np.array([[2.0, 4.0, 3.0], [5.0, 6.0, 9.0]])
"""[points, seeds]."""


@pytest.fixture
def frame() -> pd.DataFrame:
    """Two points, two arms, three seeds."""
    rows = [{"run": f"{arm}{point}{seed}", "point": point, "arm": arm, "seed": seed,
             "model.asking.ask": (0.5, 0.7)[point], "loss": values[point, seed]}
            for arm, values in (("baseline", WITHOUT), ("fans", WITH)) for point in (0, 1) for seed in (0, 1, 2)]
    return pd.DataFrame(rows).sample(frac=1, random_state=1)


def test_effects_average_over_points_seed_by_seed(frame: pd.DataFrame) -> None:
    found = sim.effects(frame)
    known = compare_paired_values(WITHOUT.mean(0), WITH.mean(0), -1, 0.02)
    row = found.iloc[0]
    assert len(found) == 1 and (row["arm"], row["outcome"], row["n"], row["points"]) == ("fans", "loss", 3, 2)
    assert row["unit"] == "person-days per resident"
    for name in ("baseline", "mean", "difference", "low", "high", "prob_benefit"):
        assert row[name] == pytest.approx(getattr(known, name)), name
    assert row["spread"] == pytest.approx((WITH - WITHOUT).mean(0).std(ddof=1))


def test_settings_may_be_kept_apart(frame: pd.DataFrame) -> None:
    found = sim.effects(frame, by="model.asking.ask").set_index("model.asking.ask")
    assert found["difference"].to_dict() == pytest.approx({0.5: (WITH - WITHOUT)[0].mean(),
                                                           0.7: (WITH - WITHOUT)[1].mean()})


def test_only_pairs_count(frame: pd.DataFrame) -> None:
    """A seed that one point lacks is left out everywhere."""
    part = frame[~((frame["arm"] == "fans") & (frame["point"] == 0) & (frame["seed"] == 1))]
    assert sim.effects(part)["n"].tolist() == [2]
    assert sim.effects(part)["difference"][0] == pytest.approx((WITH - WITHOUT)[:, [0, 2]].mean())


def test_without_pairs_there_is_a_reason(frame: pd.DataFrame) -> None:
    with pytest.raises(sim.SettingError, match="add None to levers"):
        sim.effects(frame[frame["arm"] == "fans"])
    with pytest.raises(sim.SettingError, match="no column 'x'"):
        sim.effects(frame, by="x")
    with pytest.raises(sim.SettingError, match="no column 'los'"):
        sim.effects(frame, outcomes=["los"])


def test_a_summary_says_how_many_seeds_are_missing(frame: pd.DataFrame) -> None:
    found = sim.summarise(frame).set_index(["model.asking.ask", "arm"])
    row = found.loc[(0.5, "baseline")]
    assert (row["n"], row["mean"], row["more_needed"]) == (3, pytest.approx(WITHOUT[0].mean()), 2)
    assert row["spread"] == pytest.approx(WITHOUT[0].std(ddof=1)) and np.isnan(row["low"])
    assert len(found) == 4 and len(sim.summarise(frame, by=[])) == 2


def test_what_one_compares_is_what_the_command_compares() -> None:
    levers = ["phone_tree_and_register", ["fans", "outreach"]]
    found = sim.compare(small(), levers, seeds=3, outcomes=["loss"], workers=1)
    assert set(found.runs["arm"]) == {"baseline", "phone_tree_and_register", "fans+outreach"}
    again = sim.effects(found.runs)
    pd.testing.assert_frame_equal(again, found.effects)
    assert "No lever:" in str(found) and "Sans levier" in found.summary("fr") and "<table" in found._repr_html_()


def test_figures_are_written(tmp_path) -> None:
    found = sim.compare(small(), "fans", seeds=2, workers=1, store=tmp_path / "store")
    files = found.save_figures(tmp_path / "figures")
    assert files and all(file.is_file() for file in files)
    assert len(sim.open_results(tmp_path / "store")["kept"]) == 4
