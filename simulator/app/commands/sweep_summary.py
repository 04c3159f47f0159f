"""What `run -m` prints: one row for each point of the sweep, paired with the run without levers if the sweep has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite

import numpy as np

from ...analysis.effects.outcomes import OUTCOMES
from ...analysis.effects.value_summary import ValueSummary, summarise_values
from ...analysis.run_view import iterate_run_views
from ...i18n.translation import mark, translate
from ...records.files.run_files import RunTables
from ...studies.axis import format_axis_value
from ...studies.plan import BASELINE_ARM, PlannedRun
from ..cli.text_table import format_cli_table

SEED_SETTING, LEVER_SETTING = "seed", "lever"
POINT_HEADS = (mark("seeds"), mark("mean"), mark("spread"))
CHANGE_HEADS = (mark("change"), mark("low"), mark("high"))
OWN_HEADS = (POINT_HEADS[2], CHANGE_HEADS[0])
"""Headings that the summary of a study does not have."""


@dataclass
class SweepPoint:
    """One point of a sweep: its settings but for the seed, and the outcome of each seed."""

    settings: Mapping[str, object]
    arm: str
    """Levers joined by +, `baseline` without any."""
    values: dict[int, float] = field(default_factory=dict)
    changes: list[float] = field(default_factory=list)
    """Differences from the run without levers of the same settings and seed."""

    @property
    def has_levers(self) -> bool:
        """True unless it is a point without levers."""
        return self.arm != BASELINE_ARM


def collect_sweep_points(planned: Sequence[PlannedRun], opened: RunTables | None, outcome: str) -> list[SweepPoint]:
    """The points in the order of the sweep, with what is stored of them."""
    measured = {} if opened is None else {str(view.run["run"]): OUTCOMES[outcome].measure(view)
                                          for view in iterate_run_views(opened)}
    without = {(one.run_columns["context"], one.run.seed): measured.get(one.run.id, np.nan) for one in planned
               if one.arm == BASELINE_ARM}
    points: dict[str, SweepPoint] = {}
    for one in planned:
        settings = {name: format_axis_value(value) for name, value in one.settings.items() if name != SEED_SETTING}
        point = points.setdefault(f"{settings} {one.arm}", SweepPoint(settings, one.arm))
        value = measured.get(one.run.id, float("nan"))
        if one.run.seed not in point.values and isfinite(value):
            point.values[one.run.seed] = value
            base = without.get((one.run_columns["context"], one.run.seed), float("nan"))
            if point.has_levers and isfinite(base):
                point.changes.append(value - base)
    return list(points.values())


def summarise_sweep(planned: Sequence[PlannedRun], opened: RunTables | None, lang: str,
                    outcome: str = "loss") -> str:
    """The table as text, and what it lacks: seeds for an interval, a run without levers to compare with."""
    points = collect_sweep_points(planned, opened, outcome)
    paired = any(point.changes for point in points)
    names = list(dict.fromkeys(name for point in points for name in point.settings))
    if len({point.arm for point in points}) > 1 and LEVER_SETTING not in names:
        names.append(LEVER_SETTING)
    heads = names + [translate(head, lang, **({} if head in OWN_HEADS else {"context": "study"}))
                     for head in POINT_HEADS + (CHANGE_HEADS if paired else ())]
    rows = [_format_point(point, names, paired) for point in points]
    lines = [translate("{outcome}, {unit}: mean and standard deviation over seeds", lang, outcome=outcome,
                       unit=OUTCOMES[outcome].unit), "", format_cli_table(heads, rows).rstrip("\n")]
    return "\n".join([*lines, *_list_notes(points, paired, lang)]) + "\n"


def _format_point(point: SweepPoint, names: Sequence[str], paired: bool) -> list[object]:
    found, change = summarise_values(np.array([*point.values.values()])), summarise_values(np.array(point.changes))
    row: list[object] = [point.arm if name == LEVER_SETTING else point.settings.get(name) for name in names]
    row += [found.n, format_known(found.mean), format_known(found.deviation)]
    return row + ([format_known(change.mean), *format_interval(change)] if paired else [])


def format_known(value: float) -> float | None:
    """The value; None, which prints as a dash, if there is none."""
    return value if isfinite(value) else None


def format_interval(found: ValueSummary) -> tuple[float | None, float | None]:
    """Low and high end; None for both while there are too few values."""
    return format_known(found.low), format_known(found.high)


def _list_notes(points: Sequence[SweepPoint], paired: bool, lang: str) -> list[str]:
    """What the table means, and what it lacks."""
    notes = []
    if paired:
        notes.append(translate("change: from the run without levers of the same settings and seed, with the 95 % "
                               "interval that holds whenever one stops", lang))
    elif any(point.has_levers for point in points):
        notes.append(translate("nothing to compare with: add the run without levers to the sweep, lever=none,…", lang))
    tables = [point.changes if paired else list(point.values.values()) for point in points
              if point.has_levers or not paired]
    notes += describe_missing_seeds([summarise_values(np.array(values)) for values in tables] if paired else [], lang)
    if any(len(point.values) < 2 for point in points):
        notes.append(translate("a spread needs two seeds or more: seed=1,2,3", lang))
    return notes


def describe_missing_seeds(found: Sequence[ValueSummary], lang: str) -> list[str]:
    """One line on how many more seeds an interval needs; none if all have one."""
    most = max((one.more_needed for one in found), default=0)
    if not most:
        return []
    least = max(one.n + one.more_needed for one in found if one.more_needed)
    return [translate("no interval yet: it needs {least} seeds, {more} more than there are", lang, least=least,
                      more=most)]
