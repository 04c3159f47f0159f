"""How every trust, power to act and skill changes (model 7.1).

A state x in [0, 1] returns to a baseline, then gains, then loses. Each change keeps x in [0, 1] and is the same for a
whole step as for its parts in turn. A dose is the number of events times their strength: one event of .02 is .02.
Source: bounded learning as in Bush & Mosteller 1955; asymmetry of trust, Slovic 1993,
doi:10.1111/j.1539-6924.1993.tb01329.x.
"""

from __future__ import annotations

import math

from ..kernel.compiled import rule

DAYS_PER_YEAR = 365.0
"""Rates quoted per year are applied over this many days."""


@rule
def decay_to_baseline(x, baseline, rate, days):
    """x after `days` of return towards its baseline at `rate` per year; x itself, to the last bit, at a rate of 0."""
    if rate == 0.0:
        return x
    return baseline + (x - baseline) * math.exp(-rate * days / DAYS_PER_YEAR)


@rule
def apply_gain(x, dose):
    """x after a gain: what is missing from 1 shrinks by exp(-dose)."""
    return 1.0 - (1.0 - x) * math.exp(-dose)


@rule
def apply_loss(x, dose):
    """x after a loss: x shrinks by exp(-dose)."""
    return x * math.exp(-dose)


@rule
def dose_to_share(dose):
    """Share of 1 - x that a gain of this dose adds, or of x that a loss takes away: 1 - exp(-dose)."""
    return -math.expm1(-dose)


@rule
def steady_state_mean(baseline, rate, gaining, losing):
    """Long-run mean of x for a rate of return and rates of gain and loss, all per the same unit of time.

    gaining, losing: events per time, times `dose_to_share` of one. With Poisson events
    x* = (gaining + rate baseline) / (gaining + losing + rate), approached at the rate of that sum.
    """
    return (gaining + rate * baseline) / (gaining + losing + rate)


@rule
def approach_steady_state(x, baseline, rate, gaining, losing, years):
    """x after `years` of return, gains and losses as in `steady_state_mean`, all per year: an exponential approach."""
    x_rest = steady_state_mean(baseline, rate, gaining, losing)
    return x_rest + (x - x_rest) * math.exp(-(rate + gaining + losing) * years)


@rule
def event_probability(rate, days):
    """P(at least one event within `days`) for a rate per year."""
    return -math.expm1(-rate * days / DAYS_PER_YEAR)
