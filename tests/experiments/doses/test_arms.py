"""The study of doses: which doses are played, and what a dose saves beyond the one before."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t

from experiments.doses.arms import COLUMNS, MEANT, list_doses, summarise, write_table
from simulator.config.cards.card_files import list_card_names, list_config_folders
from simulator.config.compose import compose_config
from simulator.config.job import resolve_job


def test_every_lever_has_a_crisis():
    folders = list_config_folders([])
    assert sorted(MEANT) == sorted(name for name in list_card_names("lever", folders) if name != "none")
    assert set(MEANT.values()) <= set(list_card_names("crisis", folders))


@pytest.mark.parametrize(("lever", "doses"), [("outreach", [1.0, 2.0, 4.0]), ("stable_funding", [0.5, 1.0])])
def test_doses_end_at_the_highest_of_the_card(lever, doses):
    job = resolve_job("compare", compose_config("compare", ["territory=village", f"lever=[{lever}]"], []))
    assert list_doses(job.levers[0]) == doses


def test_what_a_dose_saves_more_than_the_one_before():
    without = np.array([10.0, 12.0, 11.0])
    by_dose = {1.0: without - [1.0, 2.0, 3.0], 2.0: without - [3.0, 2.0, 4.0]}
    first, second = (dict(zip(COLUMNS, row, strict=True))
                     for row in summarise("flood", "loss", "cash", without, by_dose, steps=4))
    assert (first["saved"], first["more_saved"], second["saved"], second["more_saved"]) == (2.0, 2.0, 3.0, 1.0)
    half = t.ppf(1 - 0.05 / 4 / 2, 2) * np.std([2.0, 0.0, 1.0], ddof=1) / 3**0.5
    assert second["more_low"] == pytest.approx(1 - half) and second["more_high"] == pytest.approx(1 + half)


def test_deaths_are_an_outcome_of_heat_waves_only(tmp_path):
    arms = [("", 0.0), ("fans", 0.2)]
    values = {(crisis, name, lever, dose): [1.0, 2.0] for crisis in ("flood", "heatwave")
              for name in ("loss", "deaths_expected") for lever, dose in arms}
    write_table(tmp_path / "doses.csv", values)
    rows = [line.split(",")[:4] for line in (tmp_path / "doses.csv").read_text().splitlines()[1:]]
    assert rows == [["flood", "fans", "0.2", "loss"], ["heatwave", "fans", "0.2", "deaths_expected"]]
