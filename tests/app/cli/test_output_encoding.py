"""Output on machines whose encoding lacks our signs: everything is printed, the exit code stays."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import pytest

from simulator.app.cli.output_encoding import tolerate_output_encoding

COMMAND = [sys.executable, "-m", "simulator"]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "ascii", "cp850", "utf-8"])
@pytest.mark.parametrize("words", [["describe", "levers"], ["--help"], ["run", "territory=nulle-part é ≥ 2"]])
def test_no_encoding_ends_a_job(encoding: str, words: list[str]) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "RESILIENCE_LANG": "fr"}
    done = subprocess.run([*COMMAND, *words], capture_output=True, env=environment, check=False)
    assert done.returncode == (2 if words[0] == "run" else 0), done.stderr
    text = (done.stdout or done.stderr).decode(encoding)
    assert len(text) > 100 and "Traceback" not in text


@pytest.mark.parametrize(("encoding", "written"), [
    ("latin-1", "-0,5 [-1 ; +1] 46 kEUR >= 2 ... 'a' - été"), ("cp1252", "-0,5 [-1 ; +1] 46 k€ >= 2 … ’a’ - été"),
    ("ascii", "-0,5 [-1 ; +1] 46 kEUR >= 2 ... 'a' - ete"), ("utf-8", "−0,5 [−1 ; +1] 46 k€ ≥ 2 … ’a’ ─ été")])
def test_what_stands_for_signs(encoding: str, written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    tolerate_output_encoding()
    print("−0,5 [−1 ; +1] 46 k€ ≥ 2 … ’a’ ─ été\udce9"[:-1], file=stream, flush=True)
    assert raw.getvalue().decode(encoding).strip().replace("\u202f", " ").replace("\u00a0", " ") == written


def test_names_of_files_that_are_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, "utf-8")
    monkeypatch.setattr(sys, "stdout", stream)
    tolerate_output_encoding()
    print("dossier\udce9", file=stream, flush=True)
    assert raw.getvalue().decode().strip() == "dossier?"
