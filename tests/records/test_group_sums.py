"""Sums by group, against the same sums one group at a time; residents without anybody to ask, one by one."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.records.group_sums import pack_flags, sum_by_group
from simulator.records.resident_status import flag_nobody_to_ask
from tests.phases.small_world import small_world
from tests.pieces import on_threads


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("rows", [0, 1, 7, 120_001])
@pytest.mark.parametrize(("kind", "most", "flag_count"), [(float, 2**40, 3), (np.int32, 2**25, 11)])
def test_group_sums_do_not_depend_on_threads(rows: int, count: int, kind: type, most: int, flag_count: int) -> None:
    rng = np.random.default_rng(rows)
    code, groups = rng.integers(-1, 4, rows), 5
    amounts = tuple(rng.integers(0, most, rows).astype(kind) for _ in range(2))
    flags = tuple(rng.random(rows) < share for share in np.linspace(0.1, 0.9, flag_count))
    with on_threads(count):
        sums, heads = sum_by_group(code, groups, amounts, len(flags), pack_flags(flags))
    expected = [[sum(int(x) for x in column[code == g]) for g in range(groups)] for column in (*amounts, *flags)]
    assert sums.dtype == heads.dtype == np.int64 and [*sums.tolist(), *heads.tolist()] == expected


def test_who_has_nobody_to_ask() -> None:
    world = small_world(2, 400)
    with world.writable(["people.far_kin", "people.far_other", "ties.trust"]):
        world.people.far_kin[::2] = world.people.far_other[::2] = 0
        world.ties.trust[::4] = 0.01
    people, ties, least = world.people, world.ties, world.settings.asking.min_trust_to_ask
    found = flag_nobody_to_ask(world)
    for i in range(people.rows):
        home = np.flatnonzero(people.household == people.household[i])
        adults = [j for j in home if people.age[j] >= 15 and people.alive[j]]
        trusted = any(ties.trust[i, k] >= least for k in range(ties.degree[i]))
        alone = i in adults and len(adults) < 2
        assert found[i] == (alone and not trusted and people.far_kin[i] == people.far_other[i] == 0), i
    assert 0 < found.sum() < people.rows
