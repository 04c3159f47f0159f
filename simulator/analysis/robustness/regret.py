"""Decision under deep uncertainty: regret, satisficing, and the constraint that no group is left worse off."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from ...cards.renamed import OUTCOMES as RENAMED_OUTCOMES
from ...cards.renamed import RELEASE
from ...i18n.translation import Message
from ..effects.confidence_sequence import PLANNED_PAIRS, compute_anytime_interval
from ..effects.paired_comparison import CONFIDENCE_LEVEL

REGRET_PERCENTILE = 90.0


def compute_regret(values: np.ndarray, direction: int = -1) -> np.ndarray:
    """How much worse each arm is than the best arm of the same scenario, which has 0: float64[arms, scenarios].

    values: float64[arms, scenarios]. direction: -1 if less is better, 1 if more is. Source: Savage 1951,
    doi:10.1080/01621459.1951.10500768.
    """
    values = np.asarray(values, np.float64)
    return values - values.min(0) if direction < 0 else values.max(0) - values


@dataclass(frozen=True)
class RegretSummary:
    """One arm over all scenarios: mean, 90th percentile and maximum regret; share of scenarios where it is best."""

    mean_regret: float
    regret_p90: float
    max_regret: float
    best_share: float


def summarise_regret(values: Mapping[str, np.ndarray], direction: int = -1) -> dict[str, RegretSummary]:
    """Map each arm to its regret. values: arm to float64[scenarios], means over seeds, the baseline among the arms."""
    regret = compute_regret(np.array(list(values.values())), direction)
    return {name: RegretSummary(float(r.mean()), float(np.percentile(r, REGRET_PERCENTILE)), float(r.max()),
                                float((r == 0).mean())) for name, r in zip(values, regret)}


@dataclass(frozen=True)
class SatisficingCondition:
    """A condition on a scenario: an outcome's change against the baseline, or the cost, is at most or at least a limit.

    outcome: its name, or cost. at_most: True for an upper limit. relative: the limit is a share of the baseline's
    value.
    """

    outcome: str
    at_most: bool
    limit: float
    relative: bool

    def met(self, with_: np.ndarray, without: np.ndarray) -> np.ndarray:
        """bool[scenarios]: where the condition holds. with_, without: means float64[scenarios], levers or none."""
        value = np.asarray(with_, np.float64)
        if self.outcome != "cost":
            value = value - without
        limit = self.limit * np.abs(without) if self.relative else self.limit
        slack = 1e-9 * np.maximum(1.0, np.abs(limit))
        return value <= limit + slack if self.at_most else value >= limit - slack


_CONDITION_PATTERN = re.compile(r"^\s*(\w+)\s*(<=|>=)\s*([+-]?\d+(?:\.\d+)?)\s*(%?)\s*$")


def parse_condition(text: str, known: Sequence[str]) -> SatisficingCondition:
    """Parse a condition such as loss<=-10%, quintile_ratio<=0 or cost<=300000. known: the outcomes that may be named.

    ValueError for another form or an unknown outcome.
    """
    match = _CONDITION_PATTERN.match(text)
    if match is None or (match[1] == "cost" and match[4]):
        raise ValueError(Message("{text!r}: expected a condition such as loss<=-10%, quintile_ratio<=0 or cost<=300000",
                                 text=text))
    outcome, sign, number, percent = match.groups()
    if outcome in RENAMED_OUTCOMES:
        raise ValueError(Message("{text!r}: unknown outcome {outcome!r}: renamed to {new} in {release}; write that "
                                 "name", text=text, outcome=outcome, new=RENAMED_OUTCOMES[outcome], release=RELEASE))
    if outcome not in (*known, "cost"):
        raise ValueError(Message("{text!r}: unknown outcome {outcome!r}; expected one of {known}", text=text,
                                 outcome=outcome, known=("cost", *known)))
    return SatisficingCondition(outcome, sign == "<=", float(number) / (100.0 if percent else 1.0), bool(percent))


def compute_satisficing_share(met: np.ndarray, level: float = CONFIDENCE_LEVEL) -> tuple[float, float, float]:
    """(share, low, high): share of scenarios in which all conditions hold, with Wilson's interval.

    met: bool[conditions, scenarios]. Source: Starr 1962 (domain criterion); Wilson 1927, doi:10.2307/2276774.
    """
    from scipy.special import ndtri

    met = np.atleast_2d(met)
    n, share = met.shape[1], float(met.all(0).mean())
    z = float(ndtri(0.5 + level / 2.0))
    middle, half = share + z * z / (2 * n), z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return share, max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))


@dataclass(frozen=True)
class WorseOffCheck:
    """Whether an arm leaves a group worse off.

    state: kept, broken or open. group: the group that fares worst. worst_change: rise of its loss in its worst
    scenario. scenarios: share of scenarios in which some group's mean loss rises.
    """

    state: str
    group: str
    worst_change: float
    scenarios: float


def check_worse_off(change: Mapping[str, np.ndarray], smallest_effect: float = 0.0, level: float = CONFIDENCE_LEVEL,
                    planned: int = PLANNED_PAIRS) -> WorseOffCheck:
    """Check the constraint that no group is left worse off.

    change: group to float64[scenarios, seeds], loss with the levers minus loss without.
    broken: the interval of some group's change in some scenario lies above smallest_effect. kept: all intervals lie
    at or below it. open: neither. Intervals hold for all groups and scenarios together.
    """
    means = {group: np.nanmean(v, axis=1) for group, v in change.items()}
    row_level = 1.0 - (1.0 - level) / sum(len(v) for v in change.values())
    low, high = np.array([compute_anytime_interval(row, row_level, planned) for v in change.values() for row in v]).T
    worst = max(means, key=lambda group: float(means[group].max()))
    if (low > smallest_effect).any():
        state = "broken"
    else:
        state = "kept" if (high <= smallest_effect).all() else "open"
    rises = np.array([m > max(smallest_effect, 0.0) for m in means.values()]).any(0)
    return WorseOffCheck(state, worst, float(means[worst].max()), float(rises.mean()))
