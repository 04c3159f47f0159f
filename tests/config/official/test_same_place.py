"""Clichy-sous-Bois read by IRIS, by commune, in the long format and from workbooks is the commune as shipped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from simulator.config.official.load import LoadedFolder, load_official_data
from simulator.kernel.keyed_random import make_random_key
from simulator.parameters import Model
from simulator.world.build import generate_population
from simulator.world.places.territory import Territory
from simulator.world.population.communes import Margins
from tests.config.official import insee_layouts
from tests.config.official.insee_layouts import CLICHY, CODE

LAYOUTS: dict[str, Callable[[Path], Path]] = {
    "by IRIS": insee_layouts.write_by_iris, "by commune": insee_layouts.write_by_commune,
    "long": insee_layouts.write_long, "workbooks": insee_layouts.write_workbooks}


UNLIKE = ("tax_households", "couples_without_children", "couples_with_children", "lone_parents", "age90p", "age75_89")


def load(folder: Path, *communes: str) -> LoadedFolder:
    return load_official_data(str(folder), communes or (CODE,), ())


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_the_margins_are_those_shipped(layout: str, tmp_path: Path) -> None:
    loaded = load(LAYOUTS[layout](tmp_path / "files"))
    found = loaded.data.communes[0].margins
    assert not [note.text for note in loaded.notes if note.is_left and "meta" not in note.name]
    for item in fields(Margins):
        if item.name in UNLIKE:
            continue  # families are counted among households, tax households are unknown, the oldest split below
        wanted = getattr(CLICHY, item.name)
        near = wanted if isinstance(wanted, str) else pytest.approx(
            wanted, rel=1e-4, abs=insee_layouts.PARTS if isinstance(wanted, int) and item.name != "code" else 0.01)
        assert getattr(found, item.name) == near, item.name  # each IRIS rounds its counts
    assert (found.household_kind_counts == CLICHY.household_kind_counts).all()
    assert found.age75_89 + found.age90p == pytest.approx(CLICHY.age75_89 + CLICHY.age90p,
                                                          abs=insee_layouts.PARTS)
    assert abs(found.age90p - CLICHY.age90p) <= insee_layouts.PARTS


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_failing_homes_and_floods_are_those_shipped(layout: str, tmp_path: Path) -> None:
    """Rates were added when IRIS were joined: 204 % of homes failing, in 12 IRIS."""
    data = load(LAYOUTS[layout](tmp_path / "files")).data

    def failing_share(place: Territory) -> float:
        buildings = next(one for one in vars(generate_population(place, Model(), make_random_key(1), {})).values()
                         if hasattr(one, "failing"))
        return float(buildings.households[buildings.failing == 1].sum() / buildings.households.sum())

    read = failing_share(Territory("clichy", communes=[CODE], official_data=data))
    assert read == pytest.approx(failing_share(Territory("clichy", communes=[CODE])), abs=0.01)
    assert 0 < read < CLICHY.failing_share + 0.01


def test_every_file_has_its_line(tmp_path: Path) -> None:
    notes = {note.name: note for note in load(insee_layouts.write_by_iris(tmp_path / "files")).notes}
    assert len(notes) == 10 and sum(note.is_left for note in notes.values()) == 5
    population = notes["base-ic-evol-struct-pop-2022_csv.zip/base-ic-evol-struct-pop-2022.CSV"].text
    assert str(population).endswith("read, IRIS, residents by age 2022 for 1 of 1 communes")
    assert "describes other files" in notes["base-ic-logement-2022_csv.zip/meta_base-ic-logement-2022.CSV"].text


def test_ages_in_other_bands_are_divided_evenly_and_said_so(tmp_path: Path) -> None:
    """The long table of residents has bands of 15 to 24, 25 to 39 … years; ours are read out of them."""
    n = CLICHY.population // 10
    bands = [("Y_LT15", 3 * n), ("Y15T24", n), ("Y25T39", 3 * n // 2), ("Y40T54", 3 * n // 2), ("Y55T64", n),
             ("Y65T79", 3 * n // 2), ("Y_GE80", CLICHY.population - 19 * n // 2)]
    loaded = load(insee_layouts.write_long(tmp_path / "files", bands))
    found = loaded.data.communes[0].margins
    for band in (found.age15_29, found.age30_44, found.age45_59, found.age60_74):
        assert band == pytest.approx(3 * n / 2, abs=2)
    assert found.age0_14 == pytest.approx(3 * n, abs=2) and found.population == CLICHY.population
    assert any("divided evenly" in note.text for note in loaded.notes)
