"""The one rule that says what to make of a difference: act, too small to matter, not known yet, harms, mixed, few."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isfinite

import numpy as np

from ...i18n.translation import Message
from .paired_comparison import CONFIDENCE_LEVEL, MAX_PROJECTED_SEEDS, NAN, compute_t_half_width

VERDICTS = ("acts", "small", "open", "harms", "mixed", "few")
"""acts: better by at least what is worth acting on · small: whichever its sign, too small to matter · open: not known
yet · harms: worse · mixed: less is lost, but more for good or in lives · few: too few residents hit."""
MIN_HIT = 200
"""Below so many residents hit, over all seeds, a comparison says nothing of the hit."""
PERCENT, PEOPLE, DAYS = "percent", "people", "days"
UNIT_WORDS = {"": PERCENT, "%": PERCENT, "percent": PERCENT, "pourcent": PERCENT, "people": PEOPLE, "persons": PEOPLE,
              "person": PEOPLE, "personne": PEOPLE, "personnes": PEOPLE, "day": DAYS, "days": DAYS, "jour": DAYS,
              "jours": DAYS}


@dataclass(frozen=True)
class Threshold:
    """From what difference on acting is worthwhile: the reader's choice, an assumption.

    unit: "percent" of what the hit lose without levers, "days" of functioning per person hit, or "people" of the
    territory who fare better by a person-day or more, net of those who fare worse.
    """

    amount: float
    unit: str = PERCENT

    def __str__(self) -> str:
        return f"{self.amount:g}%" if self.unit == PERCENT else f"{self.amount:g} {self.unit}"


DEFAULT_THRESHOLD = Threshold(5.0)


def parse_threshold(text: object) -> Threshold:
    """A threshold from "5%", "5", "2 days" or "20 people"; the default from "". ValueError for anything else.

    More than 100% is refused: nothing can save more than is lost.
    """
    if text in ("", None):
        return DEFAULT_THRESHOLD
    found = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*([a-z%]*)", str(text).strip().lower())
    amount = float(found[1].replace(",", ".")) if found else NAN
    if not found or found[2] not in UNIT_WORDS or not isfinite(amount):
        raise ValueError(Message("worth = {value!r}: expected a share of losses, days a person hit, or people, such as "
                                 "5%, '2 days' or '20 people'", value=str(text)))
    if UNIT_WORDS[found[2]] == PERCENT and amount > 100:
        raise ValueError(Message("worth = {value!r}: expected a share of losses up to 100%", value=str(text)))
    return Threshold(amount, UNIT_WORDS[found[2]])


def decide_verdict(low: float, high: float, smallest: float) -> str:
    """The verdict on a gain with this interval. smallest: gain from which acting is worthwhile, 0 or more.

    An interval within ± smallest is too small to matter, of whatever sign. A gain that is sure but may fall short of
    what is worthwhile is not known yet; so is everything without an interval.
    """
    if -smallest <= low and high <= smallest:
        return "small"
    if low >= smallest and low > 0:
        return "acts"
    return "harms" if high < 0 else "open"


def compute_joint_interval(values: np.ndarray, comparisons: int,
                           level: float = CONFIDENCE_LEVEL) -> tuple[float, float]:
    """Student's interval of the mean of float64[seeds], one of several that hold together at this level.

    Bonferroni: each at 1 - (1 - level) / comparisons. It asks nothing of how the arms are correlated, and can be told
    lever by lever; a bootstrap of the largest t needs more seeds than most comparisons have. NaN below two values.
    """
    if values.size < 2:
        return NAN, NAN
    half = compute_t_half_width(compute_spread(values), values.size, 1.0 - (1.0 - level) / max(1, comparisons))
    return float(values.mean()) - half, float(values.mean()) + half


def compute_spread(values: np.ndarray) -> float:
    """Standard deviation; exactly 0 for values equal up to rounding, NaN below two."""
    if values.size < 2:
        return NAN
    found = float(values.std(ddof=1))
    return 0.0 if found <= 1e-12 * max(1.0, float(np.abs(values).max())) else found


def project_seeds(values: np.ndarray, smallest: float, comparisons: int, level: float = CONFIDENCE_LEVEL) -> int:
    """Further seeds until the verdict is no longer "open", if mean and spread stay; 0 if it is not open now.

    -1 if 10 000 seeds do not settle it, or nothing can be said yet. A guide, not a stopping rule.
    """
    if values.size < 2:
        return -1
    mean, spread, each = float(values.mean()), compute_spread(values), 1.0 - (1.0 - level) / max(1, comparisons)

    def is_open(n: int) -> bool:
        half = compute_t_half_width(spread, n, each)
        return decide_verdict(mean - half, mean + half, smallest) == "open"

    if not is_open(values.size):
        return 0
    if is_open(MAX_PROJECTED_SEEDS):
        return -1
    too_few, enough = values.size, MAX_PROJECTED_SEEDS
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        too_few, enough = (middle, enough) if is_open(middle) else (too_few, middle)
    return enough - values.size


def linearise_ratio(numerator: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    """float64[seeds]: values whose mean is the ratio of sums, and whose spread gives its standard error.

    Source: Cochran 1977, Sampling Techniques, section 6.4. NaN where all denominators are 0.
    """
    if not numerator.any():
        return numerator.astype(np.float64)
    size = float(denominator.mean()) if denominator.size else 0.0
    if not size:
        return np.full(numerator.shape, NAN)
    ratio = float(numerator.sum() / denominator.sum())
    return ratio + (numerator - ratio * denominator) / size
