"""Days on which a lever acts."""

from simulator.levers.card import Window
from simulator.levers.window import Span, span_of


def test_it_grows_after_the_lead_time_then_ends():
    span = span_of(Window(days=100, ramp_days=50, lead_time_days=10), 364)
    assert (span.begin, span.end) == (374, 474)
    assert [span.ramp(day) for day in (373, 374, 399, 424, 473, 474)] == [0, 0, 0.5, 1, 1, 0]


def test_without_a_ramp_it_acts_at_once_and_without_days_for_good():
    span = span_of(Window(), 7)
    assert span.ramp(6) == 0 and span.ramp(7) == 1 and span.ramp(10**6) == 1


def test_it_ends_in_exactly_one_step():
    span = Span(0, 17)
    steps = [(0, 7), (7, 7), (14, 1), (15, 1), (16, 1), (17, 1), (18, 1), (19, 1), (20, 1), (21, 7)]
    assert [step for step in steps if span.ends_in(*step)] == [(17, 1)]
    assert [day for day in range(0, 28, 7) if span.ends_in(day, 7)] == [14]


def test_overlap():
    assert Span(0, 10).overlaps(Span(9, 20)) and not Span(0, 10).overlaps(Span(10, 20))
    assert Span(0).overlaps(Span(500)) and not Span(10, 20).overlaps(Span(20))
