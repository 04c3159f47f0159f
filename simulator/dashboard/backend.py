"""What the page may ask of the floor above, which knows the cards and puts settings together."""

from __future__ import annotations

import threading
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
_ready = threading.Event()
"""Set once what the page needs is loaded: it is loaded beside the server's start, while browsers fetch the page."""


def hang(door: Door) -> None:
    """Give the page its door, before it starts."""
    _open[:] = [door]
    _ready.set()


def prepare(load: Callable[[], None]) -> threading.Thread:
    """Load what the page needs beside what goes on; a page that comes earlier waits for it."""
    _ready.clear()

    def work() -> None:
        try:
            load()
        finally:
            _ready.set()

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    return worker


def wait() -> None:
    """Wait until what the page needs is loaded."""
    _ready.wait()


def door() -> Door:
    """The door of this process. RuntimeError if the page was started without: use `resilience dashboard`."""
    if not _open:
        raise RuntimeError("the page is started by: resilience dashboard")
    return _open[0]
