"""What the page may ask of the floor above, which knows the cards and puts settings together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Plan:
    """What a comparison would play: runs (key of each) by arm, or the one line that says why it cannot be."""

    arms: Mapping[str, Sequence[str]]
    refusal: str = ""

    @property
    def runs(self) -> list[str]:
        """Keys of all runs."""
        return [run for runs in self.arms.values() for run in runs]


@dataclass(frozen=True)
class Door:
    """root: the results folder, the only one that is read or written.

    cards(group): all cards of "lever", "crisis" or "territory". plan(words, lang): the runs that settings mean.
    job(words): the command line of a process that plays them. prices(words, file): one that writes what levers cost.
    """

    root: Path
    cards: Callable[[str], Sequence[Any]]
    plan: Callable[[Sequence[str], str], Plan]
    job: Callable[[Sequence[str]], Sequence[str]]
    prices: Callable[[Sequence[str], Path], Sequence[str]]
    lang: str = "fr"


_open: list[Door] = []


def hang(door: Door) -> None:
    """Give the page its door, before it starts."""
    _open[:] = [door]


def door() -> Door:
    """The door of this process. RuntimeError if the page was started without: use `resilience dashboard`."""
    if not _open:
        raise RuntimeError("the page is started by: resilience dashboard")
    return _open[0]
