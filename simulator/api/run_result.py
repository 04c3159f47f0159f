"""What one run gives: its outcomes, its tables as frames, its record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from ..analysis.effects.outcomes import OUTCOMES, Outcome
from ..analysis.optional_libraries import import_optional
from ..analysis.run_view import RunView, iterate_run_views
from ..config.errors import UsageError, suggest_names, to_usage_error
from ..i18n.translation import shorten_fact
from ..records.files.arrow_table import build_arrow_table
from ..records.files.run_files import RunTables
from ..records.record import Record
from ..records.schema import TABLE_SCHEMAS
from ..scenario.extensions import import_object
from ..scenario.run import Run
from .setting_error import SettingError

Metric = Callable[[RunView], float]
"""An outcome of one's own: the records of one run to a number."""


class RunResult:
    """One finished run.

    outcomes: name to value, in the units that `describe("outcomes")` tells. `result["series"]` or `result.df("series")`
    is a table as a pandas frame, `arrow` and `polars` give the same table to those libraries (extra `frames`).
    """

    def __init__(self, run: Run, record: Record) -> None:
        self.run, self.record = run, record

    @property
    def id(self) -> str:
        """16 hex digits: a hash of everything that the run depends on."""
        return self.run.id

    @cached_property
    def view(self) -> RunView:
        """The records as metrics read them: `run`, `series`, `groups`."""
        return next(iterate_run_views(RunTables(self.record.tables, {self.id: self.record.content})))

    @cached_property
    def outcomes(self) -> dict[str, float]:
        """Outcome to its value; NaN where it was not seen before the records end."""
        return {name: outcome.measure(self.view) for name, outcome in OUTCOMES.items()}

    def df(self, table: str = "runs") -> Any:
        """One table as a pandas frame. SettingError for an unknown table."""
        import pandas

        return pandas.DataFrame(dict(self._columns(table)))

    def arrow(self, table: str = "runs") -> Any:
        """One table as an Arrow table, its units and meanings in the schema; needs pyarrow (extra `frames`)."""
        import_optional("pyarrow")
        return build_arrow_table(self._columns(table), TABLE_SCHEMAS[table])

    def polars(self, table: str = "runs") -> Any:
        """One table as a Polars frame; needs polars (extra `frames`)."""
        return import_optional("polars").DataFrame(dict(self._columns(table)))

    def save(self, folder: str | Path) -> Path:
        """Store the record in a results folder; the path of its file. A stored run is left as it is."""
        from ..studies.store import Store

        return Store(Path(folder)).save(self.record)

    def _columns(self, table: str) -> Mapping[str, Any]:
        if table not in self.record.tables:
            raise SettingError(f"no table {shorten_fact(repr(table))}: expected {suggest_names(table, TABLE_SCHEMAS)}")
        return self.record.tables[table]

    def __getitem__(self, table: str) -> Any:
        return self.df(table)

    def __repr__(self) -> str:
        loss = self.outcomes["loss"]
        return (f"<RunResult {self.id}: {self.df('runs')['residents'][0]} residents, seed {self.run.seed}, "
                f"loss {loss:.4g} person-days per resident>")


def _load_metric(outcome: str | Metric) -> str | Metric:
    """The function at module:object; anything else as it is. UsageError for code that cannot be loaded."""
    if not isinstance(outcome, str) or ":" not in outcome:
        return outcome
    try:
        found: Metric = import_object(outcome)
    except ValueError as problem:
        raise to_usage_error(problem) from None
    return found


def list_metrics(outcomes: Sequence[str | Metric]) -> dict[str, Metric]:
    """Column name to function of a RunView. UsageError for an unknown outcome, a name given twice or no outcome."""
    found: dict[str, Metric] = {}
    for outcome in [outcomes] if isinstance(outcomes, str) or callable(outcomes) else outcomes:
        outcome = _load_metric(outcome)
        name = outcome if isinstance(outcome, str) else getattr(outcome, "__name__", type(outcome).__name__)
        if isinstance(outcome, str) and outcome not in OUTCOMES:
            raise UsageError("{where}: outcome {word!r} is not known; expected: {choices}", where="outcomes",
                             word=outcome, choices=suggest_names(outcome, OUTCOMES))
        if name in found:
            raise UsageError("setting {name!r} is given twice; keep one", name=f"outcomes.{name}")
        found[name] = OUTCOMES[outcome].measure if isinstance(outcome, str) else outcome
    if not found:
        raise UsageError("{where}: outcome {word!r} is not known; expected: {choices}", where="outcomes", word="",
                         choices=suggest_names("", OUTCOMES))
    return found


def register_own_outcomes(names: Sequence[str]) -> None:
    """Add each outcome that is module:object to the outcomes. UsageError for code that cannot be loaded."""
    for name in names:
        if ":" in name and name not in OUTCOMES:
            OUTCOMES[name] = Outcome("", 0, 0.0, "", list_metrics([name]).popitem()[1])
