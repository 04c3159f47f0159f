"""`resilience hydra -m …`: Hydra's own multirun and launchers, one run a job, into one results folder.

    resilience hydra -m lever=coordinator,outreach seed=1,2 results=my_folder hydra/launcher=joblib

Hydra reads the whole command line, launches the jobs and keeps its own logs. A run that the folder already holds is not
played again. No other command looks for Hydra's plugins: a broken plugin stops every application that does.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...config.compose import compose_config
from ...config.errors import UsageError
from ...config.job import resolve_job
from ...i18n.translation import choose_language
from ...studies.executor_settings import ExecutorSettings
from ...studies.missing_runs import play_missing
from ...studies.store import Store
from ...studies.task import ProgressListener

if TYPE_CHECKING:
    from ..cli.main import CommandLine

DEFAULT_FOLDER = "results/hydra"


def command(line: CommandLine) -> int:
    """Hand the command line to Hydra. 0 if all jobs succeeded, 1 if a run failed, 2 for bad input."""
    import hydra

    before, sys.argv = sys.argv, ["resilience hydra", *add_plus_signs(line.arguments)]
    try:
        hydra.main(version_base="1.3", config_path=None)(run_hydra_task)()
    except SystemExit as stop:
        if not isinstance(stop.code, str):
            return stop.code or 0
        print(stop.code, file=sys.stderr)
        return 2
    finally:
        sys.argv = before
    return 0


def add_plus_signs(words: list[str]) -> list[str]:
    """The words with + before each setting: Hydra then accepts any name, and `simulate_hydra_run` checks it."""
    return [word if word.startswith(("hydra", "-", "+", "~")) else f"+{word}" for word in words]


def run_hydra_task(_: Any) -> str:
    """Play the run of one Hydra job; its key. Hydra calls this. SystemExit with a message for bad input."""
    from hydra.core.hydra_config import HydraConfig

    words = select_run_overrides(list(HydraConfig.get().overrides.task))
    try:
        return simulate_hydra_run(words)
    except UsageError as problem:
        raise SystemExit(f"resilience: {problem.line(choose_language(words))}") from None


def select_run_overrides(overrides: list[str]) -> list[str]:
    """The overrides of a Hydra job as `resilience run` takes them: without + and without Hydra's own settings."""
    return [word.lstrip("+") for word in overrides if not word.startswith("hydra")]


def simulate_hydra_run(words: list[str]) -> str:
    """Play one run into its results folder unless it is there; its key. RuntimeError if it failed."""
    job = resolve_job("run", compose_config("run", words, []))
    run = job.run(job.levers, job.seeds[0])
    store = Store(Path(job.results or DEFAULT_FOLDER))
    executor = ExecutorSettings(workers=1, threads=job.threads)
    failures = play_missing([run], store, executor, ProgressListener())
    if failures:
        raise RuntimeError(failures[0].error)
    return run.id
