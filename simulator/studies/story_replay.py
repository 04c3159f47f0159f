"""A resident's story from stored results: a run and its counterfactual without levers, replayed with tracing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..engine.tracing.replay import ProgressCallback, replay_resident
from ..i18n.translation import Message
from ..records.results import Results
from ..records.story import Story
from ..scenario.run import Run
from .run_content import rebuild_run


def replay_story(run: Run, resident: int | str, *, threads: int = 1, progress: ProgressCallback | None = None) -> Story:
    """The story of a resident in a run and, if it has levers, in its counterfactual run without them.

    resident: as in `engine.tracing.replay.replay_resident`. ValueError if there is no such resident.
    """
    paired_runs = [replace(run, levers=()), run] if run.levers else [run]
    return replay_resident(paired_runs, resident, threads=threads, progress=progress)


def select_stored_run(results: Results, lever: str = "", seed: int | None = None, run: str = "") -> Run:
    """Rebuild a stored run, selected by its id (`run`) or by arm and seed.

    lever: ids of the arm's levers joined by +, by default the arm with levers that loses least. seed: by default the
    smallest one. ValueError naming what is stored, if nothing matches.
    """
    rows = results.sql("SELECT run, levers, seed FROM kept ORDER BY seed, levers = '', loss, run").fetchall()
    if not rows:
        raise ValueError(Message("no run is kept here yet"))
    if run:
        chosen = [row for row in rows if row[0] == run]
        expected = Message("a run of resilience table FOLDER runs")
    else:
        seeds = sorted({int(row[2]) for row in rows})
        selected_seed = seeds[0] if seed is None else seed
        chosen = [row for row in rows if row[2] == selected_seed and lever in ("", row[1])]
        levers = sorted({str(row[1]) for row in rows} - {""})
        expected = Message("seeds {seeds}; levers {levers}", seeds=_list_names(seeds), levers=_list_names(levers))
    if not chosen:
        named = Message("{lever} seed {seed}", lever=lever, seed=seed) if lever else Message("seed {seed}", seed=seed)
        raise ValueError(Message("no run here is {request}: expected {expected}", expected=expected,
                                 request=run or (lever if seed is None else named)))
    return rebuild_run(results.read_content(chosen[0][0]), chosen[0][0])


def _list_names(names: list[Any], most: int = 12) -> list[Any]:
    """The first of the names, and how many there are if there are more; the word none for none."""
    return (names[:most] or [Message("none", context="list")]) + ([] if len(names) <= most else [f"… ({len(names)})"])
