"""Commands look for unused objects seldom; importing leaves Python's habits alone."""

from __future__ import annotations

import gc

from simulator.kernel.gc import NEW_OBJECTS, collect_seldom


def test_only_who_asks_collects_seldom() -> None:
    before = gc.get_threshold()
    assert before[0] < NEW_OBJECTS
    try:
        collect_seldom()
        assert gc.isenabled() and gc.get_threshold()[0] == NEW_OBJECTS
    finally:
        gc.set_threshold(*before)
