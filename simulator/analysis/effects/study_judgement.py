"""Judges the arms of a study of several scenarios by the rule of a comparison; a seed counts once, with all points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .arms import Arm
from .judgement import Judgement, judge_arms
from .verdict import Threshold

if TYPE_CHECKING:
    from ...records.files.run_files import RunTables
    from ..run_view import RunView


def judge_over_points(runs: Mapping[tuple[str, int, int], RunView], opened: RunTables,
                      threshold: Threshold) -> dict[str, Judgement]:
    """Arm to its judgement against the arm "", over every point of the design.

    runs: (arm, point, seed) to the run. A seed is one observation: what is lost and saved at all of its points is added
    up, since points share the seed's luck.
    """
    points = 1 + max(point for _, point, _ in runs)
    arms: dict[str, Arm] = {}
    sets: dict[int, set[int]] = {}
    for (name, point, seed), view in runs.items():
        arm = arms.setdefault(name, Arm(name, tuple(name.split("+")) if name else (), {}))
        arm.runs[seed * points + point] = view
        sets.setdefault(seed, set()).add(seed * points + point)
    by_seed = {min(members): tuple(sorted(members)) for members in sets.values()}
    for arm in arms.values():
        arm.seeds_by_set = by_seed
    return judge_arms(arms[""], [arm for name, arm in arms.items() if name], opened, threshold)
