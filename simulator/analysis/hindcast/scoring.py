"""Scores of a hindcast: the model's median and 90 % of its runs against each published figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .event_card import EventCard, EventRow
from .measures import MEASURES, PlayedEvent

NUMBER_TOLERANCE, SHARE_TOLERANCE = 0.25, 8.0
"""For a single published number without interval: a quarter of it either way; for a share, so many points. Fixed before
the first run."""
BAND = (5.0, 95.0)
"""Percentiles of the runs between which the model's 90 % lie."""
TOO_VAGUE = 3.0
"""A band this many times wider than the published interval says too little to count as met."""
VERDICTS = ("met", "missed", "too_vague", "not_measured")


@dataclass(frozen=True)
class RowScore:
    """One row: the interval it is held against, the model's median and 90 %, and the verdict, one of VERDICTS."""

    event: str
    row: EventRow
    low: float
    high: float
    median: float
    band_low: float
    band_high: float
    runs: int
    verdict: str


def published_interval(row: EventRow) -> tuple[float, float]:
    """The interval a row is held against: as published, or the fixed tolerance around a single number."""
    if row.low is not None and row.high is not None:
        return row.low, row.high
    if row.unit == "%":
        return row.value - SHARE_TOLERANCE, row.value + SHARE_TOLERANCE
    half = NUMBER_TOLERANCE * abs(row.value)
    return row.value - half, row.value + half


def measure_event(card: EventCard, played: PlayedEvent) -> dict[str, float]:
    """Row id -> what it measures on one run."""
    return {row.id: float(MEASURES[row.measure](played, row.at)) for row in card.rows}


def score_event(card: EventCard, measured: Sequence[Mapping[str, float]]) -> list[RowScore]:
    """The score of each row over the measures of several runs."""
    scores = []
    for row in card.rows:
        values = np.array([one[row.id] for one in measured], np.float64)
        values = values[np.isfinite(values)]
        low, high = published_interval(row)
        if not len(values):
            scores.append(RowScore(card.id, row, low, high, *(float("nan"),) * 3, 0, "not_measured"))
            continue
        median, band_low, band_high = (float(np.percentile(values, q)) for q in (50.0, *BAND))
        verdict = "met" if low <= median <= high else "missed"
        if verdict == "met" and band_high - band_low > TOO_VAGUE * (high - low):
            verdict = "too_vague"
        scores.append(RowScore(card.id, row, low, high, median, band_low, band_high, len(values), verdict))
    return scores


def count_met(scores: Sequence[RowScore], use: str | None = None) -> tuple[int, int]:
    """(rows met, rows scored), of one use or of all."""
    chosen = [score for score in scores if use is None or score.row.use == use]
    return sum(score.verdict == "met" for score in chosen), len(chosen)
