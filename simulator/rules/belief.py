"""The one operator that moves every trust, power to act and skill (model 7.1).

For a belief x in [0, 1]: return to a baseline, then gains, then losses, each bounded and each the same whether a step
is taken whole or in parts. A dose is already multiplied by its strength (a d): an event of .02 is a dose of .02.
Source: bounded learning as in Bush & Mosteller 1955; asymmetry of trust, Slovic 1993,
doi:10.1111/j.1539-6924.1993.tb01329.x.
"""

from __future__ import annotations

import math

from ..kernel.compiled import rule

DAYS_A_YEAR = 365.0
"""Rates quoted per year are applied over this many days."""


@rule
def wear(x, baseline, rate, days):
    """x after returning towards its baseline at `rate` per year for `days`."""
    return baseline + (x - baseline) * math.exp(-rate * days / DAYS_A_YEAR)


@rule
def gain(x, dose):
    """x after a gain: what is missing from 1 shrinks by exp(-dose)."""
    return 1.0 - (1.0 - x) * math.exp(-dose)


@rule
def loss(x, dose):
    """x after a loss: x shrinks by exp(-dose)."""
    return x * math.exp(-dose)


@rule
def jump(dose):
    """Share of what is missing (or held) that one event of this dose moves: 1 - exp(-dose)."""
    return -math.expm1(-dose)


@rule
def settled(baseline, rate, gaining, losing):
    """Long-run mean of x: wear `rate`, events times jump `gaining` and `losing`, all per the same unit of time.

    With Poisson events x* = (gaining + rate baseline) / (gaining + losing + rate), reached at the rate of that sum.
    """
    return (gaining + rate * baseline) / (gaining + losing + rate)


@rule
def chance(rate, days):
    """Probability that an event of `rate` per year happens within `days`."""
    return -math.expm1(-rate * days / DAYS_A_YEAR)
