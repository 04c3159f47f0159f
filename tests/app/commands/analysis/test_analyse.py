"""`resilience analyse`, from a study's folder to its tables and figures."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

from simulator.app.cli.main import main
from tests.app import drawn_study, short_study

LEVERS = ["outreach", "phone_tree_and_register"]
SEVERITY = {"crisis.heatwave.severity": {"low": 0.5, "high": 1.5}, "model.joining.rate": {"low": 0.1, "high": 0.4}}


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Folders of studies with several designs, played by a player that draws records."""
    folder = tmp_path_factory.mktemp("studies")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr("simulator.studies.task.load_default_player", lambda: drawn_study.play_arms)
        patch.setattr("simulator.studies.missing_runs.precompile_for_workers", lambda *_: None)
        for name, entries in {
            "levers": {"vary": {}, "seeds": 10, "portfolios": {"levers": LEVERS, "design": "factorial"}},
            "sobol": {"design": {"kind": "sobol", "points": 2}, "vary": SEVERITY},
            "morris": {"design": {"kind": "morris", "points": 3}, "vary": SEVERITY, "seeds": 1},
            "deep": {"design": {"kind": "latin_hypercube", "points": 20}, "vary": SEVERITY, "seeds": 1},
        }.items():
            entries = {"portfolios": {"levers": ["outreach"]}, **entries}
            card = short_study.write(Path("cards") / f"{name}.yaml", **entries)
            assert main(["study", f"name={card}", "workers=1", f"results={name}"]) == 0
    return folder


@pytest.fixture(autouse=True)
def there(folders, monkeypatch):
    monkeypatch.chdir(folders)
    monkeypatch.delenv("RESILIENCE_TRACE", raising=False)


def rows(name):
    with open(name, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_levers_and_portfolios(capsys):
    assert main(["analyse", "levers", "lang=en", "smallest=0.1"]) == 0
    output = capsys.readouterr().out
    assert output.splitlines()[-1].endswith("levers/analysis") and "Shared luck" in output and "brings most" in output
    assert "needs a study whose design.kind" in output and "needs several scenarios" in output
    found = {row["levers"]: row for row in rows("levers/analysis/choice.csv")}
    assert set(found) == {"outreach", "phone_tree_and_register", "outreach+phone_tree_and_register"}
    assert found["outreach+phone_tree_and_register"]["verdict"] == "acts"
    assert [name for name, row in found.items() if row["among_best"] == "1"] == ["outreach+phone_tree_and_register"]
    shapley = {row["levers"]: float(row["value"]) for row in rows("levers/analysis/shapley.csv")}
    whole = float(found["outreach+phone_tree_and_register"]["difference"])
    assert sum(shapley.values()) == pytest.approx(whole)
    assert {path.stem for path in Path("levers/analysis").iterdir()} == {
        "analysis", "choice", "shapley", "pairs", "returns", "front"}
    front = {row["levers"]: row for row in rows("levers/analysis/front.csv")}
    assert front["outreach+phone_tree_and_register"]["stays"] == "1" and front["none"]["on_front"] == "0"


def test_every_figure_has_its_table_and_both_languages_draw(capsys):
    for lang in ("fr", "en"):
        assert main(["analyse", "levers", f"lang={lang}"]) == 0
    for path in Path("levers/analysis").glob("*.png"):
        assert path.with_suffix(".csv").exists() and path.with_suffix(".svg").exists()


def test_sobol_and_morris(capsys):
    assert main(["analyse", "sobol", "what=sensitivity", "lang=en"]) == 0
    assert "Strength of the crisis" in capsys.readouterr().out.capitalize()
    first = rows("sobol/analysis/sobol.csv")[0]
    assert first["setting"] == "crisis.heatwave.severity" and float(first["total"]) > 0.5
    assert main(["analyse", "morris", "what=sensitivity"]) == 0
    assert rows("morris/analysis/morris.csv")[0]["setting"] == "crisis.heatwave.severity"
    assert "force de la crise" in capsys.readouterr().out


def test_scenarios(capsys):
    assert main(["analyse", "deep", "what=scenarios", "satisfy=[loss<=-6%,cost<=9000]", "lang=en"]) == 0
    output = capsys.readouterr().out
    assert "misses its conditions when strength of the crisis (heatwave) ≥ 1" in output
    box = {row["setting"]: row for row in rows("deep/analysis/box.csv")}
    assert float(box["density"]["low"]) >= 0.8 and 0.9 < float(box["crisis.heatwave.severity"]["low"]) < 1.2
    regret = {row["levers"]: row for row in rows("deep/analysis/regret.csv")}
    assert float(regret["outreach"]["conditions_met"]) == pytest.approx(0.55, abs=0.15)
    assert float(regret["outreach"]["max_regret"]) < float(regret["none"]["max_regret"])
    assert main(["analyse", "deep", "what=scenarios", "satisfy=loss<=50%"]) == 0
    assert "tient ses conditions dans tous les scénarios" in capsys.readouterr().out


@pytest.mark.parametrize(("words", "says"), [
    (["analyse"], "which"), (["analyse", "nowhere"], "nowhere"), (["analyse", "levers", "what=magic"], "sensitivity"),
    (["analyse", "levers", "outcome=los"], "loss"), (["analyse", "levers", "smallest=-1"], "0 or more"),
    (["analyse", "levers", "smallest=x"], "0 or more"), (["analyse", "levers", "satisfy=loss<5"], "loss<=-10%"),
    (["analyse", "levers", "lever=dragon"], "outreach"), (["analyse", "levers", "study=other"], "not in this folder"),
    (["analyse", "levers", "wat=levers"], "what"), (["analyse", "levers", "what=levers", "what=levers"], "twice"),
    (["analyse", "levers", "more"], "more"), (["analyse", "deep", "what=portfolios", "lang=de"], "lang")])
@pytest.mark.usefixtures("in_english")
def test_what_cannot_be_answered_is_one_line(words, says, capsys):
    assert main(words) == 2
    output = capsys.readouterr()
    assert output.out == "" and output.err.count("\n") == 1 and says in output.err


def test_a_missing_library_is_one_line(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "SALib", None)
    monkeypatch.delitem(sys.modules, "SALib.analyze.sobol", raising=False)
    assert main(["analyse", "sobol", "what=sensitivity"]) == 2
    output = capsys.readouterr().err
    assert "resilience-simulator[analysis]" in output and output.count("\n") == 1
    assert main(["analyse", "sobol", "lang=en"]) == 0, "the rest can be answered without it"
    output = capsys.readouterr().out
    assert "resilience-simulator[analysis]" in output and "shared luck" in output
