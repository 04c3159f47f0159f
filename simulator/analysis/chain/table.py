"""The chain table: every link of every lever, for everybody and for groups, paired by seed with no lever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...i18n.translation import Message
from ...records.files.run_files import RunTables
from ..effects.arms import Arm, collect_arms, list_observation_seeds, map_seeds_to_parameter_sets
from ..effects.confidence_sequence import compute_deviation
from ..effects.paired_comparison import NAN, compute_t_interval
from .links import LINKS, GroupSums, measure_link
from .residents import ResidentPair, list_groups, pair_residents, sum_residents

EVERYBODY = "all"
RECORDED_GROUPS = {EVERYBODY: ("all", "all"), "members_before": ("membership_before", "member"),
                   "poorest": ("income", "1"), "isolated": ("isolation_before", "isolated"), "75+": ("age", "75+"),
                   "lone_parents": ("household", "lone_parent")}
"""Groups that every run records, with the same residents with and without levers: name to (dimension, group)."""
OBSERVED_GROUPS = ("participants", "reached")
"""Groups that need `observe=[people,reached]`: members at onset in the arm without levers; whom the lever reached."""
GROUPS = (EVERYBODY, "participants", "members_before", "reached", "poorest", "isolated", "75+", "lone_parents")
NEGLIGIBLE_SHARE = 0.01
"""An interval that holds 0 and lies within this share of the value without levers counts as no effect."""
REACHED_SHARE = 0.8
"""A difference of times needs so many of the pairs to reach it both with and without levers."""
UP, DOWN, NONE, OPEN = "up", "down", "none", "open"
"""Signs: up, down, no effect, not told by these runs. Words, since a spreadsheet takes + for a formula."""


@dataclass(frozen=True)
class ChainCell:
    """One link of one arm for one group. sign: of UP, DOWN, NONE, OPEN. n: paired seeds.

    baseline, mean: without and with the levers; difference: their mean paired difference with its 95 % interval.
    """

    arm: Arm
    group: str
    link: str
    n: int
    baseline: float
    mean: float
    difference: float
    low: float
    high: float

    @property
    def relative(self) -> float:
        """Difference over the value without levers; NaN where that is 0."""
        return self.difference / abs(self.baseline) if self.baseline else NAN

    @property
    def sign(self) -> str:
        """What the interval says of the direction of the effect."""
        return read_sign(self.low, self.high, self.baseline)

    @property
    def benefit(self) -> int:
        """1 if the sign is a benefit, -1 if it is harm, 0 if neither or not told."""
        return {UP: 1, DOWN: -1}.get(self.sign, 0) * LINKS[self.link].direction


def read_sign(low: float, high: float, baseline: float) -> str:
    """The sign that an interval [low, high] of a difference supports. baseline: the value that it is a change of."""
    if not (np.isfinite(low) and np.isfinite(high)):
        return OPEN
    if low > 0 or high < 0:
        return UP if low > 0 else DOWN
    return NONE if max(-low, high) <= NEGLIGIBLE_SHARE * abs(baseline) else OPEN


def compare_link(without: np.ndarray, with_: np.ndarray) -> tuple[int, float, float, float, float, float]:
    """(pairs, means without and with, mean difference, low and high end of its 95 % interval) of float64[seeds] each.

    NaN is unknown and left out; infinity is a time not reached by the horizon. There is no difference of times where
    fewer than REACHED_SHARE of the known pairs reach it on both sides.
    """
    known = ~(np.isnan(without) | np.isnan(with_))
    reached = np.isfinite(without) & np.isfinite(with_)
    a, b = without[reached], with_[reached]
    if not known.any():
        return 0, NAN, NAN, NAN, NAN, NAN
    if reached.sum() < REACHED_SHARE * known.sum():
        return int(reached.sum()), float(without[known].mean()), float(with_[known].mean()), NAN, NAN, NAN
    d = b - a
    low, high = compute_t_interval(float(d.mean()), compute_deviation(d), d.size) if d.size > 1 else (NAN, NAN)
    return d.size, float(a.mean()), float(b.mean()), float(d.mean()), low, high


class ChainInput:
    """The runs of a comparison as the chain reads them. ValueError without a baseline or without an arm with levers."""

    def __init__(self, opened: RunTables, context: str | None = None) -> None:
        self.opened = opened
        arms = collect_arms(opened, context)
        if not arms or arms[0].levers or len(arms) < 2:
            raise ValueError(Message("no run without levers: nothing to compare with"))
        self.context = str(next(iter(arms[0].runs.values())).run["context"])
        self.baseline, self.others, self.seeds = arms[0], arms[1:], list_observation_seeds(arms)
        self._pairs: dict[tuple[str, int], ResidentPair | None] = {}

    @cached_property
    def is_observed(self) -> bool:
        """True if runs recorded their residents one by one."""
        return bool(len(self.opened.tables["people"]["run"]) if "people" in self.opened.tables else 0)

    def pair(self, arm: Arm, seed: int) -> ResidentPair | None:
        """The residents of one seed without and with the arm's levers; None where they were not observed."""
        key = (arm.portfolio, seed)
        if key not in self._pairs:
            views = self.baseline.runs.get(seed), arm.runs.get(seed)
            self._pairs[key] = None
            if self.is_observed and views[0] is not None and views[1] is not None:
                run = views[1].run
                self._pairs[key] = pair_residents(self.opened, str(views[0].run["run"]), str(run["run"]),
                                                  float(run["cost"]), float(run["horizon"]))
        return self._pairs[key]


