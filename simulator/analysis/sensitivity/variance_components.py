"""Variance components of an outcome over an ensemble: behaviour variant, parameters, seeds.

Observations are nested: seeds within members of the ensemble, members within behaviour variants. Components are
estimated by the analysis of variance for unequal group sizes. Source: Searle, Casella & McCulloch 1992, Variance
Components, doi:10.1002/9780470316856, chapter 4 (estimators may fall below 0 and are then taken as 0).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..effects.paired_comparison import NAN


@dataclass(frozen=True)
class VarianceComponents:
    """Variances in the outcome's unit squared, named like the columns of the ensemble table.

    behaviour: between behaviour variants. numbers: between parameter sets. luck: between seeds. NaN for a component
    that the design cannot separate, see `estimate_variance_components`.
    """

    behaviour: float
    numbers: float
    luck: float

    @property
    def total(self) -> float:
        """The sum of the known components."""
        return float(np.nansum([self.behaviour, self.numbers, self.luck]))

    def share(self, part: str) -> float:
        """A component over the total, 0 to 1; NaN if it is unknown or nothing varies."""
        return float(getattr(self, part)) / self.total if self.total > 0 else NAN


def estimate_variance_components(values: np.ndarray, member: Sequence[object],
                                 variant: Sequence[object]) -> VarianceComponents:
    """Split the variance of observations float64[k].

    member, variant: the parameter set and behaviour variant of each observation. With one seed per member, seeds and
    parameters cannot be separated: `luck` is NaN and `numbers` holds both. With one variant, or as many members as
    variants, `behaviour` is NaN and `numbers` holds it too. Observations that are NaN are left out.
    """
    values = np.asarray(values, np.float64)
    known = np.isfinite(values)
    values = values[known]
    members = _codes(member, known)
    variants = _codes(variant, known)
    if values.size < 2:
        return VarianceComponents(NAN, NAN, NAN)
    if variants.max() == members.max():
        variants = np.zeros_like(variants)
    n, m, v = (float(count) for count in (values.size, members.max() + 1, variants.max() + 1))
    per_member = np.bincount(members).astype(np.float64)
    variant_of = np.zeros(int(m), np.int64)
    variant_of[members] = variants
    per_variant = np.bincount(variants).astype(np.float64)
    mean_m, mean_v = np.bincount(members, values) / per_member, np.bincount(variants, values) / per_variant
    inner = float((per_member**2 / per_variant[variant_of]).sum())
    seeds = _mean_square(float(((values - mean_m[members])**2).sum()), n - m)
    between = _mean_square(float((per_member * (mean_m - mean_v[variant_of])**2).sum()), m - v)
    among = _mean_square(float((per_variant * (mean_v - values.mean())**2).sum()), v - 1.0)
    parameters = (between - (0.0 if np.isnan(seeds) else seeds)) / ((n - inner) / (m - v)) if m > v else NAN
    if m > v and v > 1.0:
        imbalance = (inner - float((per_member**2).sum()) / n) / (v - 1.0)
        weight = (n - float((per_variant**2).sum()) / n) / (v - 1.0)
        behaviour = (among - (0.0 if np.isnan(seeds) else seeds) - imbalance * parameters) / weight
    else:
        behaviour = NAN
    return VarianceComponents(*(float(max(0.0, component)) if np.isfinite(component) else NAN
                                for component in (behaviour, parameters, seeds)))


def _codes(names: Sequence[object], known: np.ndarray) -> np.ndarray:
    """int64[k]: each known observation's name as an index among the names in use."""
    return np.unique(np.asarray([str(name) for name in names])[known], return_inverse=True)[1].astype(np.int64)


def _mean_square(total: float, degrees: float) -> float:
    """A sum of squares over its degrees of freedom; NaN without any."""
    return total / degrees if degrees > 0 else NAN
