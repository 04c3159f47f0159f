"""Shares of an effect's variance by luck, numbers and behaviour variant, with intervals, where runs tell them.

Luck is what two seeds of one set differ by. So at least MIN_REPEATED_SETS sets have to be played with two seeds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from ..effects.paired_comparison import NAN
from ..sensitivity.variance_components import VarianceComponents, estimate_variance_components

MIN_REPEATED_SETS = 10
"""Sets with two seeds or more, below which shares of variance are not told."""
VARIANCE_PARTS = ("luck", "numbers", "behaviour")
RESAMPLES, SHARE_LEVEL = 400, 0.9
"""Bootstrap samples of sets behind an interval of a share, and the level of that interval."""


@dataclass(frozen=True)
class VarianceShares:
    """shares: part of VARIANCE_PARTS to (share, low, high), 0 to 1, an interval of SHARE_LEVEL. NaN: cannot be told.

    components: the variances. repeated: sets that were played with two seeds or more.
    """

    shares: dict[str, tuple[float, float, float]]
    components: VarianceComponents
    repeated: int

    @property
    def is_told(self) -> bool:
        """True if luck can be told apart from numbers by these runs."""
        return bool(np.isfinite(self.shares["luck"][0]))


def count_repeated_sets(sets: Sequence[Hashable]) -> int:
    """How many sets have two observations or more. sets: the set of each observation."""
    return sum(count > 1 for count in Counter(sets).values())


def estimate_variance_shares(values: np.ndarray, sets: Sequence[Hashable],
                             variants: Sequence[Hashable]) -> VarianceShares:
    """Shares of the variance of values float64[k], NaN left out. sets, variants: those of each observation."""
    values = np.asarray(values, np.float64)
    known = [int(k) for k in np.flatnonzero(np.isfinite(values))]
    values, sets, variants = values[known], [sets[k] for k in known], [variants[k] for k in known]
    repeated = count_repeated_sets(sets)
    if repeated < MIN_REPEATED_SETS:
        unknown = VarianceComponents(NAN, NAN, NAN)
        return VarianceShares(dict.fromkeys(VARIANCE_PARTS, (NAN, NAN, NAN)), unknown, repeated)
    found = estimate_variance_components(values, sets, variants)
    drawn = np.array([_resample_shares(values, sets, variants, seed) for seed in range(RESAMPLES)])
    tail = 100 * (1 - SHARE_LEVEL) / 2
    shares = {}
    for part, column in zip(VARIANCE_PARTS, drawn.T):
        known_draws = column[np.isfinite(column)]
        ends = np.percentile(known_draws, (tail, 100 - tail)) if known_draws.size else (NAN, NAN)
        shares[part] = (found.share(part), float(ends[0]), float(ends[1]))
    return VarianceShares(shares, found, repeated)


def _resample_shares(values: np.ndarray, sets: Sequence[Hashable], variants: Sequence[Hashable],
                     seed: int) -> list[float]:
    """The shares in a bootstrap sample of whole sets, drawn within their variant."""
    rows: dict[Hashable, dict[Hashable, list[int]]] = {}
    for k, (member, variant) in enumerate(zip(sets, variants)):
        rows.setdefault(variant, {}).setdefault(member, []).append(k)
    rng, chosen, names = np.random.default_rng(seed), list[int](), list[int]()
    for groups in rows.values():
        listed = list(groups.values())
        for draw in rng.integers(len(listed), size=len(listed)):
            names += [len(names) + 1] * len(listed[draw])
            chosen += listed[draw]
    found = estimate_variance_components(values[chosen], names, [variants[k] for k in chosen])
    return [found.share(part) for part in VARIANCE_PARTS]