def list_chain_inputs(opened: RunTables) -> list[ChainInput]:
    """The comparisons among these runs: one for each scenario with a baseline and levers, or one for an ensemble."""
    runs = opened.tables["runs"]
    with_levers = {str(context) for context, levers in zip(runs["context"], runs["levers"]) if levers}
    contexts: list[str | None] = [str(context) for context, levers in zip(runs["context"], runs["levers"])
                                  if not levers and str(context) in with_levers]
    if contexts and map_seeds_to_parameter_sets(opened):
        contexts = [None]
    return [ChainInput(opened, context) for context in dict.fromkeys(contexts)]


def build_chain(chain_input: ChainInput, groups: Sequence[str] = GROUPS,
                links: Sequence[str] = tuple(LINKS)) -> list[ChainCell]:
    """The cells of every arm, group and link for which something is known, in this order.

    groups, links: those that are wanted; what the others need is not read.
    """
    cells = []
    for arm in chain_input.others:
        for group in groups:
            sums = {seed: _sum_group(chain_input, arm, seed, group) for seed in _list_single_seeds(chain_input, arm)}
            if any(pair is not None for pair in sums.values()):
                cells += list(_compare_group(chain_input, arm, group, sums, links))
    return cells


def _list_single_seeds(chain_input: ChainInput, arm: Arm) -> list[int]:
    """Seeds that both the baseline and the arm have played."""
    return sorted(set(chain_input.baseline.runs) & set(arm.runs))


def _sum_group(chain_input: ChainInput, arm: Arm, seed: int, group: str) -> tuple[GroupSums, GroupSums] | None:
    """Sums of a group without and with the levers; None where the runs do not tell them."""
    views = chain_input.baseline.runs[seed], arm.runs[seed]
    pair = chain_input.pair(arm, seed)
    if pair is not None and group != EVERYBODY:
        who = list_groups(pair)[group]
        nobody = np.zeros(len(who), bool)
        return (sum_residents(pair.without, who, pair.hit, nobody, pair.horizon),
                sum_residents(pair.with_, who, pair.hit, pair.reach["offered"], pair.horizon))
    if group not in RECORDED_GROUPS:
        return None
    rows = [view.groups.get(RECORDED_GROUPS[group]) for view in views]
    return None if rows[0] is None or rows[1] is None else (rows[0], rows[1])


def _compare_group(chain_input: ChainInput, arm: Arm, group: str,
                   sums: dict[int, tuple[GroupSums, GroupSums] | None], links: Sequence[str]) -> Iterator[ChainCell]:
    for link in links:
        values = {seed: tuple(measure_link(link, each, view if group == EVERYBODY else None)
                              for each, view in zip(pair, (chain_input.baseline.runs[seed], arm.runs[seed])))
                  for seed, pair in sums.items() if pair is not None}
        observed = np.array([np.mean([values.get(seed, (NAN, NAN)) for seed in seeds], axis=0)
                             for seeds in _list_observations(chain_input, arm)]).reshape(-1, 2)
        n, *numbers = compare_link(observed[:, 0], observed[:, 1])
        if not np.isnan(numbers[0]):
            yield ChainCell(arm, group, link, n, *numbers)


def _list_observations(chain_input: ChainInput, arm: Arm) -> Iterable[tuple[int, ...]]:
    """Seeds that count as one observation: each alone, or in an ensemble all of a parameter set."""
    return [arm.seeds_by_set.get(seed, (seed,)) for seed in chain_input.seeds]


def find_cells(cells: Iterable[ChainCell], group: str = EVERYBODY) -> dict[tuple[str, str], ChainCell]:
    """(portfolio, link) to the cell of one group."""
    return {(cell.arm.portfolio, cell.link): cell for cell in cells if cell.group == group}


CHAIN_HEADS = ("context", "levers", "arm", "group", "stage", "link", "unit", "n", "baseline", "mean", "difference",
               "low", "high", "relative", "sign", "benefit")
"""Columns of chain.csv."""


def list_chain_rows(context: str, cells: Iterable[ChainCell], lang: str) -> list[tuple[object, ...]]:
    """The rows of chain.csv, numbers unrounded."""
    return [(context, "+".join(cell.arm.levers), cell.arm.label[lang], cell.group, LINKS[cell.link].stage, cell.link,
             LINKS[cell.link].unit, cell.n, cell.baseline, cell.mean, cell.difference, cell.low, cell.high,
             cell.relative, cell.sign, cell.benefit) for cell in cells]


def list_missing_observations(chain_input: ChainInput) -> tuple[str, ...]:
    """Groups that these runs cannot tell; they need `observe=[people,pairs,reached]`."""
    return () if chain_input.is_observed else OBSERVED_GROUPS


