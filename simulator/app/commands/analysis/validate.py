"""`resilience validate`: verification of the code and validation against published figures; one page, two tables."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ....config.errors import flatten_text
from ....config.job import Job
from ....i18n.translation import translate
from ....scenario.run import Calendar, Run, Scenario
from ....studies.store import Store
from ....world.places.territory import Territory
from ...jobs.batch import play_with_progress
from ...jobs.job_runner import run_job
from ...jobs.results_folder import print_and_save_summary

if TYPE_CHECKING:
    from ....engine.verification import VerificationCheck
    from ...cli.main import CommandLine

VALIDATION_TABLES = ("people", "ties")
"""Tables that runs must observe for patterns to be measured."""
VILLAGE_COMMUNE, VILLAGE_RESIDENTS = "93071", 1500
"""Commune and residents of the village in which ties are followed for years: small, since every week is played."""
VERIFICATION_RESIDENTS = 500
YEAR, EXTRA_DAYS = 365, 98
"""Days. Ties are observed every 13 weeks, so a run lasts a little longer than whole years."""


def command(line: CommandLine) -> int:
    """Compose, check, play what is missing, compare, write. Exit code 1 if a verification check or a run failed."""
    return run_job("validate", line, simulate_validation)


def simulate_validation(job: Job, folder: Path, lang: str) -> int:
    """Verify the code, play the runs, compare them with published figures; write the page and its tables."""
    from ....analysis.validation.pattern_checks import check_patterns
    from ....analysis.validation.patterns import measure_patterns
    from ....report.validation_page import format_validation, write_validation_files

    print(translate("preparing the territory and the model (some minutes the first time: the model is compiled "
                    "once)", lang), file=sys.stderr, flush=True)
    checks = _run_verification(job)
    store, runs = Store(folder), list_validation_runs(job)
    failures = play_with_progress(runs, store, lang, job.workers, job.threads)
    patterns = [measure_patterns({name: store.opened([run]).of(name, run.id) for name in VALIDATION_TABLES})
                for run in runs if store.has(run.id)]
    verdicts = check_patterns(patterns)
    print_and_save_summary(format_validation(checks, verdicts, job.lang), folder)
    write_validation_files(checks, verdicts, job.baseline.scenario.territory, len(job.seeds), folder, job.lang)
    if failures:
        message = translate("{count} of {all} runs failed; first: {text}; the same command with results={folder} "
                            "plays them again", lang, count=len(failures), all=len(runs), text=failures[0].error,
                            folder=folder)
        print(f"resilience: {flatten_text(message)}", file=sys.stderr)
    return 1 if failures or not all(check.passed for check in checks) else 0


def list_validation_runs(job: Job) -> list[Run]:
    """The runs on which patterns are measured: the job's scenario, and for ties, years of a village without crisis."""
    base = replace(job.baseline, levers=job.levers, observe=VALIDATION_TABLES)
    runs = [replace(base, seed=seed) for seed in job.seeds]
    if job.settings["years"]:
        runs += [replace(build_no_crisis_run(base, job.settings["years"]), seed=seed) for seed in job.seeds]
    return runs


def build_no_crisis_run(run: Run, years: int) -> Run:
    """The run with the same model, but in a village and without crisis, for `years` years."""
    days = years * YEAR + EXTRA_DAYS
    dates = run.scenario.calendar
    calendar = Calendar(start=dates.start, levers=dates.date(days - YEAR).isoformat(), horizon_days=YEAR)
    village = Territory("village", communes=[VILLAGE_COMMUNE], residents=VILLAGE_RESIDENTS)
    return replace(run, scenario=Scenario(village, run.scenario.sites, calendar), observe=("ties",))


def _run_verification(job: Job) -> list[VerificationCheck]:
    """The checks of engine/verification, in a village of 500 residents with the job's parameters, crises and levers."""
    from ....engine.loop import set_num_threads
    from ....engine.verification import run_verification

    scenario = job.baseline.scenario
    set_num_threads(1)
    village = Territory("village", communes=[VILLAGE_COMMUNE], residents=VERIFICATION_RESIDENTS)
    return run_verification(replace(job.baseline, levers=job.levers, scenario=replace(scenario, territory=village)))
