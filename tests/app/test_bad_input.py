"""Every kind of bad input gives one line and exit code 2, and writes nothing."""

from __future__ import annotations

import os

import pytest

from simulator.app.cli.main import main

CARD = """\
id: mine
label_fr: le mien
label_en: mine
explanation_fr: Un levier.
explanation_en: A lever.
mechanism: One more post.
modifiers:
  - {handle: site.staff, op: add, value: 1.0}
"""


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("seeed=3", "seed"),
        ("lever=cordinator", "coordinator"),
        ("crisis=heatwve", "heatwave"),
        ("territory=pantn", "Pantin"),
        ("behaviour=selection", "selection_only"),
        ("territory=[pantin,three_sites]", "one name"),
        ("lever=[coordinator,coordinator]", "listed twice"),
        ("lever=3", "no such card"),
        ("lever={a:1}", "no such card"),
        ("lever=", "expected"),
        ("crisis=heatwave,lockdown", "[a,b]"),
        ("crisis=[heatwave", "cannot be read"),
        ("model.joining.rate=99", "0.05 to 0.5"),
        ("model.joining.rate=" + "9" * 400, "model.joining.rate"),
        ("model.joining.rate=abc", "expected a number"),
        ("model.joining.rate=nan", "0.05 to 0.5"),
        ("model.joining.rte=0.2", "rate"),
        ("model.joning.rate=0.2", "joining"),
        ("model.joining=0.2", "group of settings"),
        ("model.behaviour=odd", "balanced"),
        ("calendar.recovery_days=1", "14 to 730"),
        ("calendar.recovery_days=1.5", "whole number"),
        ("calendar.start=2025-13-01", "date"),
        ("calendar.start=2025-01-07", "Monday; the nearest is 2025-01-06"),
        ("calendar.start=0001-01-01", "or earlier"),
        ("calendar.start=9999-12-27", "expected"),
        ("calendar.levers=soon", "date"),
        ("calendar.levers=2024-01-01", "2025-01-06 or later"),
        ("calendar.levers=2099-01-01", "or earlier"),
        ("crisis.heatwave.severity=7", "0 to 3"),
        ("crisis.heatwave.sevrity=1", "severity"),
        ("crisis.heatwave.start=2020-07-01", "or later"),
        ("crisis.heatwave=3", "group of settings"),
        ("crisis.lockdown.severity=1", "not chosen"),
        ("lever.coordinator.dose=2", "not chosen"),
        ("seed=-1", "0 to"),
        ("seed=1.5", "whole number"),
        ("seed=abc", "whole number"),
        ("threads=0", "1 to"),
        ("seeds=3", "compare"),
        ("workers=2", "compare"),
        ("lang=de", "one of fr, en"),
        ("results=", "folder"),
        ("seed=1 seed=2", "twice"),
        ("hydra.run.dir=elsewhere", "which only the command hydra takes"),
        ("~crisis", "name=value"),
        ("crisis@here=heatwave", "cannot be read"),
        ("=3", "cannot be read"),
        ("model.joining.rate=${oops}", "oops"),
        ("lever=coordinator lever.coordinator.modifiers=3", "list"),
        ("lever=coordinator lever.coordinator.dose=lots", "expected a number"),
        ("lever=coordinator calendar.levers=2028-01-03", "prepare"),
        ("lever=coordinator lever.coordinator.window.start=2025-06-02", "2026-01-05 or later"),
    ],
)
def test_run_refuses(refused, words, says):
    assert says in refused("run", *words.split(" "))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("seed=3", "seeds=3"),
        ("worth=lots", "expected a share of losses"),
        ("worth=-5%", "expected a share of losses"),
        ("seeds=0", "1 to 10000"),
        ("seeds=-2", "1 to 10000"),
        ("seeds=[]", "list"),
        ("seeds=[1,1]", "1 is listed twice"),
        ("seeds=[1,-1]", "0 or more"),
        ("seeds=[1,x]", "whole"),
        ("seeds=2.5", "whole"),
        ("seeds=true", "whole"),
        ("workers=0", "1 to"),
        ("workers=many", "whole number"),
        ("lever=none", "at least one lever"),
        ("lever=coordinator together=true", "two levers"),
        ("together=perhaps", "true or false"),
    ],
)
def test_compare_refuses(refused, words, says):
    assert says in refused("compare", *words.split(" "))


