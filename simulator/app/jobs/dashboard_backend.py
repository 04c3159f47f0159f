"""The page's door to the catalogue and to `compare`: cards, settings put together, command lines of jobs."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ...config.catalogue import every
from ...config.errors import UsageError
from ...dashboard.backend import Door, Plan

_one_at_a_time = threading.Lock()
"""Hydra's registries belong to the whole process; each session of the page is a thread."""


def door_of(root: Path, folders: Sequence[str], lang: str) -> Door:
    """A door to these folders of cards, and to one results folder."""
    given = [word for folder in folders for word in ("--config-dir", folder)]

    @cache
    def cards(group: str) -> list[Any]:
        from ...config.compose import search

        return [found.card for found in every(group, search(list(folders)))]

    def plan(words: Sequence[str], told: str) -> Plan:
        return planned(words, folders, told)

    def job(words: Sequence[str]) -> list[str]:
        return [sys.executable, "-m", "simulator", "compare", *given, *words]

    def prices(words: Sequence[str], file: Path) -> list[str]:
        return [sys.executable, "-m", "simulator.app.commands.compare.prices", str(file), *given, *words]

    return Door(root, cards, plan, job, prices, lang)


def planned(words: Sequence[str], folders: Sequence[str], lang: str) -> Plan:
    """The runs of a comparison with these settings, or why they cannot be."""
    from ...config.compose import compose
    from ...config.resolve import settle

    try:
        with _one_at_a_time:
            job = settle("compare", compose("compare", list(words), list(folders)))
        return Plan({name: [job.run(levers, seed).id for seed in job.seeds] for name, levers in job.arms().items()})
    except UsageError as problem:
        return Plan({}, problem.line(lang))

