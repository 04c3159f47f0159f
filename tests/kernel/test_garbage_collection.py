"""A command may run the garbage collector seldom; importing the package leaves Python's threshold as it is."""

from __future__ import annotations

import gc

from simulator.kernel.garbage_collection import THRESHOLD_0, raise_gc_threshold


def test_the_threshold_changes_only_on_request() -> None:
    before = gc.get_threshold()
    assert before[0] < THRESHOLD_0
    try:
        raise_gc_threshold()
        assert gc.isenabled() and gc.get_threshold()[0] == THRESHOLD_0
    finally:
        gc.set_threshold(*before)
