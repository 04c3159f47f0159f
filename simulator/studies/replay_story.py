"""A resident's story out of stored results: which run and its twin without levers, played again with a witness."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from ..engine.tracing.replay import Progress, relive
from ..records.parquet import text
from ..records.results import Results
from ..records.story import Story
from ..scenario.run import Run
from .rebuild import rebuilt


def retell(run: Run, resident: int | str, *, threads: int = 1, progress: Progress | None = None) -> Story:
    """The story of a resident (see engine.relive) in a run and in its twin without levers. ValueError for nobody."""
    twins = [replace(run, levers=()), run] if run.levers else [run]
    return relive(twins, resident, threads=threads, progress=progress)


def stored(results: Results, lever: str = "", seed: int | None = None, run: str = "") -> Run:
    """A run out of the store, ready to be played again.

    lever: levers of the arm, joined by +; seed, run: which of the stored runs. By default the first seed, and the arm
    that loses least there. ValueError saying what there is, where nothing answers to it.
    """
    rows = results.sql("SELECT run, levers, seed FROM kept ORDER BY seed, levers = '', loss, run").fetchall()
    if not rows:
        raise ValueError("no run is kept here yet")
    if run:
        chosen = [row for row in rows if row[0] == run]
        expected = "a run of resilience table FOLDER runs"
    else:
        seeds = sorted({int(row[2]) for row in rows})
        at = seeds[0] if seed is None else seed
        chosen = [row for row in rows if row[2] == at and lever in ("", row[1])]
        expected = f"seeds {_some(seeds)}; levers {_some(sorted({str(row[1]) for row in rows} - {''}))}"
    if not chosen:
        asked = run or " ".join(word for word in (lever, "" if seed is None else f"seed {seed}") if word)
        raise ValueError(f"no run here is {asked}: expected {expected}")
    return rebuilt(_content(results, chosen[0][0]), chosen[0][0])


def _content(results: Results, run_id: str) -> dict[str, Any]:
    (content,), = results.sql(f"SELECT content FROM kept WHERE run = {text(run_id)}").fetchall()
    plain: dict[str, Any] = json.loads(content)
    return plain


def _some(names: list[Any], most: int = 12) -> str:
    told = ", ".join(str(one) for one in names[:most]) or "none"
    return told if len(names) <= most else f"{told}, … ({len(names)})"
