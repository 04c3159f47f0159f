"""The six cases of a results folder: played once with one seed, then kept in cases.json beside the runs."""

from __future__ import annotations

from ..engine.tracing.replay import ProgressCallback
from ..i18n.translation import Message
from ..records.resident_cases import CaseSheet, read_cases, write_cases
from ..records.results import Results
from ..scenario.run import Run
from .run_content import rebuild_run


def select_case_runs(results: Results) -> list[Run]:
    """The runs without levers and with each, of the scenario and seed with most arms; the first of these.

    ValueError if no crisis was played without levers.
    """
    rows = results.sql("SELECT context, seed, count(DISTINCT portfolio) AS arms FROM kept WHERE onset >= 0 GROUP BY "
                       "context, seed HAVING bool_or(levers = '') ORDER BY arms DESC, seed, context LIMIT 1").fetchall()
    if not rows:
        raise ValueError(Message("no crisis without levers is kept here: there is nobody to follow"))
    context, seed, _ = rows[0]
    found = results.sql(f"SELECT run FROM kept WHERE context = '{context}' AND seed = {int(seed)} "
                        "ORDER BY levers <> '', levers, portfolio").fetchall()
    return [rebuild_run(results.read_content(str(run)), str(run)) for run, in found]


def is_case_file_current(results: Results) -> bool:
    """True if the cases of these runs are kept already."""
    kept = read_cases(results.folder)
    return kept is not None and kept.runs == tuple(run.id for run in select_case_runs(results))


def load_cases(results: Results, *, threads: int = 1, progress: ProgressCallback | None = None) -> CaseSheet:
    """The cases of a folder, read where they are kept, else played and kept (if the folder can be written).

    ValueError if there is nobody to follow, or if another version of the model wrote the runs.
    """
    from ..engine.tracing.case_replay import replay_cases

    kept, runs = read_cases(results.folder), select_case_runs(results)
    if kept is not None and kept.runs == tuple(run.id for run in runs):
        return kept
    sheet = replay_cases(runs, threads=threads, progress=progress)
    try:
        write_cases(sheet, results.folder)
    except OSError:
        pass  # a folder that is only read, on a shared disk say: the cases are told all the same
    return sheet
