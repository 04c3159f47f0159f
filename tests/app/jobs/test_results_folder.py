"""A results folder belongs to one job, which may add seeds and levers but change nothing else."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys

import pytest
import yaml

from simulator.app.cli.main import main
from simulator.app.commands import run
from simulator.app.commands.compare import command
from simulator.app.jobs import process_identity

BASE = ("territory=village", "crisis=heatwave", "seeds=2", "results=mine", "lever=[coordinator,outreach]")


def test_the_last_line_is_the_folder(idle, capsys):
    assert main(["run", "territory=village", "results=mine/deep"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == os.path.join("mine", "deep")


def test_a_dated_folder_else(idle, capsys):
    for _ in range(2):
        assert main(["compare", "territory=village"]) == 0
    first, second = (folder for _, folder in idle)
    assert first != second and first.parent.name == "results" and "-compare-village" in first.name


def test_settings_are_written_and_nothing_else(idle, tmp_path):
    assert main(["compare", *BASE]) == 0
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["settings.yaml"]
    content = yaml.safe_load((tmp_path / "mine" / "settings.yaml").read_text())
    assert content["command"] == "compare" and content["seeds"] == [1, 2]
    assert sorted(content["settings"]["lever"]) == ["coordinator", "outreach"]


@pytest.mark.parametrize(
    "words",
    [
        ("seeds=5",),
        ("seeds=[1,2,9]",),
        ("lever=[coordinator,outreach,open_project]",),
        ("workers=1", "threads=1"),
        ("lang=en",),
        ("together=true",),
        (),
        ("name=again",),
    ],
)
def test_the_same_job_may_grow(idle, words):
    assert main(["compare", *BASE]) == 0
    assert main(["compare", *_with(words)]) == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("seeds=1",), "seeds"),
        (("lever=coordinator",), "lever"),
        (("lever.outreach.dose=3.5",), "lever.outreach.dose"),
        (("crisis=lockdown",), "crisis"),
        (("crisis=none",), "crisis"),
        (("crisis.heatwave.severity=0.5",), "severity"),
        (("model.joining.rate=0.2",), "model.joining.rate"),
        (("behaviour=selection_only",), "model.behaviour"),
        (("territory=pantin",), "territory"),
        (("calendar.levers=2026-02-02",), "calendar.levers"),
    ],
)
@pytest.mark.usefixtures("in_english")
def test_another_job_is_refused(idle, capsys, tmp_path, words, says):
    assert main(["compare", *BASE]) == 0
    before = (tmp_path / "mine" / "settings.yaml").read_text()
    capsys.readouterr()
    assert main(["compare", *_with(words)]) == 2
    output = capsys.readouterr().err
    assert says in output and "another" in output and output.count("\n") == 1
    assert (tmp_path / "mine" / "settings.yaml").read_text() == before
    assert len(idle) == 1


def test_run_in_a_folder_of_compare_is_refused(idle, capsys):
    assert main(["compare", *BASE]) == 0
    assert main(["run", "territory=village", "results=mine"]) == 2
    assert "command" in capsys.readouterr().err


@pytest.mark.usefixtures("in_english")
def test_two_at_once_are_refused(idle, capsys, tmp_path, monkeypatch):
    (tmp_path / "mine").mkdir()
    claim, parent = tmp_path / "mine" / ".in_use", os.getppid()
    began = process_identity.read_process_start(parent)
    for host in (platform.node(), "elsewhere"):
        claim.write_text(json.dumps({"process": parent, "host": host, "began": began}))
        assert main(["run", "territory=village", "results=mine"]) == 2
        line = capsys.readouterr().err
        assert f"another run is writing there (process {parent} on {host}, says mine/.in_use)" in line
        assert "delete that file" in line


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize("text", [
    "1", "999999999", "", "x", "[]", "{}", "null", b"\xff\xfe", '{"process": "1"}',
    json.dumps({"process": 1, "host": platform.node(), "began": "another time"}),
    json.dumps({"process": 10**30, "host": platform.node(), "began": ""}),
    json.dumps({"process": -1, "host": platform.node(), "began": ""}),
    json.dumps({"process": 999999999, "host": platform.node(), "began": ""})])
def test_the_number_of_another_living_process_blocks_nothing(idle, capsys, tmp_path, text):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / ".in_use").write_bytes(text if isinstance(text, bytes) else text.encode())
    assert main(["run", "territory=village", "results=mine"]) == 0
    assert not (tmp_path / "mine" / ".in_use").exists()


def test_a_process_is_told_from_a_later_one_of_its_number():
    text = process_identity.describe_own_process()
    own = process_identity.read_process_start(os.getpid())
    assert json.loads(text)["began"] == own != "" and process_identity.read_process_start(os.getppid()) not in ("", own)
    assert process_identity.find_other_process(text) is None, "one's own claim blocks nobody"
    child = subprocess.run([sys.executable, "-c", f"print(__import__('simulator.app.jobs.process_identity').app.jobs"
                            f".process_identity.find_other_process({text!r}))"], capture_output=True, text=True,
                           env={**os.environ, "PYTHONPATH": ":".join(path for path in sys.path if path)}, check=True)
    assert child.stdout.strip() == str((os.getpid(), platform.node()))


@pytest.mark.parametrize(("module", "function", "name"), [(run, "simulate_run_job", "run"),
                                                          (command, "simulate_comparison", "compare")])
def test_ctrl_c_keeps_what_is_finished(idle, monkeypatch, capsys, tmp_path, module, function, name):
    def stop(job, folder, lang, *_):
        (folder / "finished").write_text("x")
        raise KeyboardInterrupt

    monkeypatch.setattr(module, function, stop)
    assert main([name, "territory=village", "results=mine", "lang=en"]) == 130
    output = capsys.readouterr()
    assert output.err.count("\n") == 1 and "stays in mine" in output.err
    assert sorted(file.name for file in (tmp_path / "mine").iterdir()) == ["finished", "settings.yaml"]


@pytest.mark.usefixtures("in_english")
def test_a_full_disk_is_one_line(idle, monkeypatch, capsys):
    def full(job, folder, lang):
        raise OSError(28, "No space left on device", "mine/runs")

    monkeypatch.setattr(run, "simulate_run_job", full)
    assert main(["run", "territory=village", "results=mine"]) == 1
    assert "No space left" in capsys.readouterr().err


def _with(words):
    names = {word.split("=")[0] for word in words}
    return [*(word for word in BASE if word.split("=")[0] not in names), *words]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes and links")
@pytest.mark.parametrize("name", ["settings.yaml", ".in_use"])
@pytest.mark.parametrize("put", [os.mkfifo, os.mkdir, lambda path: os.symlink("nowhere", path)],
                         ids=["pipe", "folder", "dangling_link"])
@pytest.mark.usefixtures("in_english")
def test_what_is_no_file_is_named_and_never_waited_for(idle, capsys, tmp_path, name, put):
    assert main(["compare", *BASE]) == 0 and len(idle) == 1
    capsys.readouterr()
    path = tmp_path / "mine" / name
    path.unlink(missing_ok=True)
    put(path)
    assert main(["compare", *BASE]) == 2 and len(idle) == 1
    line = capsys.readouterr().err
    assert f"{name} is a folder, a pipe" in line and line.count("\n") == 1
    assert os.path.lexists(path), "what somebody put there is kept"
