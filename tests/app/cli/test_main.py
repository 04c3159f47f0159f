"""The command line: commands, options, help, refusals, and which modules help imports."""

from __future__ import annotations

import subprocess
import sys

import pytest

import simulator
from simulator.app.cli.main import COMMAND_MODULES, main
from simulator.app.cli.manual import COMMAND_HELP, get_help_page


def run(*argv, **more):
    return subprocess.run([sys.executable, *argv], capture_output=True, text=True, timeout=120, check=False, **more)


def test_help_is_quick_and_teaches():
    done = run("-X", "importtime", "-m", "simulator", "--help")
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert done.returncode == 0 and "simulator" in loaded
    assert not loaded & {"numpy", "numba", "hydra", "omegaconf", "yaml", "mesa", "pandas", "matplotlib", "duckdb"}
    assert sum(line.startswith("  resilience ") for line in done.stdout.splitlines()) == 3


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["--help"],
        ["run", "--help"],
        ["compare", "-h"],
        ["describe", "--help"],
        ["check", "--help"],
        ["--help", "lang=fr"],
        ["version"],
        ["--version"],
    ],
)
def test_help_imports_nothing_heavy(argv):
    code = (
        "import sys; from simulator.app.cli.main import main; code = main(sys.argv[1:]); "
        "heavy = {'hydra', 'omegaconf', 'numba', 'mesa', 'numpy', 'duckdb'} & set(sys.modules); "
        "print(sorted(heavy), file=sys.stderr); sys.exit(code)"
    )
    done = run("-c", code, *argv)
    assert done.returncode == 0 and done.stdout
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("command", COMMAND_HELP)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_command_explains_itself(command, lang, capsys):
    assert main([command, "--help", f"lang={lang}"]) == 0
    assert f"resilience {command}" in capsys.readouterr().out


def test_bare_command_explains_itself(capsys):
    assert main([]) == 0
    assert "compare" in capsys.readouterr().out


def test_version(capsys):
    assert main(["version"]) == 0
    assert capsys.readouterr().out == f"resilience {simulator.__version__}\n"


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["compar"], "expected compare, compact ("),
        (["frob"], "expected run, compare, describe"),
        (["--hepl"], "--help"),
        (["run", "--config-dir"], "--config-dir my_cards"),
        (["run", "--config-dir", "nowhere"], "no such"),
        (["run", "--cfg", "all"], "expected job"),
        (["run", "compare"], "name=value"),
        (["seed=3"], "unknown command"),
        (["version", "3"], "leave it out"),
        (["run", "-x"], "unknown option"),
        (["--help", "lang=de"], "one of fr, en"),
    ],
)
def test_wrong_words(refused, argv, says):
    assert says in refused(*argv)


def test_refusals_in_french(refused):
    assert "réglez-le dans ses bornes" in refused("run", "model.joining.rate=99", "lang=fr")
    assert "réglage inconnu 'seeed'" in refused("run", "seeed=3", "lang=fr")


@pytest.mark.usefixtures("in_english")
def test_an_unexpected_failure_is_one_line(monkeypatch, capsys):
    monkeypatch.delenv("RESILIENCE_TRACE", raising=False)
    monkeypatch.setattr("simulator.app.cli.main._print_help", lambda line: 1 / 0)
    assert main([]) == 1
    assert capsys.readouterr().err.startswith("resilience: unexpected failure, ZeroDivisionError")


@pytest.mark.usefixtures("in_english")
def test_ctrl_c_before_anything_began(monkeypatch, capsys):
    def stop(line):
        raise KeyboardInterrupt

    monkeypatch.setattr("simulator.app.cli.main._print_help", stop)
    assert main([]) == 130
    assert capsys.readouterr().err == "resilience: interrupted; nothing was begun\n"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_first_page_of_help_names_each_command_once(lang: str) -> None:
    listed = [line.split()[0] for line in get_help_page(None, lang).splitlines() if line.startswith("  ")]
    assert sorted(listed[:listed.index("resilience")]) == sorted([*COMMAND_MODULES, "version"])
