"""`resilience study`: play the runs of a design that are missing, stop when the answer is narrow enough, tell."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ...analysis.effects.outcomes import OUTCOMES
from ...analysis.effects.sequence import enough, interval
from ...analysis.run_view import READ, views
from ...config.errors import UsageError, one_line
from ...config.points import Points, missing_extra
from ...config.resolve import Job
from ...config.study_request import asked, unknown_outcome
from ...i18n.app_texts import say
from ...records.folder import Opened
from ...scenario.run import Run
from ...studies.distributed import Unreachable
from ...studies.executor import Executor
from ...studies.plan import BASELINE, Planned, unique, write_plan
from ...studies.play import play_missing
from ...studies.store import Store
from ..cli.study_progress import StudyProgress
from ..cli.tables import table
from ..jobs.folder import gathered
from ..jobs.job import print_settings, tell_land
from ..jobs.no_exposure import warn

if TYPE_CHECKING:
    from ..cli.main import Line

HEADS = {"en": ("outcome", "portfolio", "unit", "seeds", "mean", "low", "high"),
         "fr": ("résultat", "portefeuille", "unité", "graines", "moyenne", "bas", "haut")}
WORTH = "loss"
"""The outcome told when a study names none."""


@dataclass
class Play:
    """What a study needs to be played: its points, its store, where and how."""

    points: Points
    store: Store
    executor: Executor
    retry: bool
    lang: str


def command(line: Line) -> int:
    """Read, check, play what is missing, tell. 1 if some runs failed."""
    found = Points(asked(line.words, line.folders))
    job = found.ground.job()
    unknown_outcome(found.asked.study, found.where, list(OUTCOMES))
    if line.cfg:
        return print_settings(config_of(job))
    return perform(found, job, line.labels, job.results or str(Path("results") / found.asked.name))


def config_of(job: Job) -> Any:
    """The composed settings, to be printed."""
    from omegaconf import OmegaConf

    return OmegaConf.create(job.plain)


def perform(points: Points, job: Job, lang: str, results: str) -> int:
    """Play the study into its folder and print what came out; the folder's name is the last line."""
    executor = executor_of(job.plain)
    tell_land(job, lang)
    planned = {number: points.runs(number, points.asked.seeds) for number in range(len(points.all))}
    with gathered(results) as folder:
        play = Play(points, Store(folder), executor, bool(job.plain["retry"]), lang)
        try:
            failed = played(play, planned)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(say("interrupted_in", lang, folder=folder)) from None
        except ModuleNotFoundError as problem:
            raise missing_extra(problem) from None
        except Unreachable as problem:
            raise UsageError("address", word=one_line(executor.address), why=one_line(problem)) from None
    every = [one for runs in planned.values() for one in runs]
    opened = opened_of(play.store, every)
    print(summary(play, every, opened, job.lang), end="")
    if opened is not None:
        warn(opened.tables["runs"], lang)
    print(folder)
    return 1 if failed else 0


def opened_of(store: Store, planned: Sequence[Planned]) -> Opened | None:
    """The records of these runs, as far as they are kept; None if none is."""
    runs = [one.run for one in planned if store.has(one.run.id)]
    return store.opened(runs, READ) if runs else None


def executor_of(plain: Mapping[str, Any]) -> Executor:
    """The executor asked for; workers= and threads= beside it count as its own."""
    executor = Executor(**plain["executor"])
    for name in ("workers", "threads"):
        if getattr(executor, name) is None:
            setattr(executor, name, plain[name])
    try:
        executor.check()
    except ValueError as problem:
        raise UsageError("refused", where="", text=str(problem)) from None
    return executor


def played(play: Play, planned: dict[int, list[Planned]]) -> int:
    """Play batch after batch until every point has enough seeds. Returns how many runs have failed."""
    stop, name = play.points.asked.study.stop, play.points.asked.name
    failed, told, first = set[str](), play.points.told(), True
    while True:
        every = [one for runs in planned.values() for one in runs]
        write_plan(play.store.folder, name, every, told)
        failed |= play_batch(play, unique(every), retry=play.retry and first)
        first = False
        more = {} if stop is None else {
            number: seeds for number, runs in planned.items() if (seeds := _more(play, runs))}
        for number, seeds in more.items():
            planned[number] += play.points.runs(number, seeds)
        if not more:
            return len(failed)


