"""How the variance of an outcome over an ensemble splits: behaviour variant, numbers of the model, luck.

Observations are nested: seeds within members of the ensemble, members within behaviour variants. Components of
variance by the analysis of variance, unequal numbers allowed. Source: Searle, Casella & McCulloch 1992, Variance
Components, doi:10.1002/9780470316856, chapter 4 (estimators may fall below 0 and are then taken as 0).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..effects.paired import NAN


@dataclass(frozen=True)
class Split:
    """Variances, in the outcome's unit squared; NaN for what this design cannot tell apart (`split` says when)."""

    behaviour: float
    numbers: float
    luck: float

    @property
    def total(self) -> float:
        """The sum of what is known."""
        return float(np.nansum([self.behaviour, self.numbers, self.luck]))

    def share(self, part: str) -> float:
        """A part over the total, 0 to 1; NaN where the part is not known or nothing varies."""
        return float(getattr(self, part)) / self.total if self.total > 0 else NAN


def split(values: np.ndarray, member: Sequence[object], variant: Sequence[object]) -> Split:
    """Split the variance of float64[k] observations; member and variant: whose each observation is.

    With one seed a member, luck and numbers cannot be told apart: luck is NaN and `numbers` holds both. With one
    variant, or as many members as variants, `behaviour` is NaN and `numbers` holds it too. Observations
    that are NaN are left out.
    """
    values = np.asarray(values, np.float64)
    known = np.isfinite(values)
    values = values[known]
    members = _codes(member, known)
    variants = _codes(variant, known)
    if values.size < 2:
        return Split(NAN, NAN, NAN)
    if variants.max() == members.max():
        variants = np.zeros_like(variants)
    n, m, v = (float(count) for count in (values.size, members.max() + 1, variants.max() + 1))
    per_member = np.bincount(members).astype(np.float64)
    of = np.zeros(int(m), np.int64)
    of[members] = variants
    per_variant = np.bincount(variants).astype(np.float64)
    mean_m, mean_v = (np.bincount(code, values) / size for code, size in ((members, per_member),
                                                                         (variants, per_variant)))
    inner = float((per_member**2 / per_variant[of]).sum())
    luck = _ratio(float(((values - mean_m[members])**2).sum()), n - m)
    between = _ratio(float((per_member * (mean_m - mean_v[of])**2).sum()), m - v)
    among = _ratio(float((per_variant * (mean_v - values.mean())**2).sum()), v - 1.0)
    numbers = (between - (0.0 if np.isnan(luck) else luck)) / ((n - inner) / (m - v)) if m > v else NAN
    if m > v and v > 1.0:
        spread = (inner - float((per_member**2).sum()) / n) / (v - 1.0)
        weight = (n - float((per_variant**2).sum()) / n) / (v - 1.0)
        behaviour = (among - (0.0 if np.isnan(luck) else luck) - spread * numbers) / weight
    else:
        behaviour = NAN
    return Split(*(float(max(0.0, one)) if np.isfinite(one) else NAN for one in (behaviour, numbers, luck)))


def _codes(names: Sequence[object], known: np.ndarray) -> np.ndarray:
    """int64[k]: each name's place among those in use."""
    return np.unique(np.asarray([str(name) for name in names])[known], return_inverse=True)[1].astype(np.int64)


def _ratio(total: float, freedom: float) -> float:
    return total / freedom if freedom > 0 else NAN
