"""`run` and `run_many`: from configurations to records and to one frame with a row for each run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from ..analysis.run_view import RUN_VIEW_TABLES, iterate_run_views
from ..config.base_configuration import resolve_card_names
from ..config.errors import UsageError, to_usage_error
from ..config.job import MAX_WORKERS, check_whole_number, parse_seeds
from ..config.numbers_by_seed import resolve_numbers
from ..i18n.translation import shorten_fact
from ..scenario.extensions import Extensions
from ..scenario.run import Run
from ..scenario.run_checks import check_run
from ..studies.axis import format_axis_value
from ..studies.executor_settings import ExecutorSettings
from ..studies.missing_runs import play_missing
from ..studies.plan import arm_name, to_typed_array
from ..studies.store import Store
from ..studies.task import RunFailure
from .configuration import Configuration
from .progress import RunProgress
from .run_result import Metric, RunResult, list_metrics
from .setting_error import as_setting_errors
from .setting_words import to_plain_value

if TYPE_CHECKING:
    import pandas

LeverSet = str | Sequence[str] | None
"""An arm: the name of a lever, several names for levers together, or None for none."""
IDENTIFYING_COLUMNS = ("run", "point", "arm", "seed")
OUTCOMES_KEY = "outcomes"
"""Entry of a frame's `attrs` that lists its columns of outcomes."""


class RunFailedError(RuntimeError):
    """Some runs failed; those that finished stay in the store. `failures` has one RunFailure for each."""

    def __init__(self, failures: Sequence[RunFailure], runs: int) -> None:
        first = failures[0]
        super().__init__(f"{len(failures)} of {runs} runs failed; first: {first.levers or 'baseline'}, seed "
                         f"{first.seed}: {shorten_fact(first.error)}")
        self.failures = tuple(failures)


@dataclass(frozen=True)
class RequestedRun:
    """One run of `run_many` with its place: the number of its configuration, the name of its arm."""

    point: int
    arm: str
    run: Run
    configuration: Configuration | None


def run(configuration: Configuration | Run, seed: int = 1, *, threads: int = 1) -> RunResult:
    """Simulate one run in this process, without a store.

    seed: of all keyed random numbers, 0 to 4294967295 (the seed of a Run is its own). threads: of compiled loops; they
    change no bit. SettingError for an invalid seed.
    """
    from ..engine.loop import play

    chosen = configuration.run(seed) if isinstance(configuration, Configuration) else configuration
    return RunResult(chosen, play(chosen, threads=threads))


def run_many(runs: Configuration | Run | Iterable[Configuration | Run], seeds: int | Sequence[int] = 1, *,
             levers: Sequence[LeverSet] | None = None, outcomes: Sequence[str | Metric] = ("loss",),
             workers: int | None = None, store: str | Path | None = None, progress: bool | None = None,
             uncertainty: str = "seeds", **settings: Any) -> pandas.DataFrame:
    """Simulate every configuration with every arm and seed; a pandas frame with one row for each run.

    runs: one or several configurations, such as `sample` gives, or Runs as they are. seeds: how many, counted from 1,
    or a list. levers: the arms; each None (no lever), the name of a lever or a list of names that act together. Without
    it every configuration keeps its own levers. outcomes: names that `describe("outcomes")` lists, and functions of a
    run's records (`view.run`, `view.series`, `view.groups`) that return a number. workers: processes; by default as
    many as cores. store: a results folder: runs that it holds are not simulated again. progress: a bar; by default in
    notebooks and on terminals. uncertainty: "seeds" (every seed plays the numbers of its configuration) or "numbers":
    each seed has its own plausible set of numbers and behaviour variant, but for those that were set; arms share it.
    settings: further settings of every configuration, such as residents=Proud,
    mechanisms=[gossip] or network="watts_strogatz:k=6,p=0.1". Code from a notebook is run in this process only.

    Columns: `run` (its id), `point` (number of the configuration), `arm` (levers joined by +, `baseline` without any),
    `seed`, one column for each setting given or varied, one for each outcome. Runs of one point and seed share their
    random numbers. SettingError for an invalid argument; RunFailedError if runs failed, once all others are done.
    """
    with as_setting_errors():
        metrics = list_metrics(outcomes)
        if settings:
            given = [runs] if isinstance(runs, (Configuration, Run)) else runs
            runs = [_change_settings(one, settings) for one in given]
        requested = list_requested_runs(runs, seeds, levers, uncertainty)
        executor = build_executor_settings(1 if any(map(has_notebook_code, requested)) else workers)
    with open_store(store) as folder:
        simulate_requested(requested, folder, executor, progress)
        return build_runs_frame(requested, folder, metrics)


def _change_settings(one: Any, settings: dict[str, Any]) -> Configuration:
    if not isinstance(one, Configuration):
        raise UsageError("runs = {value!r}: expected configurations as scenario builds them, or Runs", value=one)
    return one.change(**settings)


