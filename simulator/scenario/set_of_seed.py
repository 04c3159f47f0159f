"""Which plausible set of numbers each seed plays, where doubt about numbers is played: a rule of the seed alone.

So seeds can be added, left out or resumed, and all arms of a seed share their set. Of thirty seeds in a row, twenty
play new sets, and the other ten play the first ten of these again: what two seeds of one set differ by is luck.
"""

from __future__ import annotations

NEW_SETS, REPEATED_SETS = 20, 10
"""Of NEW_SETS + REPEATED_SETS seeds in a row: how many play a set for the first time, and for the second time."""


def locate_set(seed: int) -> int:
    """The position of a seed's set in the row of sets: 0 to 19 for seeds 1 to 20, 0 to 9 for 21 to 30, and so on.

    Seed 0 comes before seed 1, at -11.
    """
    block, rest = divmod(seed - 1, NEW_SETS + REPEATED_SETS)
    return block * NEW_SETS + rest % NEW_SETS


def count_seeds_for_sets(sets: int) -> int:
    """How many seeds, counted from 1, play this many different sets: 20 for 20, 31 for 21, 50 for 40."""
    blocks, rest = divmod(max(1, sets) - 1, NEW_SETS)
    return blocks * (NEW_SETS + REPEATED_SETS) + rest + 1


def count_seeds_for_repeats(sets: int) -> int:
    """How many seeds, counted from 1, play this many sets twice: 30 for 10."""
    blocks, rest = divmod(max(1, sets) - 1, REPEATED_SETS)
    return blocks * (NEW_SETS + REPEATED_SETS) + NEW_SETS + rest + 1
