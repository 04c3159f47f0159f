"""Six recognisable residents of a comparison, followed once through every arm: brief and page show them at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ...config.job import Job
from ...i18n.translation import translate
from ...records.results import open as open_results
from ...studies.machine import count_residents
from ...studies.stored_cases import is_case_file_current, load_cases, select_case_runs
from ..cli.progress import ProgressBar
from .batch import announce_time

MAX_FOLLOWED_RESIDENTS = 200_000
"""In larger places it takes minutes: only on request, with `resilience explain --resident cases`."""


def follow_residents(job: Job, folder: Path, lang: str) -> None:
    """Play every arm of one seed again and keep what it holds for six residents, unless that is kept already.

    Nothing where nobody can be followed: no crisis, a large place, or residents of somebody's own.
    """
    if count_residents(job.baseline) > MAX_FOLLOWED_RESIDENTS or job.baseline.extensions is not None:
        return
    try:
        with open_results(folder) as results:
            if is_case_file_current(results):
                return
            runs = select_case_runs(results)
            print(translate("six residents are followed through every arm:", lang), file=sys.stderr, flush=True)
            announce_time(runs, lang, workers=1)
            with ProgressBar(1, lang, "step") as progress:
                load_cases(results, threads=job.threads or os.cpu_count() or 1, progress=progress.set_progress)
    except (ValueError, FileNotFoundError):
        return  # the comparison is complete without
