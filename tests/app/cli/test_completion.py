"""Completion in a shell: commands, settings, cards."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from simulator.app.cli.completion import SCRIPTS, complete_line
from simulator.app.cli.main import main


@pytest.mark.parametrize(("line", "found"), [
    ("resilience ru", ["run "]), ("resilience run terr", ["territory="]),
    ("resilience run model.asking.ask_", ["model.asking.ask_agency="]),
    ("resilience compare lever=[fans,outr", ["outreach"]), ("resilience run territory=pan", ["pantin"]),
    ("resilience run experiment=", ["small_heatwave"]), ("resilience describe lever", ["lever ", "levers "]),
    ("resilience table res", []), ("resilience run seed=", []), ("resilience hydra -m crisis=floo", ["flood"])])
def test_what_completes_a_line(line: str, found: list[str]) -> None:
    assert complete_line(line) == found


def test_fish_takes_whole_words() -> None:
    assert complete_line("resilience compare lever=[fans,outr", whole_words=True) == ["lever=[fans,outreach"]


@pytest.mark.usefixtures("in_english")
def test_the_command_prints_scripts_and_words(capsys) -> None:
    for shell, script in SCRIPTS.items():
        assert main(["completion", shell]) == 0 and capsys.readouterr().out == script
    assert main(["completion", "words", "resilience ver"]) == 0
    assert capsys.readouterr().out.split() == ["verify", "version"]
    assert main(["completion", "tcsh"]) == 2 and "bash, zsh, fish" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes(tmp_path) -> None:
    program = tmp_path / "resilience"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m simulator "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    line = "resilience run crisis=floo"
    script = (f'PATH="{tmp_path}:$PATH"; eval "$(resilience completion bash)"; COMP_LINE="{line}"; '
              'COMP_POINT=${#COMP_LINE}; _resilience; printf "%s\\n" "${COMPREPLY[@]}"')
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "flood\n"
