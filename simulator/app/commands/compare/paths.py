"""paths= of `compare`: plays every arm again with channels cut, and measures what runs through them.

The runs go to a store of their own inside the comparison's folder, apart from those of the comparison.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ....config.job import Job
from ....config.path_cuts import PathCut
from ....i18n.translation import translate
from ....scenario.run import Run
from ....studies.missing_runs import RunFailure
from ....studies.store import Store
from ...jobs.batch import simulate_batch

if TYPE_CHECKING:
    from ....records.files.run_files import RunTables
    from ....report.sheets.analysis_sheet import AnalysisSheet

PATHS_FOLDER = "paths"


def list_path_runs(job: Job, runs: Sequence[Run]) -> dict[PathCut, list[Run]]:
    """Each cut to the comparison's runs with its channels cut, beside those that ablate= cuts in all of them."""
    return {cut: [replace(run, ablate=(*run.ablate, *cut), ablate_from=job.settings["paths_from"]) for run in runs]
            for cut in job.path_cuts}


def simulate_path_runs(job: Job, store: Store, runs: Sequence[Run], lang: str) -> list[RunFailure]:
    """Say how many runs paths= needs, play those that its store lacks; the failures. runs: of the comparison."""
    if not job.path_cuts:
        return []
    own, cut_runs = Store(store.folder / PATHS_FOLDER), list_path_runs(job, runs)
    wanted = [run for position in range(len(runs)) for run in (cut_runs[cut][position] for cut in cut_runs)]
    print(translate("paths: {cuts} cuts x {arms} arms x {seeds} seeds = {all} runs, {missing} to play", lang,
                    cuts=len(cut_runs), arms=len(job.arms()), seeds=len(job.seeds), all=len(wanted),
                    missing=len(own.list_missing_runs(wanted))), file=sys.stderr, flush=True)
    return simulate_batch(job, own, wanted, lang)


def build_path_sheets(job: Job, store: Store, opened: RunTables, runs: Sequence[Run]) -> list[AnalysisSheet]:
    """The sheet of paths, in a list; an empty one without paths=, or where none of its runs is stored."""
    from ....report.sheets.path_effects import build_path_sheet

    own = Store(store.folder / PATHS_FOLDER)
    tables = {cut: own.opened(cut_runs) for cut, cut_runs in list_path_runs(job, runs).items()
              if any(own.has(run.id) for run in cut_runs)}
    return [build_path_sheet(opened, tables, job.settings["paths_from"], job.lang)] if tables else []
