"""A warning for each crisis that exposed nobody, so that effects of zero are not read as a finding."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import numpy as np

from ...analysis.robustness.no_exposure import find_no_exposure
from ...i18n.translation import translate


def warn_no_exposure(runs: Mapping[str, np.ndarray], lang: str) -> None:
    """Print on standard error which crises of these runs exposed nobody. runs: columns of the runs table."""
    for one in find_no_exposure(runs):
        message = translate("{crises} in {territory}: nobody lost any functioning in {runs} of {among} runs "
                            "without levers; no one there is exposed, so no lever can tell: choose another "
                            "territory, crisis or severity", lang, crises=one.crises, territory=one.territory,
                            runs=one.runs, among=one.among)
        print(message, file=sys.stderr, flush=True)
