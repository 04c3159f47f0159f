"""Damaged cards and command lines end with exit code 0 or 2, no traceback, nothing written, nothing executed."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from experiments.trials import mutate


@pytest.mark.filterwarnings("ignore")
def test_a_few_damaged_inputs(monkeypatch):
    monkeypatch.delenv("RESILIENCE_TRACE", raising=False)
    tally = mutate.try_inputs(25, seed=7, share=0.95)
    assert tally.bad == [] and sum(tally.codes.values()) == 25


def test_damage_changes_cards_and_is_reproducible():
    text = (mutate.CONFIGS / "lever" / "outreach.yaml").read_text(encoding="utf-8")
    first, second = ([mutate.damage_card(text, random.Random(k)) for k in range(20)] for _ in range(2))
    assert first == second and sum(raw != text.encode() for raw in first) >= 18


def test_executed_code_is_noticed(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def runs_the_card(argv):
        Path(mutate.TRAP).touch()
        return 2, ""

    monkeypatch.setattr(mutate, "run_command", runs_the_card)
    tally = mutate.Tally(Counter(), [])
    mutate.try_input("lever", random.Random(1), tally)
    assert len(tally.bad) == 1 and mutate.TRAP in tally.bad[0]
