"""The page's interface to the application layer, which knows the cards and resolves settings."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class ComparisonPlan:
    """What a comparison would run.

    arms: arm to the ids of its runs, one per seed. error: one line that says why it cannot run; empty if it can.
    """

    arms: Mapping[str, Sequence[str]]
    error: str = ""

    @property
    def runs(self) -> list[str]:
        """Ids of all runs."""
        return [run for runs in self.arms.values() for run in runs]


@dataclass(frozen=True)
class Backend:
    """What the page can ask of the application.

    root: the results folder, the only one that is read or written. list_cards(group): all cards of "lever", "crisis" or
    "territory". plan_comparison(overrides, lang): the runs that these settings mean. build_job_command(overrides): the
    command line that runs them. build_prices_command(overrides, file): the command line that writes what levers cost
    into a JSON file. lang: default language.
    """

    root: Path
    list_cards: Callable[[str], Sequence[Any]]
    plan_comparison: Callable[[Sequence[str], str], ComparisonPlan]
    build_job_command: Callable[[Sequence[str]], Sequence[str]]
    build_prices_command: Callable[[Sequence[str], Path], Sequence[str]]
    lang: str = "fr"


_backend: list[Backend] = []
_loaded = threading.Event()
"""Set once what the page needs is loaded, in a thread beside the server's start, while browsers fetch the page."""


def set_backend(backend: Backend) -> None:
    """Set the backend of this process, before the page starts."""
    _backend[:] = [backend]
    _loaded.set()


def start_loading(load: Callable[[], None]) -> threading.Thread:
    """Run `load` in a thread and return the thread; `wait_until_loaded` blocks until it has ended."""
    _loaded.clear()

    def work() -> None:
        try:
            load()
        finally:
            _loaded.set()

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    return worker


def wait_until_loaded() -> None:
    """Block until what the page needs is loaded."""
    _loaded.wait()


def get_backend() -> Backend:
    """The backend of this process. RuntimeError if none was set: the page is started by `resilience dashboard`."""
    if not _backend:
        raise RuntimeError("the page is started by: resilience dashboard")
    return _backend[0]
