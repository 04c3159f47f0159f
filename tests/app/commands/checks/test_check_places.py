"""`check territory` and `check site`: cards, files they read, and registers."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.app.cli.main import main
from tests.config.official import insee_files


def check(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(["check", *words, "lang=en"])
    return code, capsys.readouterr().out


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["pantin", "three_sites", "village", "Clichy-sous-Bois"])
def test_shipped_territories_are_good(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = check(capsys, "territory", name)
    assert code == 0 and "good" in out and "residents" in out


@pytest.mark.parametrize("name", ["jardins_aurore", "garden", "Centre social"])
def test_shipped_sites_are_good(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(capsys, "site", name)[0] == 0


def test_a_card_with_its_files(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    insee_files.write(here / "mes fiches" / "données")
    (here / "mes fiches" / "lieux.csv").write_text("nom;type;lon;lat\nLe Potager;jardin;0.685;47.395\n")
    (here / "mes fiches" / "bourg.yaml").write_text("id: bourg\nlabel_fr: Bourg-Neuf\ncommunes: [Bourg-Neuf]\n"
                                                    "data: données\nsites: lieux.csv\n", encoding="utf-8")
    code, out = check(capsys, "territory", "mes fiches/bourg.yaml")
    assert code == 0 and "1 of 1 sites" in out and "housing 2021 for 1 of 1 communes" in out
    assert "communes 1, neighbourhoods 3, residents about 6460" in out


@pytest.mark.parametrize(("text", "says"), [
    ("id: a\ncommunes: [Tours]\nlabel_fr: A\n", "expected codes of Seine-Saint-Denis"),
    ("id: a\ncommunes: ['93055']\n", "label_fr: is empty"), ("id: a\ncommune: x\n", "commune"),
    ("id: a\nlabel_fr: A\nsites: [nowhere]\naround_km: 1\n", "unknown site"),
    ("id: a\nlabel_fr: A\ndata: nulle part\n", "cannot be read"), ("- a\n", "")])
def test_a_faulty_territory(text: str, says: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.yaml").write_text(text)
    code, out = check(capsys, "territory", "a.yaml")
    assert code == 2 and says in out and len(out.splitlines()) == 1


@pytest.mark.parametrize(("text", "says"), [
    ("id: a\nlabel_fr: A\nlon: 2.4\nlat: 48.9\nhours: 10\nsources: {lon: 'measured: x', lat: 'measured: x'}\n",
     "of hours"),
    ("id: a\nlabel_fr: A\n", "no place on the map"), ("id: a\nlon: 2.4\nlat: 48.9\n", "label_fr"),
    ("id: a\nhours: 900\n", "hours")])
def test_a_faulty_site(text: str, says: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.yaml").write_text(text)
    code, out = check(capsys, "site", "a.yaml")
    assert code == 2 and says in out


def test_a_register(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "lieux.csv").write_text("Titre;Genre;geo_point_2d\nA;Piscine;48.9, 2.4\n")
    assert "column type is missing" in check(capsys, "site", "lieux.csv")[1]
    code, out = check(capsys, "site", "lieux.csv", "name=Titre", "type=social_centre")
    assert code == 0 and "1 of 1 sites" in out
    assert "type Piscine: expected one of" in check(capsys, "site", "lieux.csv", "type=genre")[1]


def test_the_english_label_is_optional(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from simulator.config.cards.card_files import find_shipped_configs

    for kind, name in (("lever", "fans"), ("crisis", "heatwave")):
        lines = (find_shipped_configs() / kind / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
        folder = here / "cards" / kind
        folder.mkdir(parents=True)
        text = "\n".join(line for line in lines if not line.startswith("label_en"))
        (folder / f"mine_{kind}.yaml").write_text(text.replace(f"id: {name}", f"id: mine_{kind}"), encoding="utf-8")
        from simulator.crises.card_checks import check_crisis_file
        from simulator.levers.card_checks import check_lever_file
        check_card = check_lever_file if kind == "lever" else check_crisis_file
        assert not check_card(folder / f"mine_{kind}.yaml")
    from simulator.config.compose import compose_config
    from simulator.config.job import resolve_job

    job = resolve_job("run", compose_config("run", ["lever=mine_lever", "crisis=mine_crisis"], [str(here / "cards")]))
    assert job.levers[0].label_en == job.levers[0].label_fr != ""
    assert job.baseline.scenario.crises[0].label_en == "Canicule"
