"""without_sites= of `compare`: members of sites against the same persons in a world without any site.

The runs go to a store of their own inside the comparison's folder, apart from those of the comparison.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from ....config.job import Job
from ....config.run_choices import resolve_observed_tables
from ....i18n.translation import translate
from ....scenario.run import Run
from ....scenario.site_free import build_site_free_twin
from ....studies.missing_runs import RunFailure
from ....studies.store import Store
from ...cli.text_table import get_output_width
from ...jobs.batch import simulate_batch

if TYPE_CHECKING:
    from ....report.sheets.analysis_sheet import AnalysisSheet

TWIN_FOLDER, TWIN_TABLES = "twin", ("people", "pairs")


def list_twin_runs(job: Job) -> list[Run]:
    """Seed by seed, the run without levers and its twin without sites, with residents one by one."""
    runs = [job.run((), seed) for seed in job.seeds]
    runs = [replace(run, observe=resolve_observed_tables((*run.observe, *TWIN_TABLES))) for run in runs]
    return [one for run in runs for one in (run, build_site_free_twin(run))]


def simulate_twin_runs(job: Job, store: Store, lang: str) -> list[RunFailure]:
    """Say how many runs without_sites= needs, play those that its store lacks; the failures."""
    if not job.settings.get("without_sites"):
        return []
    own, runs = Store(store.folder / TWIN_FOLDER), list_twin_runs(job)
    print(translate("twin worlds: 2 worlds x {seeds} seeds = {all} runs, {missing} to play", lang,
                    seeds=len(job.seeds), all=len(runs), missing=len(own.list_missing_runs(runs))), file=sys.stderr,
          flush=True)
    return simulate_batch(job, own, runs, lang)


def build_twin_sheets(job: Job, store: Store) -> list[AnalysisSheet]:
    """The sheets on members; none without without_sites=, or where no seed has both its runs."""
    from ....analysis.chain.members import build_member_chain, measure_members, pair_twin_worlds
    from ....report.sheets.member_effects import build_member_sheets

    own = Store(store.folder / TWIN_FOLDER)
    runs = [run for run in list_twin_runs(job) if own.has(run.id)] if job.settings.get("without_sites") else []
    pairs = list(pair_twin_worlds(own.opened(runs)).values()) if runs else []
    return build_member_sheets(build_member_chain(pairs), measure_members(pairs), job.lang,
                               get_output_width()) if pairs else []
