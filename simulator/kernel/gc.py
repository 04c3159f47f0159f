"""How often a process of our own looks for unused objects that refer to each other."""

from __future__ import annotations

import gc

NEW_OBJECTS, YOUNG, OLD = 50_000, 20, 50


def collect_seldom() -> None:
    """Let Python look for such objects seldom, in a process that ends with its command.

    Libraries make some millions of objects when they load, and keep them: to look through them every 700, as is usual,
    takes a tenth of a small run. Columns are freed by counting, without this.
    """
    gc.set_threshold(NEW_OBJECTS, YOUNG, OLD)
