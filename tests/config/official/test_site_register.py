"""A register of sites: its sites replace the shipped and generic ones; a faulty line is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.app.cli.main import main
from simulator.config.errors import UsageError
from simulator.config.official.site_register import read_site_register
from simulator.config.places.territory import resolve_territory, resolve_territory_files
from simulator.i18n.input_error import InputError
from simulator.studies.run_content import rebuild_run
from simulator.world.sites.site_card import SiteCard
from tests.config.official import insee_files

TYPES = [SiteCard(id="garden", generic=True, hours=25, staff=1.0), SiteCard(id="social_centre", generic=True)]
HEAD = "name;type;lon;lat;capacity;hours;staff;grants\n"
GOOD = HEAD + "Le Potager;jardin;2,40;48.89;40;20;0,5;2\nCentre Été;social_centre;2.41;48.90;;;;\n"


def written(folder: Path, text: str) -> str:
    (folder / "sites.csv").write_text(text, encoding="utf-8")
    return str(folder / "sites.csv")


def test_a_line_is_a_site(tmp_path: Path) -> None:
    one, two = read_site_register(written(tmp_path, GOOD), TYPES).cards
    assert (one.id, one.lon, one.places, one.hours, one.staff, one.grants) == ("le_potager", 2.40, 40, 20, 0.5, 2)
    assert one.sources["hours"].startswith("measured") and not one.generic
    assert two.id == "centre_ete" and two.label_fr == "Centre Été" and two.staff == TYPES[1].staff


def test_it_replaces_what_was_there(tmp_path: Path) -> None:
    shipped = SiteCard(id="elsewhere", lon=2.4, lat=48.9)
    card, cards = resolve_territory({"communes": [93055], "sites": written(tmp_path, GOOD)}, [*TYPES, shipped])
    assert sorted(one.id for one in cards) == ["centre_ete", "garden", "le_potager", "social_centre"]
    assert card.generic_sites_per_neighbourhood == 0 and card.sites == ["centre_ete", "le_potager"]
    assert [one.commune for one in cards if not one.generic] == [93055, 93055]


@pytest.mark.parametrize(("text", "says"), [
    (HEAD, "lists no site"), ("", "no separator"), ("name;type;lon\nA;garden;2.4\n", "column lat is missing"),
    (HEAD + "A;castle;2.4;48.9;;;;\n", ":2: type castle"), (HEAD + "A;garden;48.9;2.4;;;;\n", "swapped"),
    (HEAD + "A;garden;0.1;0.2;;;;\n", "outside France"), (HEAD + "A;garden;x;48.9;;;;\n", "lon is x"),
    (HEAD + ";garden;2.4;48.9;;;;\n", "no name"), (HEAD + "A;garden;2.4;48.9;;200;;\n", "hours"),
    (HEAD + "A;garden;2.4;48.9;;;;1.5\n", "grants"),
    (HEAD + "A;garden;2.4;48.9;;;;\nà;garden;2.4;48.9;;;;\n", "twice"),
])
def test_a_faulty_line_is_refused(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=says):
        read_site_register(written(tmp_path, text), TYPES)


def test_a_site_elsewhere_is_left_and_named(tmp_path: Path) -> None:
    found = resolve_territory_files({"communes": [93055], "sites": written(tmp_path, GOOD.replace("48.89", "43.3"))},
                                    TYPES)
    assert found.card.sites == ["centre_ete"] and "1 of 2 sites" in found.notes[-1] and "Le Potager" in found.notes[-1]


def test_a_register_of_elsewhere_is_refused(tmp_path: Path) -> None:
    text = GOOD.replace("48.89", "43.3").replace("48.90", "43.3")
    with pytest.raises(UsageError, match="outside the territory"):
        resolve_territory({"communes": [93055], "sites": written(tmp_path, text)}, TYPES)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_site_register(str(tmp_path / "none.csv"), TYPES)


def test_files_and_register_reach_the_run(idle: list, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The run holds the content of files and no path; what replaced missing figures is reported."""
    insee_files.write(tmp_path / "files")
    (tmp_path / "sites.csv").write_text(HEAD + "Le Potager;garden;0.685;47.395;;;;\n")
    assert main(["run", "territory=pantin", "territory.data=files", "territory.communes=[37999]",
                 "territory.sites=sites.csv", "lang=en"]) == 0
    run = idle[0][0].baseline
    assert run.scenario.territory.id == "from_files" and run.scenario.territory.label_fr == "Bourg-Neuf"
    assert rebuild_run(json.loads(json.dumps(run.content())), run.id) == run
    output = capsys.readouterr().err
    assert "housing: IRIS, 2021" in output and "priority districts: unknown" in output


def test_files_refused(refused: Callable[..., str], tmp_path: Path) -> None:
    assert "no table of residents" in refused("run", "territory=pantin", f"territory.data={tmp_path}")
    assert "cannot be read" in refused("run", "territory=pantin", "territory.data=nowhere")
    assert "played as it is" in refused("run", "territory=village", f"territory.data={tmp_path}")
