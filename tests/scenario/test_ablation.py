"""Channels that are numbers: a cut sets them, and nothing else."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from simulator.parameters import Model
from simulator.rules.channels import CHANNELS
from simulator.scenario.ablation import CUT_NUMBERS, cut_numbers


def test_without_a_channel_the_model_is_the_same_object():
    model = Model()
    assert cut_numbers(model, ()) is model and cut_numbers(model, ("ties", "sites")) is model


@pytest.mark.parametrize("channel", CUT_NUMBERS)
def test_a_cut_changes_the_declared_numbers_and_no_other(channel):
    before, after = asdict(Model()), asdict(cut_numbers(Model(), (channel,)))
    changed = {(group, name) for group, numbers in before.items() if isinstance(numbers, dict)
               for name, value in numbers.items() if after[group][name] != value}
    declared = {(group, name) for group, numbers in CUT_NUMBERS[channel].items() for name in numbers}
    assert changed == declared and channel in CHANNELS


def test_two_cuts_of_one_group_both_hold():
    numbers = cut_numbers(Model(), ("learning", "power_to_act")).meeting
    assert numbers.learning == 0 and numbers.event == 0
