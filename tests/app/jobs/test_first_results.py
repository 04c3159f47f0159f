"""What ships with the package is what the page's first choices mean today: otherwise it has to be played again."""

from __future__ import annotations

import json
import shutil
import tomllib

import pytest

from simulator.app.jobs import first_results as writer
from simulator.dashboard.data import first_results
from simulator.dashboard.data.comparison import read_comparison
from simulator.dashboard.data.first_results import FIRST_RESULTS_FOLDER, FirstResults, read_first_results
from simulator.dashboard.data.workspace import write_page_request
from simulator.dashboard.session import FIRST_CRISIS, FIRST_PORTFOLIOS
from tests.house.tree import ROOT

AGAIN = "play what ships with the page again: python -m simulator.app.jobs.first_results"
MAX_BYTES = 2 << 20


@pytest.fixture(autouse=True)
def read_anew():
    read_first_results.cache_clear()
    yield
    read_first_results.cache_clear()


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(FIRST_RESULTS_FOLDER, tmp_path / "first_results")


def test_they_are_the_runs_that_the_first_choices_mean_with_this_model(tmp_path):
    """Ids hash settings, cards, numbers, and the versions of model and records: any change of them is noticed."""
    choices, arms, _ = writer.plan_first_results(tmp_path)
    try:
        shipped = read_first_results()
    except ValueError as problem:
        pytest.fail(f"{problem}; {AGAIN}")
    assert shipped.choices == choices.to_dict(), AGAIN
    assert {arm: list(runs) for arm, runs in shipped.arms.items()} == arms, AGAIN


def test_the_page_begins_with_a_crisis_and_levers_of_the_default_comparison():
    """Whoever changes the default of `compare` changes FIRST_CRISIS and FIRST_PORTFOLIOS, then plays again."""
    defaults = {}
    for entry in load_yaml("compare.yaml")["defaults"]:
        defaults |= entry if isinstance(entry, dict) else {}
    assert FIRST_CRISIS in defaults["crisis"], f"FIRST_CRISIS; then {AGAIN}"
    assert {lever for levers in FIRST_PORTFOLIOS for lever in levers} <= set(defaults["lever"]), \
        f"FIRST_PORTFOLIOS; then {AGAIN}"


def load_yaml(name):
    import yaml

    return yaml.safe_load((ROOT / "configs" / name).read_text(encoding="utf-8"))


def test_they_are_small_and_in_the_wheel():
    files = [file for file in FIRST_RESULTS_FOLDER.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) <= MAX_BYTES
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    packaged = {path for pattern in tool["package-data"]["simulator"] for path in (ROOT / "simulator").glob(pattern)}
    assert len(files) >= 3 and set(files) <= packaged


def test_a_copy_is_a_comparison_with_every_arm_and_six_residents(tmp_path):
    shipped = read_first_results()
    shipped.copy_runs(tmp_path)
    runs = {arm: list(ids) for arm, ids in shipped.arms.items()}
    write_page_request(tmp_path, {"choices": dict(shipped.choices), "runs": runs})
    found = read_comparison(tmp_path)
    assert {shown.letter for shown in found.arms} == {"", *(set(shipped.arms) - {"baseline"})}
    assert found.seed_count == shipped.choices["seeds"]
    assert (tmp_path / "cases.json").read_bytes() == (FIRST_RESULTS_FOLDER / "cases.json").read_bytes()
    assert not list(tmp_path.rglob(".*"))


@pytest.mark.parametrize(("name", "value"), [("model_version", "0.0.1"), ("schema_version", 1)])
def test_those_of_another_version_are_refused_in_one_line(copy, name, value):
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    (copy / "manifest.json").write_text(json.dumps(manifest | {name: value}), encoding="utf-8")
    with pytest.raises(ValueError, match=f"{value}.*left aside") as refused:
        read_first_results(copy)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("harm", ["flip", "cut", "no parts", "no cases", "no manifest", "not JSON"])
def test_damaged_or_missing_ones_are_refused_in_one_line(copy, harm):
    part = next(copy.glob("*.xz"))
    content = bytearray(part.read_bytes())
    if harm == "flip":
        content[len(content) // 2] ^= 1
    part.write_bytes(content[:1000] if harm == "cut" else content)
    if harm == "no parts":
        part.unlink()
    elif harm == "no cases":
        (copy / "cases.json").unlink()
    elif harm == "no manifest":
        (copy / "manifest.json").unlink()
    elif harm == "not JSON":
        (copy / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match="damaged|no results ship") as refused:
        read_first_results(copy)
    assert "\n" not in str(refused.value)


def test_what_is_played_again_replaces_what_ships_whole_or_not_at_all(monkeypatch, tmp_path, copy):
    """With a job that fails, nothing of what ships is touched."""
    monkeypatch.setattr(writer, "FIRST_RESULTS_FOLDER", copy)
    monkeypatch.setattr(writer, "plan_first_results", lambda root: (None, {}, ["false"]))
    before = {file: file.read_bytes() for file in copy.rglob("*") if file.is_file()}
    assert writer.main() != 0
    assert {file: file.read_bytes() for file in copy.rglob("*") if file.is_file()} == before
    assert isinstance(first_results.read_first_results(copy), FirstResults)
    assert [file.name for file in tmp_path.iterdir()] == [copy.name]
