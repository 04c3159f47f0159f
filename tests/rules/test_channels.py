"""Channels that can be switched off: what each freezes exists."""

from __future__ import annotations

from simulator.phases.order import PHASES
from simulator.rules.channels import CHANNELS, FROZEN_COLUMNS


def test_frozen_columns_belong_to_channels_and_are_written_by_phases() -> None:
    written = {column for phase in PHASES.values() for column in phase.WRITES}
    assert set(FROZEN_COLUMNS) <= set(CHANNELS)
    assert {column for columns in FROZEN_COLUMNS.values() for column in columns} <= written
    assert all(CHANNELS.values())
