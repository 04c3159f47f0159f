"""The group a lever is meant for, as its card says, and what the lever changes for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from .paired_comparison import NAN
from .verdict import linearise_ratio

if TYPE_CHECKING:
    from ..run_view import RunView
    from .arms import Arm

ELDERLY_FROM = 60
"""From this youngest age on, a lever is meant for the old; the oldest group that is reported stands for them."""
GroupKey = tuple[str, str]
"""Dimension and name of a group, as in the table of groups."""


@dataclass(frozen=True)
class TargetEffect:
    """What an arm changes for the group it is meant for: per cent of the group's losses (or expected
    deaths) saved, ratio of sums."""

    group: GroupKey
    share: float


def find_target_group(levers: Sequence[Mapping[str, Any]]) -> GroupKey | None:
    """The one group that all of these lever cards are meant for; None if they name none, or several."""
    groups = {_find_card_group(card.get("target") or {}) for card in levers}
    return groups.pop() if len(groups) == 1 else None


def _find_card_group(target: Mapping[str, Any]) -> GroupKey | None:
    if int(target.get("age_low") or 0) >= ELDERLY_FROM:
        return "age", "75+"
    if target.get("quintiles") and max(target["quintiles"]) <= 1:
        return "income", "1"
    if target.get("membership") == "members":
        return "membership_before", "member"
    return ("sex", "woman") if target.get("gender") == "women" else None


def measure_target_effect(baseline: Arm, arm: Arm, levers: Sequence[Mapping[str, Any]],
                          seeds: Sequence[int]) -> TargetEffect | None:
    """What the arm changes for the group it is meant for; None without such a group, or where it loses nothing.

    Of expected deaths, where the arm is judged by them.
    """
    group = find_target_group(levers)
    played = [seed for seed in seeds if seed in baseline.runs and seed in arm.runs]
    if group is None or not played:
        return None

    by_deaths = arm.judgement is not None and arm.judgement.is_by_deaths
    measure = partial(_read_group_sum, group=group, column="deaths_expected" if by_deaths else "loss")
    without, with_levers = (np.array([one.measure_seed(measure, seed) for seed in played]) for one in (baseline, arm))
    share = linearise_ratio(without - with_levers, without).mean() if np.isfinite(without).all() else NAN
    return TargetEffect(group, 100.0 * float(share)) if np.isfinite(share) else None


def _read_group_sum(view: RunView, group: GroupKey, column: str) -> float:
    """Functioning that a group lost, person-days, or its expected deaths."""
    return view.group(*group, column)
