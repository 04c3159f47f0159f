"""Scores: the interval a figure is held against, and what counts as met, missed or too vague."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.analysis.hindcast.event_card import EventCard, EventRow
from simulator.analysis.hindcast.scoring import count_met, published_interval, score_event

ROW = EventRow("X1", "a number", "un nombre", 40.0, "days", "days_back_80", "a source")
CARD = EventCard("event", "événement", "event", "flood", "", "", rows=[ROW])


def score(values: list[float], row: EventRow = ROW):
    """The score of one row over these measured values."""
    return score_event(replace(CARD, rows=[row]), [{row.id: value} for value in values])[0]


@pytest.mark.parametrize(("row", "interval"), [
    (ROW, (30.0, 50.0)), (replace(ROW, unit="%"), (32.0, 48.0)), (replace(ROW, low=39.0, high=60.0), (39.0, 60.0)),
    (replace(ROW, value=0.0), (0.0, 0.0)), (replace(ROW, value=-40.0), (-50.0, -30.0))])
def test_interval_is_published_or_the_fixed_tolerance(row, interval):
    assert published_interval(row) == interval


@pytest.mark.parametrize(("values", "verdict"), [
    ([39.0, 40.0, 41.0], "met"), ([51.0, 52.0, 53.0], "missed"), ([0.0, 40.0, 100.0], "too_vague"),
    ([float("nan")], "not_measured"), ([30.0], "met"), ([29.9], "missed")])
def test_verdict(values, verdict):
    assert score(values).verdict == verdict


def test_runs_without_anybody_to_measure_do_not_count():
    assert (score([float("nan"), 40.0]).runs, score([float("nan"), 40.0]).median) == (1, 40.0)


def test_rows_used_to_calibrate_are_counted_apart():
    used = replace(ROW, id="X2", use="calibration")
    scores = score_event(replace(CARD, rows=[ROW, used]), [{"X1": 99.0, "X2": 40.0}])
    assert (count_met(scores), count_met(scores, "calibration"), count_met(scores, "check")) == ((1, 2), (1, 1), (0, 1))
