"""Completion in a shell: commands, settings, cards."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import fields
from importlib import import_module

import pytest

from simulator.app.cli.completion import SCRIPTS, complete_line
from simulator.app.cli.main import COMMAND_MODULES, main
from simulator.config.settings import SETTINGS_BY_COMMAND

PARTS = ("model", "calendar", "executor")
"""Settings that are groups of settings."""


@pytest.mark.parametrize(("line", "found"), [
    ("resilience ru", ["run "]), ("resilience run netw", ["network="]),
    ("resilience run model.asking.ask_", ["model.asking.ask_agency="]),
    ("resilience compare lever=[fans,outr", ["outreach"]), ("resilience run territory=pan", ["pantin"]),
    ("resilience run experiment=", ["small_heatwave"]), ("resilience describe lever", ["lever ", "levers "]),
    ("resilience table res", []), ("resilience run seed=", []), ("resilience hydra -m crisis=floo", ["flood"]),
    ("resilience hindcast apag", ["apagon_2025 "]), ("resilience hindcast all str", ["strict="]),
    ("resilience hindcast all strict=", ["false", "true"]), ("resilience check mec", ["mechanism "]),
    ("resilience explain folder --res", ["--resident"]), ("resilience table folder nei", ["neighbourhoods "]),
    ("resilience describe crisis power", ["power_cut"]), ("resilience completion fi", ["fish "]),
    ("resilience run crisis.flood.sev", ["crisis.flood.severity="]),
    ("resilience run lever.fans.dose_lo", ["lever.fans.dose_low="]),
    ("resilience study executor.work", ["executor.workers="]),
    ("resilience run territory.around", ["territory.around_km="]), ("resilience run lever.out", ["lever.outreach."])])
def test_what_completes_a_line(line: str, found: list[str]) -> None:
    assert complete_line(line) == found


def test_every_command_completes_the_settings_it_takes() -> None:
    """What a command checks its words against is what its help lists, hence what completes."""
    checked = 0
    for command, module in COMMAND_MODULES.items():
        taken = getattr(import_module(f"simulator.app.commands.{module}"), "SETTINGS", ())
        offered = set(complete_line(f"resilience {command} folder ", whole_words=True))
        assert {f"{name}=" for name in taken} <= offered, command
        checked += bool(taken)
    assert checked >= 5
    assert all("lang=" in complete_line(f"resilience {command} folder ") for command in COMMAND_MODULES)


def test_every_setting_of_a_configuration_completes() -> None:
    for command, kind in SETTINGS_BY_COMMAND.items():
        offered = complete_line(f"resilience {command} ")
        assert {f"{item.name}=" for item in fields(kind) if item.name not in PARTS} <= set(offered)
        assert len(offered) == len(set(offered)) and "model.joining.rate=" in offered
        assert not [word for word in offered if "=" in word and (word.count("model.") and word.count(".") < 2)
                    and word != "model.behaviour="]


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
