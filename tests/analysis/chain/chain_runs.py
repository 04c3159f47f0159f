"""Records of a comparison whose groups differ by known amounts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulator.records.files.run_files import RunTables, combine_records
from simulator.records.record import Record
from tests.analysis.fake_runs import fake_record

ARMS = ((), ("outreach",), ("coordinator",))
Changes = Mapping[tuple[str, str], float]
"""(dimension.group, column) to what the lever adds in every seed, times the seed where it is not whole."""


def change_groups(record: Record, changes: Changes) -> Record:
    """The record with these amounts added to columns of its groups table."""
    groups = record.tables["groups"]
    for (group, column), amount in changes.items():
        row = [f"{d}.{g}" == group for d, g in zip(groups["dimension"], groups["group"])]
        groups[column] = groups[column] + np.where(row, amount, 0).astype(groups[column].dtype)
    return record


def chain_tables(changes: Mapping[tuple[str, ...], Changes], seeds: int = 4) -> RunTables:
    """Runs of three arms; changes: levers of an arm to what is added to it."""
    records = [change_groups(fake_record(arm, seed), changes.get(arm, {})) for seed in range(1, seeds + 1)
               for arm in ARMS]
    return combine_records(records)
