"""One line for each crisis that touched nobody, before its effects of nothing are read as a finding."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import numpy as np

from ...analysis.robustness.no_exposure import untouched
from ...i18n.app_texts import say


def warn(runs: Mapping[str, np.ndarray], lang: str) -> None:
    """Say on standard error which crises of these runs touched nobody. runs: columns of the table of runs."""
    for one in untouched(runs):
        print(say("untouched", lang, crises=one.crises, territory=one.territory, runs=one.runs, among=one.among),
              file=sys.stderr, flush=True)
