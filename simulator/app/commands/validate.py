"""`resilience validate`: the model against its own laws, and against published figures; one page, two tables."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...config.errors import one_line
from ...config.resolve import Job
from ...i18n.app_texts import say
from ...scenario.run import Calendar, Run, Scenario
from ...studies.play import play_all
from ...studies.store import Store
from ...world.places.territory import Territory
from ..cli.progress import Progress
from ..jobs.folder import show
from ..jobs.job import carry_out

if TYPE_CHECKING:
    from ...engine.verification import Check
    from ..cli.main import Line

OBSERVE = ("people", "ties")
VILLAGE, RESIDENTS = "93071", 1500
"""Where ties are followed for years: small, since every week of it is played."""
TRIAL = 500
YEAR, SLACK = 365, 98
"""Days; ties are looked for every 13 weeks, so a run goes on a little longer."""


def command(line: Line) -> int:
    """Compose, check, play what is missing, judge, write. 1 if a check of the model or a run failed."""
    return carry_out("validate", line, play_and_tell)


def play_and_tell(job: Job, folder: Path, lang: str) -> int:
    """Verify, play, judge, write the page and its tables."""
    from ...analysis.validation.patterns import measured
    from ...analysis.validation.scores import judged
    from ...report.validation import validation_files, validation_text

    print(say("preparing", lang), file=sys.stderr, flush=True)
    checks = _verified(job)
    store, runs = Store(folder), wanted(job)
    with Progress(len(store.missing(runs)), lang, "run") as progress:
        failures = play_all(runs, store, workers=job.workers, threads=job.threads,
                            on_run=lambda run: progress.advance(run.seed))
    kept = [run for run in runs if store.has(run.id)]
    verdicts = judged([measured({name: store.opened([run]).of(name, run.id) for name in OBSERVE}) for run in kept])
    show(validation_text(checks, verdicts, job.lang), folder)
    validation_files(checks, verdicts, job.baseline.scenario.territory, len(job.seeds), folder, job.lang)
    for one in failures[:1]:
        told = say("failed", lang, count=len(failures), all=len(runs), text=one.error, folder=folder)
        print(f"resilience: {one_line(told)}", file=sys.stderr)
    return 1 if failures or not all(check.good for check in checks) else 0


def wanted(job: Job) -> list[Run]:
    """The runs that patterns are measured on: calm years and the crisis; and years of a village for its ties."""
    base = replace(job.baseline, levers=job.levers, observe=OBSERVE)
    runs = [replace(base, seed=seed) for seed in job.seeds]
    if job.plain["years"]:
        runs += [replace(long_calm(base, job.plain["years"]), seed=seed) for seed in job.seeds]
    return runs


def long_calm(run: Run, years: int) -> Run:
    """The same model in a village where nothing happens for so many years."""
    days = years * YEAR + SLACK
    late = run.scenario.calendar
    calm = Calendar(start=late.start, levers=late.date(days - YEAR).isoformat(), horizon_days=YEAR)
    place = Territory("village", communes=[VILLAGE], residents=RESIDENTS)
    return replace(run, scenario=Scenario(place, run.scenario.sites, calm), observe=("ties",))


def _verified(job: Job) -> list[Check]:
    """The verification pack, in a village of 500 with this job's numbers and crises."""
    from ...engine.loop import use_threads
    from ...engine.verification import verified

    scenario = job.baseline.scenario
    use_threads(1)
    place = Territory("village", communes=[VILLAGE], residents=TRIAL)
    return verified(replace(job.baseline, levers=job.levers, scenario=replace(scenario, territory=place)))
