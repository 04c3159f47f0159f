"""Damaged cards and command lines are refused in one way: exit code 2, no traceback, nothing written, nothing run."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from experiments.trials import mutate


@pytest.mark.filterwarnings("ignore")
def test_a_few_damaged_inputs(monkeypatch):
    monkeypatch.delenv("RESILIENCE_TRACE", raising=False)
    tally = mutate.attempts(25, seed=7, share=0.95)
    assert tally.bad == [] and sum(tally.codes.values()) == 25


def test_damage_is_damage_and_repeats():
    text = (mutate.CONFIGS / "lever" / "outreach.yaml").read_text(encoding="utf-8")
    one, two = ([mutate.damaged(text, random.Random(k)) for k in range(20)] for _ in range(2))
    assert one == two and sum(raw != text.encode() for raw in one) >= 18


def test_a_bad_answer_is_noticed(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def runs_the_card(argv):
        Path(mutate.TRAP).touch()
        return 2, ""

    monkeypatch.setattr(mutate, "answer", runs_the_card)
    tally = mutate.Tally(Counter(), [])
    mutate.attempt("lever", random.Random(1), tally)
    assert len(tally.bad) == 1 and mutate.TRAP in tally.bad[0]
