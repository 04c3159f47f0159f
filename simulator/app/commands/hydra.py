"""One job of Hydra's own multirun, for those who use its launchers: `python -m simulator.app.commands.hydra -m …`.

    python -m simulator.app.commands.hydra -m lever=coordinator,outreach seed=1,2 results=my_folder hydra/launcher=joblib

Hydra composes, launches and keeps its own logs as always; the run lands in the store under results=, and one that is
there already is not played again. The command `resilience` never looks for Hydra's plugins: one that is broken stops
every Hydra application, and would stop it too.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from ...config.compose import compose
from ...config.errors import UsageError
from ...config.resolve import settle
from ...studies.executor import Executor
from ...studies.play import play_missing
from ...studies.store import Store
from ...studies.task import Watch


def words_of(overrides: list[str]) -> list[str]:
    """A job's words as `resilience run` takes them."""
    return [word.lstrip("+") for word in overrides if not word.startswith("hydra")]


def play_one(words: list[str]) -> str:
    """Play one run into its results folder unless it is there; its key. RuntimeError if it failed."""
    job = settle("run", compose("run", words, []))
    run = job.run(job.levers, job.seeds[0])
    store, here = Store(Path(job.results or "results/hydra")), Executor(workers=1, threads=job.threads)
    failures = play_missing([run], store, here, Watch())
    if failures:
        raise RuntimeError(failures[0].error)
    return run.id


def task(_: Any) -> str:
    """What Hydra calls for each job."""
    from hydra.core.hydra_config import HydraConfig

    try:
        return play_one(words_of(list(HydraConfig.get().overrides.task)))
    except UsageError as problem:
        raise SystemExit(f"resilience: {problem}") from None


def main() -> None:
    """Hand the command line to Hydra, with any setting allowed: `play_one` checks them."""
    import hydra

    known = [word if word.startswith(("hydra", "-", "+", "~")) else f"+{word}" for word in sys.argv[1:]]
    sys.argv[1:] = known
    hydra.main(version_base="1.3", config_path=None)(task)()


if __name__ == "__main__":
    main()