def has_notebook_code(requested: RequestedRun) -> bool:
    """True if a run is given code that no other process can import."""
    given = requested.run.extensions or Extensions()
    codes = [given.residents, *given.mechanisms, *given.handles]
    return any(code is not None and code.path.startswith("__main__:") for code in codes)


def list_requested_runs(runs: Configuration | Run | Iterable[Configuration | Run], seeds: int | Sequence[int],
                        levers: Sequence[LeverSet] | None, uncertainty: str = "seeds") -> list[RequestedRun]:
    """Every run, point by point, arm by arm, seed by seed. UsageError for an invalid seed or lever, or no runs."""
    configurations = [runs] if isinstance(runs, (Configuration, Run)) else list(runs)
    if not configurations:
        raise UsageError("runs = []: expected at least one configuration; build one with scenario")
    numbers = parse_seeds(to_plain_value(seeds))
    found: list[RequestedRun] = []
    for point, one in enumerate(configurations):
        if isinstance(one, Run):
            try:
                check_run(one)
            except ValueError as problem:
                raise to_usage_error(problem) from None
            found.append(RequestedRun(point, arm_name(one), one, None))
            continue
        if not isinstance(one, Configuration):
            raise UsageError("runs = {value!r}: expected configurations as scenario builds them, or Runs", value=one)
        for arm in [one.list_cards("lever")] if levers is None else list_arms(levers, one):
            first = one.run(numbers[0], arm)
            doubt = resolve_numbers({"uncertainty": uncertainty}, first.model, list(map(Path, one.base.user_folders)),
                                    frozenset(one.varied))
            found += [RequestedRun(point, arm_name(first), replace(
                first, seed=seed, model=doubt.choose_model(seed) if doubt else first.model), one) for seed in numbers]
    return found


def list_arms(levers: Sequence[LeverSet], configuration: Configuration) -> list[list[str]]:
    """Names of the levers of each arm. UsageError for an unknown lever, or an arm that is listed twice."""
    listed = [levers] if isinstance(levers, str) or levers is None else levers
    arms = [resolve_card_names("lever", list(arm) if isinstance(arm, (list, tuple)) else arm,
                               configuration.base.folders) for arm in listed]
    for k, arm in enumerate(arms):
        if sorted(arm) in [sorted(other) for other in arms[:k]]:
            raise UsageError("{group}: {word!r} is listed twice; keep one", group="levers",
                             word="+".join(arm) or "none")
    return arms


def build_executor_settings(workers: int | None) -> ExecutorSettings:
    """Worker processes on this machine. UsageError for an invalid number."""
    if workers is not None:
        check_whole_number({"workers": workers}, "workers", 1, MAX_WORKERS)
    return ExecutorSettings(workers=workers)


@contextmanager
def open_store(folder: str | Path | None) -> Iterator[Path]:
    """The results folder; without one a folder that is removed at the end."""
    if folder is not None:
        Path(folder).mkdir(parents=True, exist_ok=True)
        yield Path(folder)
        return
    with TemporaryDirectory(prefix="resilience-") as temporary:
        yield Path(temporary)


def simulate_requested(requested: Sequence[RequestedRun], folder: Path, executor: ExecutorSettings,
                       progress: bool | None) -> None:
    """Simulate what the folder lacks. RunFailedError once all others are done."""
    store = Store(folder)
    missing = store.list_missing_runs(one.run for one in requested)
    listener = RunProgress(len(missing), progress)
    try:
        failures = play_missing(missing, store, executor, listener) if missing else []
    finally:
        listener.close()
    if failures:
        raise RunFailedError(failures, len(missing))


def build_runs_frame(requested: Sequence[RequestedRun], folder: Path, metrics: dict[str, Metric]) -> pandas.DataFrame:
    """The frame of `run_many`, from the records in a folder."""
    import pandas

    opened = Store(folder).opened([one.run for one in requested], RUN_VIEW_TABLES)
    values = {str(view.run["run"]): {name: measure(view) for name, measure in metrics.items()}
              for view in iterate_run_views(opened)}
    columns: dict[str, list[Any]] = {
        "run": [one.run.id for one in requested], "point": [one.point for one in requested],
        "arm": [one.arm for one in requested], "seed": [one.run.seed for one in requested]}
    settings = [{} if one.configuration is None else one.configuration.varied for one in requested]
    names = [name for name in dict.fromkeys(name for row in settings for name in row) if name != "lever"]
    columns |= {name: [format_axis_value(row.get(name)) for row in settings] for name in names}
    columns |= {name: [values[one.run.id][name] for one in requested] for name in metrics}
    frame = pandas.DataFrame({name: to_typed_array(entries) for name, entries in columns.items()})
    frame.attrs[OUTCOMES_KEY] = list(metrics)
    return frame
