"""`resilience compare`: levers against doing nothing, paired by seed; only what is missing is played."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ....analysis.effects.arms import portfolio_key
from ....config.budget import write_budget
from ....config.resolve import Job
from ....i18n.app_texts import say
from ....scenario.run import Run
from ....studies.play import Failure
from ....studies.store import EFFECTS, FIGURES, Store
from ...jobs.batch import play_batch
from ...jobs.folder import show
from ...jobs.job import carry_out
from ...jobs.no_exposure import warn
from .assumption_screening import write_evidence
from .break_even import write_worth

if TYPE_CHECKING:
    from ...cli.main import Line


def command(line: Line) -> int:
    """Compose, check, play what is missing, tell. 1 if some runs failed."""
    return carry_out("compare", line, play_and_tell)


def play_and_tell(job: Job, folder: Path, lang: str) -> int:
    """Play what is missing, print the effects, write tables and figures. 1 if some runs failed."""
    store = Store(folder)
    failures = perform(job, store, lang)
    if not failures or complete(job, store):
        tell(job, store, lang)
    return 1 if failures else 0


def runs(job: Job) -> list[Run]:
    """Every run of the comparison: seed by seed, the baseline first."""
    return [job.run(levers, seed) for seed in job.seeds for levers in job.arms().values()]


def complete(job: Job, store: Store) -> list[int]:
    """Seeds of which at least the baseline and one arm are kept."""
    return [seed for seed in job.seeds
            if store.has(job.run((), seed).id) and any(store.has(job.run(levers, seed).id)
                                                       for levers in job.arms().values() if levers)]


def perform(job: Job, store: Store, lang: str) -> list[Failure]:
    """Play what the store lacks. The one place where `compare` simulates."""
    wanted = runs(job)
    print(say("plan", lang, arms=len(job.arms()), seeds=len(job.seeds), all=len(wanted),
              missing=len(store.missing(wanted))), file=sys.stderr, flush=True)
    return play_batch(job, store, wanted, lang)


def names(job: Job) -> dict[str, str]:
    """The names that arms= gave portfolios, as `Opened.names` has them."""
    return {portfolio_key({lever.id: lever.dose for lever in levers}): name for name, levers in job.named.items()}


def tell(job: Job, store: Store, lang: str) -> None:
    """Print the effects; write the table of effects and the figures."""
    from ....analysis.effects.table import effects, write_effects
    from ....report.analysis_sheet import keep
    from ....report.figures.folder_figures import comparison, draw
    from ....report.figures.uncertainty import ensemble_sheet
    from ....report.terminal.summary import comparison_text

    opened = replace(store.opened(runs(job)), names=names(job))
    evidence = write_evidence(job, store, opened, lang)
    spread = ensemble_sheet(opened, job.lang)
    parts = [comparison_text(opened, job.lang), *([spread.text] if spread else []), evidence]
    show("\n".join(parts), store.folder)
    keep([spread] if spread else [], store.folder)
    warn(opened.tables["runs"], job.lang)
    write_effects(effects(opened), store.folder / EFFECTS)
    draw(comparison(opened, job.lang), store.folder / FIGURES)
    write_budget(job.arms(), job.baseline, store.folder)
    write_worth(job, opened, store.folder)
