"""`resilience compare`: levers against doing nothing, paired by seed; plays only missing runs."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ....analysis.effects.arms import format_portfolio_key
from ....config.budget import write_budget
from ....config.job import Job
from ....config.priors import resolve_priors
from ....i18n.translation import translate
from ....scenario.run import Run
from ....studies.missing_runs import RunFailure
from ....studies.store import EFFECTS_FILE, FIGURES_FOLDER, Store
from ...cli.text_table import get_output_width
from ...jobs.batch import simulate_batch
from ...jobs.cases import follow_residents
from ...jobs.chain_files import write_chain
from ...jobs.job_runner import run_job
from ...jobs.no_exposure import warn_no_exposure
from ...jobs.results_folder import print_and_save_summary
from ...jobs.workbook import save_workbook
from .assumption_screening import write_evidence_tables
from .break_even import write_break_even
from .paths import build_path_sheets, simulate_path_runs
from .twin_worlds import build_twin_sheets, simulate_twin_runs

if TYPE_CHECKING:
    from ...cli.main import CommandLine


def command(line: CommandLine) -> int:
    """Compose, check, play the missing runs, report. Exit code 1 if some runs failed."""
    def play_and_report(job: Job, folder: Path, lang: str) -> int:
        code = simulate_comparison(job, folder, lang, line.arguments)
        if not code:
            follow_residents(job, folder, lang)
        return code

    return run_job("compare", line, play_and_report)


def simulate_comparison(job: Job, folder: Path, lang: str, words: Sequence[str] = ()) -> int:
    """Play the missing runs, print the effects, write tables and figures. Exit code 1 if some runs failed.

    words: of the command line, for the command that is offered where a team's ranges have to be played.
    """
    store = Store(folder)
    failures = simulate_missing_runs(job, store, lang)
    if not failures or list_comparable_seeds(job, store):
        failures += simulate_twin_runs(job, store, lang)
        failures += simulate_path_runs(job, store, list_comparison_runs(job), lang)
        report_comparison(job, store, lang, words)
    return 1 if failures else 0


def list_comparison_runs(job: Job) -> list[Run]:
    """Every run of the comparison, seed by seed, each with the baseline first."""
    return [job.run(levers, seed) for seed in job.seeds for levers in job.arms().values()]


def list_comparable_seeds(job: Job, store: Store) -> list[int]:
    """Seeds of which the baseline and at least one arm with levers are stored."""
    return [seed for seed in job.seeds
            if store.has(job.run((), seed).id) and any(store.has(job.run(levers, seed).id)
                                                       for levers in job.arms().values() if levers)]


def simulate_missing_runs(job: Job, store: Store, lang: str) -> list[RunFailure]:
    """Play the runs that the store lacks; the failures. The one place where `compare` simulates."""
    runs = list_comparison_runs(job)
    print(translate("{arms} arms x {seeds} seeds = {all} runs, {missing} to play", lang, arms=len(job.arms()),
                    seeds=len(job.seeds), all=len(runs), missing=len(store.list_missing_runs(runs))),
          file=sys.stderr, flush=True)
    return simulate_batch(job, store, runs, lang)


def name_portfolios(job: Job) -> dict[str, str]:
    """Key of each portfolio to its name from arms=, as `RunTables.portfolio_names` holds them."""
    return {format_portfolio_key({lever.id: lever.dose for lever in levers}): name
            for name, levers in job.named_portfolios.items()}


def format_replay(words: Sequence[str], folder: Path) -> str:
    """The command that plays sets whose numbers are drawn within the ranges of priors=, in a folder of its own."""
    kept = [word for word in words if word.partition("=")[0] not in ("results", "redraw")]
    return shlex.join(["resilience", "compare", *kept, "redraw=true", f"results={folder}-redrawn"])


def report_comparison(job: Job, store: Store, lang: str, words: Sequence[str] = ()) -> None:
    """Print the effects; write the tables of effects, evidence, budget and break-even, and the figures."""
    from ....analysis.effects.effects_table import build_effects_table, write_effects_table
    from ....report.figures.comparison_figures import draw_comparison_figures, save_figures
    from ....report.sheets.analysis_sheet import write_sheets
    from ....report.sheets.doubt import build_doubt_sheet
    from ....report.sheets.mixes import build_mix_sheets
    from ....report.sheets.priors import build_priors_sheet
    from ....report.sheets.turning import build_turning_sheet
    from ....report.sheets.uncertainty import build_ensemble_sheet
    from ....report.sheets.verdicts import build_verdict_sheets
    from ....report.terminal.comparison_summary import format_comparison

    opened = replace(store.opened(list_comparison_runs(job)), portfolio_names=name_portfolios(job),
                     worth=str(job.settings["worth"]))
    evidence = write_evidence_tables(job, store, opened, lang)
    doubt, turning = build_doubt_sheet(opened, job.lang), build_turning_sheet(opened, job.lang)
    weighted, priors = None, resolve_priors(job.settings)
    if priors and not job.settings["redraw"]:
        weighted = build_priors_sheet(opened, priors, format_replay(words, store.folder), job.lang)
    sheets = [sheet for sheet in (doubt, turning, weighted, build_ensemble_sheet(opened, job.lang))
              if sheet and sheet.rows]
    mixes = build_mix_sheets(opened, job.lang)
    twin_sheets = build_twin_sheets(job, store)
    path_sheets = build_path_sheets(job, store, opened, list_comparison_runs(job))
    parts = [format_comparison(opened, job.lang, get_output_width()), write_chain(opened, store.folder, job.lang),
             *(sheet.text for sheet in [*twin_sheets, *path_sheets] if sheet.text),
             *(sheet.text for sheet in (*mixes, doubt, turning, weighted) if sheet and sheet.text), evidence]
    print_and_save_summary("\n".join(parts), store.folder)
    warn_no_exposure(opened.tables["runs"], job.lang)
    write_effects_table(build_effects_table(opened), store.folder / EFFECTS_FILE)
    write_budget(job.arms(), job.baseline, store.folder)
    write_break_even(job, opened, store.folder)
    pictures = [sheet.picture for sheet in path_sheets if sheet.picture is not None]
    save_figures([*draw_comparison_figures(opened, job.lang), *pictures], store.folder / FIGURES_FOLDER)
    write_sheets([*twin_sheets, *(replace(sheet, picture=None) for sheet in path_sheets), *sheets,
                  *mixes, *build_verdict_sheets(opened)], store.folder)
    save_workbook(store.folder, job.lang)
