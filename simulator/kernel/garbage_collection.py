"""How often Python's garbage collector runs in a process of our own."""

from __future__ import annotations

import gc

THRESHOLD_0, THRESHOLD_1, THRESHOLD_2 = 50_000, 20, 50


def raise_gc_threshold() -> None:
    """Run the collector of reference cycles seldom, in a process that ends with its command.

    Libraries create millions of objects on import and keep them. Python's default, a search after every 700 new
    objects, takes a tenth of the time of a small run. Columns need no collector: reference counting frees them.
    """
    gc.set_threshold(THRESHOLD_0, THRESHOLD_1, THRESHOLD_2)