def play_batch(play: Play, runs: list[Run], retry: bool) -> set[str]:
    """Play what is missing, what failed before only when asked to. The keys of runs that have failed."""
    known = play.store.failed()
    before = {run.id for run in runs if run.id in known}
    missing = [run for run in play.store.missing(runs) if retry or run.id not in before]
    print(say("study_plan", play.lang, points=len(play.points.all), arms=len(play.points.portfolios), all=len(runs),
              missing=len(missing), failed=len(before)), file=sys.stderr, flush=True)
    failed = set() if retry else set(before)
    if missing:
        print(say("preparing", play.lang), file=sys.stderr, flush=True)
        progress = StudyProgress(len(missing), play.lang)
        try:
            failed |= {one.run for one in play_missing(missing, play.store, play.executor, progress)}
        finally:
            progress.close()
    if failed:
        _complain(play, failed, len(runs))
    return failed


def _complain(play: Play, failed: set[str], count: int) -> None:
    known = play.store.failed()
    one = known.get(min(failed), {})
    text = f"{one.get('levers') or BASELINE}, seed {one.get('seed')}: {one.get('error')}"
    told = say("study_failed", play.lang, count=len(failed), all=count, text=text, folder=play.store.folder / "failed")
    print(f"resilience: {one_line(told)}", file=sys.stderr, flush=True)


def _more(play: Play, runs: list[Planned]) -> range:
    """The next seeds of a point; none when its intervals are narrow enough or all seeds allowed are played."""
    stop = play.points.asked.study.stop
    assert stop is not None
    last = max(one.run.seed for one in runs)
    return range(0) if settled(play, runs) else range(last + 1, min(last + stop.batch, stop.most) + 1)


def settled(play: Play, runs: list[Planned]) -> bool:
    """True if the intervals of all portfolios at a point are as narrow as the stopping rule asks."""
    stop = play.points.asked.study.stop
    found = differences(opened_of(play.store, runs), runs, stop.outcome) if stop is not None else {}
    return stop is None or all(enough(np.array([*d.values()]), stop.half_width, planned=stop.least)
                                   for d in found.values())


def differences(opened: Opened | None, runs: list[Planned], outcome: str) -> dict[str, dict[tuple[int, int], float]]:
    """Portfolio to its differences from the baseline, by (point, seed); to its values where no baseline is asked for.

    The baseline of a run is the run with the same settings and seed, but without levers.
    """
    if opened is None:
        return {}
    measured = {view.run["run"]: OUTCOMES[outcome].of(view) for view in views(opened)}
    values = {one: measured.get(one.run.id, float("nan")) for one in runs}
    base = {(one.head["context"], one.run.seed): value for one, value in values.items() if one.arm == BASELINE}
    single = all(one.arm == BASELINE for one in runs)
    found: dict[str, dict[tuple[int, int], float]] = {}
    for one in sorted(runs, key=lambda one: (one.point, one.run.seed)):
        if single or one.arm != BASELINE:
            without = base.get((one.head["context"], one.run.seed), float("nan")) if base and not single else 0.0
            found.setdefault(one.arm, {})[one.point, one.run.seed] = values[one] - without
    return found


def summary(play: Play, planned: list[Planned], opened: Opened | None, lang: str) -> str:
    """The question, and for each portfolio and outcome what came out, over all points."""
    study = play.points.asked.study
    rows = []
    for outcome in study.outcomes or [WORTH]:
        for arm, seen in differences(opened, planned, outcome).items():
            d = by_seed(seen)
            low, high = interval(d)
            rows.append((outcome, arm, OUTCOMES[outcome].unit, d.size, float(d.mean()) if d.size else None, low, high))
    question = study.question_en if lang == "en" else study.question_fr
    told = [question, "", table(HEADS[lang], rows).rstrip("\n"), say("study_differences", lang)]
    if study.stop is not None and (left := sum(not settled(play, runs) for runs in by_point(planned).values())):
        told.append(say("study_open", lang, count=left))
    return "\n".join(told) + "\n"


def by_seed(seen: Mapping[tuple[int, int], float]) -> np.ndarray:
    """float64[seeds]: mean over the points, for each seed that all of them have: points share their luck."""
    points = {point for point, _ in seen}
    seeds = [seed for seed in sorted({seed for _, seed in seen})
             if all(np.isfinite(seen.get((point, seed), np.nan)) for point in points)]
    return np.array([np.mean([seen[point, seed] for point in points]) for seed in seeds])


def by_point(planned: list[Planned]) -> dict[int, list[Planned]]:
    """The runs of each point."""
    found: dict[int, list[Planned]] = {}
    for one in planned:
        found.setdefault(one.point, []).append(one)
    return found