def own(tmp_path, text, name="mine", group="lever"):
    folder = tmp_path / "own" / group
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.yaml"
    if isinstance(text, bytes):
        file.write_bytes(text)
    else:
        file.write_text(text, encoding="utf-8")
    return "--config-dir=own"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (CARD.replace("mechanism: One more post.\n", ""), "mechanism is missing"),
        (
            CARD.replace("site.staff", "site.staf"),
            "own/lever/mine.yaml:8: unknown handle 'site.staf'; nearest: site.staff",
        ),
        (CARD.replace("op: add", "op: multiply"), "mine.yaml:8"),
        (CARD.replace("value: 1.0", "value: much"), "expected a number"),
        (CARD + "dose: -1\n", "mine.yaml:9: dose = -1"),
        (CARD + "doze: 1\n", "mine.yaml:9"),
        (CARD + "id: again\n", "written twice"),
        (CARD + "modifiers: [\n", "mine.yaml:1"),
        (CARD + "a: [1, 2\nb: {", "mine.yaml:9: line 9, column 4: a bracket that is not closed"),
        ("", "entries"),
        ("- a\n- b\n", "entries"),
        ("just words", "entries"),
        (b"\xff\xfe\x00card", "mine.yaml"),
        (CARD.replace("id: mine", "id: 'Not a name!'"), "small letters"),
        (CARD + "mechanism_fr: ${nowhere}\n", "nowhere"),
    ],
)
def test_own_card_with_a_fault(refused, tmp_path, text, says):
    folder = own(tmp_path, text)
    assert says in refused("run", folder, "lever=mine")


def test_two_cards_of_one_id(refused, tmp_path):
    own(tmp_path, CARD)
    assert "listed twice" in refused("run", own(tmp_path, CARD, "other"), "lever=[mine,other]")


def test_own_card_is_used_and_its_defaults_may_be_set(idle, tmp_path):
    folder = own(tmp_path, CARD)
    assert main(["run", folder, "lever=mine", "lever.mine.dose=2"]) == 0
    ((job, _),) = idle
    assert job.levers[0].id == "mine" and job.levers[0].dose == 2


def test_results_is_a_file(refused, tmp_path):
    (tmp_path / "taken").write_text("x")
    assert "found a file" in refused("run", "results=taken")
    assert "cannot be written" in refused("run", "results=taken/deeper")


def test_results_cannot_be_made(refused):
    assert "cannot be written" in refused("run", "results=/proc/nothing/here")
    assert "cannot be written" in refused("run", "results=" + "x" * 300)


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root may write anywhere")
def test_results_read_only(refused, tmp_path):
    folder = tmp_path / "shut"
    folder.mkdir()
    folder.chmod(0o555)
    assert "cannot be written" in refused("run", "results=shut")
    folder.chmod(0o111)
    assert "cannot be" in refused("run", "results=shut")
    folder.chmod(0o755)


def test_results_holds_something_else(refused, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x")
    assert "thesis.txt" in refused("run", "results=mine")


def test_results_holds_broken_settings(refused, tmp_path):
    (tmp_path / "mine").mkdir()
    for text in ("a: [", "3", "settings: 3"):
        (tmp_path / "mine" / "settings.yaml").write_text(text)
        assert "settings.yaml" in refused("run", "results=mine")


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["describe", "levrs"], "levers"),
        (["describe", "lever", "cordinator"], "coordinator"),
        (["describe", "parameters", "joning"], "joining"),
        (["describe", "columns", "peple"], "people"),
        (["describe", "phases", "x"], "leave it out"),
        (["describe", "lang=de"], "one of fr, en"),
        (["describe", "x=3"], "leave it out"),
        (["describe", "--config-dir", "nowhere"], "no such"),
        (["check"], "check what"),
        (["check", "lever"], "check what"),
        (["check", "people", "x.yaml"], "check what"),
        (["check", "lever", "nowhere.yaml"], "no such file"),
        (["check", "lever", "."], "found a folder"),
    ],
)
def test_describe_and_check_refuse(refused, argv, says):
    assert says in refused(*argv)


@pytest.mark.parametrize("word", ["lever.outreach.window.start=2030-01-07", "calendar.levers=2040-01-02",
                                  "calendar.start=9999-12-31", "calendar.start=9985-01-01",
                                  "crisis.heatwave.start=9999-12-31", "lever.outreach.dose=99",
                                  "lever.outreach.dose=-1", "lever.outreach.cost.setup.value=1e9",
                                  "arms={A:{outreach:99}}"])
def test_dates_doses_and_prices_out_of_range_are_refused_by_compare(refused, word):
    name = word.partition("=")[0].removesuffix(".value").rpartition(".")[2]
    assert name in refused("compare", "territory=village", "lever=outreach", word)


@pytest.mark.parametrize("words", [["lever.outreach.dose=0"], ["lever.outreach.dose=0", "lever.outreach.dose_low=1"],
                                   ["arms={A:{outreach:0}}"]])
def test_dose_0_is_accepted(idle, words):
    assert main(["compare", "territory=village", "lever=outreach", "results=mine", *words]) == 0 and len(idle) == 1


def test_a_broken_interpolation_names_its_setting(refused):
    line = refused("portfolio", "territory=village", "lever=all", "budget=1", "plays='${x}'", "lang=en")
    assert "plays = '${x}': there is no setting 'x'" in line
