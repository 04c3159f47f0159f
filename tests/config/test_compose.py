"""Composition: every group, every way of choosing cards, from any current folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
import yaml

from simulator.app.cli.main import main
from simulator.config.cards.card_files import find_shipped_configs, list_card_names
from simulator.config.compose import compose_config


def test_defaults_of_compare(idle):
    assert main(["compare"]) == 0
    job, _ = idle[0]
    assert job.territory_name == "three_sites" and len(job.levers) == 5 and job.lang == "fr"
    assert [crisis.id for crisis in job.baseline.scenario.crises] == ["lockdown"]
    assert list(job.arms()) == ["baseline", *sorted(lever.id for lever in job.levers)]


@pytest.mark.parametrize("group", ["territory", "behaviour"])
def test_every_shipped_card_composes(idle, group):
    for name in list_card_names(group, [find_shipped_configs()]):
        assert main(["run", f"{group}={name}"]) == 0, name


@pytest.mark.parametrize("group", ["lever", "crisis"])
def test_every_shipped_lever_and_crisis_composes(idle, group):
    known = list_card_names(group, [find_shipped_configs()])
    assert main(["run", f"{group}=[{','.join(known)}]"]) == 0
    job, _ = idle[0]
    assert {one.id for one in (job.levers if group == "lever" else job.baseline.scenario.crises)} == set(known)


@pytest.mark.parametrize(
    ("words", "levers", "crises"),
    [
        (["crisis=none"], 0, 0),
        (["crisis=[]"], 0, 0),
        (["crisis=[heatwave,power_cut]"], 0, 2),
        (["lever=all"], None, 1),
        (["lever=[coordinator,outreach]", "lever.outreach.dose=0.5", "+lever.outreach.dose_low=0.1"], 2, 1),
        (["crisis=lockdown", "crisis.lockdown.start=2027-03-01"], 0, 1),
        (["lever=none", "crisis=null"], 0, 0),
    ],
)
def test_ways_of_choosing(idle, words, levers, crises):
    assert main(["run", *words]) == 0
    job, _ = idle[0]
    assert len(job.levers) == (len(list_card_names("lever", [find_shipped_configs()])) if levers is None else levers)
    assert len(job.baseline.scenario.crises) == crises


def test_channels_to_switch_off_arrive_once_each_in_their_own_order(idle):
    assert main(["run", "ablate=[groups,ties,groups]", "ablate_from=onset"]) == 0
    assert main(["run", "ablate=[]"]) == 0
    assert main(["run"]) == 0
    cut, empty, plain = (job.baseline for job, _ in idle)
    assert (cut.ablate, cut.ablate_from) == (("ties", "groups"), "onset") and cut.id != plain.id
    assert empty.id == plain.id and empty.ablate == ()


@pytest.mark.parametrize(("word", "message"), [
    ("ablate=[friends]", "there is no channel friends to switch off; expected some of ties"),
    ("ablate_from=monday", "ablate_from = 'monday': expected"),
    ("calendar.horizon_days=29", "calendar.horizon_days = 29: expected 30 to 1825, or 0")])
def test_what_cannot_be_switched_off_or_followed_is_refused_in_one_line(word, message, capsys, in_english):
    assert main(["run", word]) == 2
    refused = capsys.readouterr().err
    assert message in refused and "Traceback" not in refused and refused.count("\n") == 1


def test_losses_are_followed_as_long_as_the_crises_say(idle):
    for words in (["crisis=heatwave"], ["crisis=[heatwave,flood]"], ["crisis=none"], ["calendar.horizon_days=90"]):
        assert main(["run", *words]) == 0
    assert [job.baseline.scenario.calendar.horizon_days for job, _ in idle] == [365, 730, 365, 90]


def test_losses_are_followed_until_the_last_crisis_has_been(idle):
    """The wave of 2027-08-04 is followed for 365 days, the flood of 2027-06-07 for 730."""
    again = "crisis.heatwave.again=[2028-08-03]"
    for words in (["crisis=heatwave", again], ["crisis=[heatwave,flood]", again.replace("2028", "2029")],
                  ["crisis=heatwave", again, "calendar.horizon_days=90"]):
        assert main(["run", *words]) == 0
    horizons = [job.baseline.scenario.calendar.horizon_days for job, _ in idle]
    assert horizons == [365 + 365, 58 + 730 + 365, 90]


def test_crises_begin_on_one_day_if_told_to(idle):
    words = ["run", "crisis=[heatwave,flood]", "crisis.heatwave.again=[2028-08-03]"]
    assert main(words) == main([*words, "same_day=true"]) == 0
    own, moved = ({one.id: one.starts for one in job.baseline.scenario.crises} for job, _ in idle)
    assert own == {"heatwave": ["2027-08-04", "2028-08-03"], "flood": ["2027-06-07"]}
    assert moved == {"heatwave": ["2027-06-07", "2028-06-06"], "flood": ["2027-06-07"]}


@pytest.mark.parametrize("words", [["crisis=heatwave"], ["crisis=none"]])
def test_one_crisis_cannot_coincide(refused, words):
    assert "same_day=true needs two crises or more" in refused("run", *words, "same_day=true")


def test_values_arrive(idle):
    words = [
        "seed=7",
        "model.joining.rate=0.2",
        "calendar.levers=2026-02-02",
        "crisis.heatwave.severity=1.5",
        "threads=1",
        "behaviour=selection_only",
        "results=a folder/é=1",
        "name=${nothing} 'to' {resolve}",
    ]
    assert main(["run", *words]) == 0
    job, folder = idle[0]
    run = job.run(job.levers, job.seeds[0])
    assert run.seed == 7 and run.model.joining.rate == 0.2 and run.scenario.calendar.levers == "2026-02-02"
    assert run.scenario.crises[0].severity == 1.5 and run.model.behaviour == "selection_only" and job.threads == 1
    assert str(folder) == "a folder/é=1"


def test_order_of_words_and_of_cards_does_not_matter(idle):
    main(["run", "lever=[coordinator,outreach]", "crisis=[heatwave,power_cut]", "seed=2"])
    main(["run", "seed=2", "crisis=[power_cut,heatwave]", "lever=[outreach,coordinator]"])
    first, second = (job.run(job.levers, 2).id for job, _ in idle)
    assert first == second


@pytest.mark.parametrize(("words", "seeds"), [("seeds=3", (1, 2, 3)), ("seeds=[5,0,2]", (5, 0, 2))])
def test_seeds(idle, words, seeds):
    assert main(["compare", words]) == 0
    assert idle[0][0].seeds == seeds


def test_cfg_prints_what_composes_again(idle, capsys):
    assert main(["compare", "--cfg", "job", "seeds=3"]) == 0
    shown = yaml.safe_load(capsys.readouterr().out)
    assert shown["seeds"] == 3 and shown["model"]["behaviour"] == "balanced" and "hydra" not in shown
    assert not idle


def test_nothing_appears_beside_the_results(idle, tmp_path):
    assert main(["run", "results=mine"]) == 0
    assert [file.name for file in tmp_path.iterdir()] == ["mine"]


def test_own_folder_with_a_card_of_a_shipped_name_wins(idle, tmp_path):
    (tmp_path / "own" / "crisis").mkdir(parents=True)
    text = (find_shipped_configs() / "crisis" / "heatwave.yaml").read_text(encoding="utf-8")
    (tmp_path / "own" / "crisis" / "heatwave.yaml").write_text(text.replace("days: 10", "days: 11"), encoding="utf-8")
    assert main(["run", "--config-dir", "own"]) == 0
    assert idle[0][0].baseline.scenario.crises[0].days == 11


def test_a_copy_elsewhere_works_in_any_folder(tmp_path):
    copy = tmp_path / "site-packages"
    package = find_shipped_configs().parent / "simulator"
    shutil.copytree(package, copy / "simulator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(find_shipped_configs(), copy / "configs", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "here" / "configs").mkdir(parents=True)
    code = f"import sys; sys.path[:0] = ['', {str(copy)!r}]; from simulator.app.cli.main import main; "
    code += "sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, "run", "--cfg", "job", "territory=village"],
        cwd=tmp_path / "here",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0 and "id: village" in done.stdout, done.stderr


def test_a_broken_hydra_plugin_does_no_harm(tmp_path):
    plugin = tmp_path / "hydra_plugins" / "broken" / "__init__.py"
    plugin.parent.mkdir(parents=True)
    plugin.write_text("raise RuntimeError('broken plug-in')\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run([sys.executable, "-m", "simulator", "run", "territory=village", "--cfg", "job"], cwd=tmp_path,
                          env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and not done.stderr and "village" in done.stdout


def test_the_language_is_chosen_anew_for_each_command(monkeypatch):
    for lang in ("en", "fr", "en"):
        monkeypatch.setenv("RESILIENCE_LANG", lang)
        assert compose_config("run", [], []).lang == lang
        assert compose_config("run", ["lang=fr"], []).lang == "fr"
