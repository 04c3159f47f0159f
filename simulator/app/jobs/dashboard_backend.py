"""The backend of the dashboard: lists cards, plans comparisons, builds the command lines of its jobs."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ...config.cards.catalogue import load_cards
from ...config.errors import UsageError
from ...config.places.place_names import list_named_places
from ...dashboard.backend import Backend, ComparisonPlan
from ...world.places.territory import Territory

_hydra_lock = threading.Lock()
"""Hydra's registries are global to the process, while each session of the dashboard is a thread."""


def build_dashboard_backend(root: Path, folders: Sequence[str], lang: str, given: Sequence[str] = ()) -> Backend:
    """The backend over these folders of cards and one results folder (root).

    lang: language of refusals until a session chooses another. given: settings of every comparison of the page, such
    as residents=my_package:Proud; the page itself never names code.
    """
    options = [word for folder in folders for word in ("--config-dir", folder)]

    @cache
    def cards(group: str) -> list[Any]:
        from ...config.cards.card_files import list_config_folders

        found = [one.card for one in load_cards(group, list_config_folders(list(folders)))]
        if group != "territory":
            return found
        known = {card.id for card in found}
        return found + [Territory(place.id, place.label_fr, place.label_en, place.communes)
                        for place in list_named_places() if place.id not in known]

    def plan(words: Sequence[str], session_lang: str) -> ComparisonPlan:
        return plan_comparison([*words, *given], folders, session_lang)

    def job(words: Sequence[str]) -> list[str]:
        return [sys.executable, "-m", "simulator", "compare", *options, *words, *given]

    def prices(words: Sequence[str], file: Path) -> list[str]:
        return [sys.executable, "-m", "simulator.app.commands.compare.prices", str(file), *options, *words, *given]

    return Backend(root, cards, plan, job, prices, lang)


def plan_comparison(words: Sequence[str], folders: Sequence[str], lang: str) -> ComparisonPlan:
    """The ids of the runs of a comparison, by arm; or, for settings that are refused, the reason in `lang`."""
    from ...config.compose import compose_config, list_given_settings
    from ...config.job import resolve_job

    try:
        with _hydra_lock:
            job = resolve_job("compare", compose_config("compare", list(words), list(folders)),
                              [Path(folder) for folder in folders], list_given_settings(list(words), list(folders)))
        return ComparisonPlan({name: [job.run(levers, seed).id for seed in job.seeds]
                               for name, levers in job.arms().items()})
    except UsageError as problem:
        return ComparisonPlan({}, problem.line(lang))
