"""What a decision may answer: a yes or no, or a number of days. Anything else is refused where it is given."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ....i18n.translation import shorten_fact


def check_yes_or_no(resident: Any, decision: str, answer: Any) -> bool:
    """The answer as a bool. TypeError for anything but True or False, such as the None of a forgotten return."""
    if not isinstance(answer, (bool, np.bool_)):
        raise TypeError(f"{decision}() of {resident} gave {shorten_fact(repr(answer))}: expected True or False")
    return bool(answer)


def check_days(resident: Any, decision: str, answer: Any) -> float:
    """The answer as a number of days. TypeError for a truth value or no number, ValueError below 0 or for NaN."""
    if isinstance(answer, (bool, np.bool_)) or not isinstance(answer, (int, float, np.integer, np.floating)):
        raise TypeError(f"{decision}() of {resident} gave {shorten_fact(repr(answer))}: "
                        "expected a number of days; inf for never")
    days = float(answer)
    if math.isnan(days) or days < 0:
        raise ValueError(f"{decision}() of {resident} gave {shorten_fact(repr(answer))}: "
                         "expected a number of days, 0 or more")
    return days
