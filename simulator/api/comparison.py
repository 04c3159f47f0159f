"""`compare`: levers against doing nothing, paired by seed, in one call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from ..analysis.effects.arms import map_seeds_to_parameter_sets
from ..analysis.effects.outcomes import MAIN_OUTCOMES
from ..records.files.run_files import RunTables
from ..scenario.run import Run
from ..studies.store import Store
from .configuration import Configuration
from .effects import effects
from .run_result import Metric
from .runs import OUTCOMES_KEY, LeverSet, run_many

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Comparison:
    """What `compare` found. runs: the frame of `run_many`. effects: the frame of `effects`."""

    runs: pandas.DataFrame
    effects: pandas.DataFrame
    tables: RunTables = field(repr=False)
    """The records of all runs in memory, for analyses and figures."""

    def summary(self, lang: str = "en", worth: str = "") -> str:
        """The tables and the sentences that `resilience compare` prints.

        lang: en or fr. worth: the difference from which acting counts as worthwhile: "5%" (the default) of what the
        people hit lose, "2 days" a person hit, or "20 people". ValueError for any other text.
        """
        from ..report.terminal.comparison_summary import format_comparison

        return format_comparison(replace(self.tables, worth=worth), lang)

    def save_figures(self, folder: str | Path, lang: str = "en") -> list[Path]:
        """Write the figures of `resilience compare` as PNG and SVG; their paths."""
        from ..report.figures.comparison_figures import draw_comparison_figures, save_figures

        return list(save_figures(draw_comparison_figures(self.tables, lang), Path(folder)))

    def __str__(self) -> str:
        return self.summary()

    def _repr_html_(self) -> Any:
        return self.effects.to_html(index=False)


def compare(configuration: Configuration, levers: Sequence[LeverSet], seeds: int | Sequence[int] = 6, *,
            outcomes: Sequence[str | Metric] = MAIN_OUTCOMES, store: str | Path | None = None,
            **options: Any) -> Comparison:
    """Simulate each arm and the baseline without levers with the same seeds; effects with intervals.

        print(sim.compare(s, ["outreach", ["coordinator", "fans"]], seeds=6))

    levers: the arms, as in `run_many`; the baseline is added. seeds, outcomes, store, options: as in `run_many`, but
    uncertainty is "numbers" unless told otherwise, as on the command line; a set that two seeds play counts once.
    SettingError for an invalid argument; RunFailedError if runs failed.
    """
    arms = [levers] if isinstance(levers, str) else list(levers)
    with TemporaryDirectory(prefix="resilience-") as temporary:
        folder = Path(store or temporary)
        frame = run_many(configuration, seeds, levers=[None, *(arm for arm in arms if arm not in (None, "none", []))],
                         outcomes=outcomes, store=folder, **{"uncertainty": "numbers", **options})
        runs: list[Run] = [_StoredRun(name) for name in frame["run"]]  # type: ignore[misc]
        tables = Store(folder).opened(runs)
        return Comparison(frame, effects(_average_over_sets(frame, tables)), tables)


def _average_over_sets(runs: pandas.DataFrame, tables: RunTables) -> pandas.DataFrame:
    """The frame with one row for each set of numbers, under its first seed: seeds that share a set count once."""
    sets = map_seeds_to_parameter_sets(tables)
    if not sets:
        return runs
    first: dict[tuple[str, str], int] = {}
    for seed in sorted(sets):
        first.setdefault(sets[seed], seed)
    units = runs.assign(seed=[first[sets[int(seed)]] for seed in runs["seed"]])
    names = list(runs.attrs.get(OUTCOMES_KEY, ()))
    means = units.groupby(["arm", "seed"])[names].transform("mean")
    averaged = units.assign(**{name: means[name] for name in names}).drop_duplicates(["arm", "seed"])
    averaged.attrs = dict(runs.attrs)
    return averaged


@dataclass(frozen=True)
class _StoredRun:
    """Stands for a run of which only the id is needed, to read its records."""

    id: str
