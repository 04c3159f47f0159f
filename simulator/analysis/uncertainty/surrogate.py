"""A surrogate of an effect: a small statistical model that predicts it from the numbers of a set, with its error told.

Of two kinds, a sparse linear one and a forest of trees, the one that predicts sets left out better is kept. Libraries:
scikit-learn. Source of the sparse one: Tibshirani 1996; of forests: Breiman 2001, doi:10.1023/A:1010933404324.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np

from ..effects.paired_comparison import NAN
from ..optional_libraries import import_optional

MIN_SETS, MIN_R2 = 40, 0.5
"""Fewer sets, or a lower R² on sets left out, and a surrogate tells nothing."""
FOLDS, TREES = 5, 100
GRID = tuple(np.linspace(0.0, 1.0, 9))
"""Quantiles of a number at which predictions are averaged to measure its importance."""
MAX_ROWS, MAX_USED = 40, 15
"""Sets over which predictions are averaged, and numbers of a forest that are looked at."""
MAX_NEEDED_SETS = 2_000
"""More sets than that are no advice."""


@dataclass(frozen=True)
class Surrogate:
    """kind: linear or forest. model: fitted, with scikit-learn's `predict`. r2: on sets left out. importances:
    float64[numbers], how far the prediction moves, standard deviation, in the effect's unit."""

    kind: str
    model: Any
    r2: float
    importances: np.ndarray

    @property
    def is_told(self) -> bool:
        """True if it predicts sets left out well enough to be listened to."""
        return self.r2 >= MIN_R2


def fit_surrogate(x: np.ndarray, y: np.ndarray) -> Surrogate:
    """The better of both kinds. x: float64[sets, numbers]. y: float64[sets]. MissingExtra without scikit-learn."""
    candidates = {kind: build_estimator(kind) for kind in ("linear", "forest")}
    scores = {kind: compute_cross_validated_r2(model, x, y) for kind, model in candidates.items()}
    kind = max(scores, key=lambda name: (scores[name], name == "linear"))
    model = candidates[kind].fit(x, y)
    return Surrogate(kind, model, scores[kind], measure_importances(model, x))


def build_estimator(kind: str) -> Any:
    """An unfitted estimator of that kind; fitting it is deterministic."""
    if kind == "forest":
        ensemble = import_optional("sklearn.ensemble")
        return ensemble.RandomForestRegressor(TREES, min_samples_leaf=3, max_features=0.4, random_state=0, n_jobs=1)
    linear, pipeline = import_optional("sklearn.linear_model"), import_optional("sklearn.pipeline")
    scaler = import_optional("sklearn.preprocessing").StandardScaler()
    return pipeline.make_pipeline(scaler, linear.LassoCV(cv=5, alphas=30, max_iter=20_000, random_state=0))


def compute_cross_validated_r2(model: Any, x: np.ndarray, y: np.ndarray) -> float:
    """1 - error over variance, each set predicted by a model fitted to the others; NaN where nothing varies."""
    selection = import_optional("sklearn.model_selection")
    if np.ptp(y) == 0:
        return NAN
    folds = selection.KFold(min(FOLDS, len(y)), shuffle=True, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a fold in which the penalty does not converge costs precision: R² tells it
        predicted = selection.cross_val_predict(model, x, y, cv=folds)
    return float(1 - ((y - predicted) ** 2).sum() / ((y - y.mean()) ** 2).sum())


def measure_importances(model: Any, x: np.ndarray) -> np.ndarray:
    """float64[numbers]: standard deviation of the prediction as one number takes the values of all sets.

    Averaged over the other numbers' values in MAX_ROWS sets.
    """
    rows = x[:: max(1, len(x) // MAX_ROWS)]
    used = np.flatnonzero(_list_used_numbers(model, x.shape[1]))
    out = np.zeros(x.shape[1])
    for k in used:
        out[k] = float(np.std(predict_along(model, rows, int(k), np.quantile(x[:, k], GRID))))
    return out


def predict_along(model: Any, x: np.ndarray, number: int, values: np.ndarray) -> np.ndarray:
    """float64[values]: the mean prediction with one number at each value, the others as in the sets x.

    Source: partial dependence, Friedman 2001, doi:10.1214/aos/1013203451, section 8.2.
    """
    moved = np.tile(x, (len(values), 1))
    moved[:, number] = np.repeat(values, len(x))
    return np.asarray(model.predict(moved)).reshape(len(values), len(x)).mean(1)


def _list_used_numbers(model: Any, count: int) -> np.ndarray:
    """bool[numbers]: those that a fitted model uses at all; of a forest, the MAX_USED that reduce most error."""
    if hasattr(model, "feature_importances_"):
        gains = np.asarray(model.feature_importances_)
        return gains >= np.sort(gains)[-min(MAX_USED, count)]
    return np.asarray(model[-1].coef_) != 0


def estimate_needed_sets(x: np.ndarray, y: np.ndarray, surrogate: Surrogate) -> int:
    """How many sets would make the surrogate good enough, or 0 if more sets would hardly do.

    R² is taken to be r - c/n in the number of sets n, from its value at n and its mean over both halves.
    """
    n, kind = len(y), surrogate.kind
    half = np.mean([compute_cross_validated_r2(build_estimator(kind), x[k::2], y[k::2]) for k in (0, 1)])
    slope, best = n * (surrogate.r2 - half), 2 * surrogate.r2 - half
    if not (slope > 0 and best > MIN_R2):
        return 0
    needed = max(n + 1, ceil(slope / (best - MIN_R2)))
    return needed if needed <= MAX_NEEDED_SETS else 0
