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


def test_its_end_is_told_once_on_the_next_weekly_boundary_whatever_the_steps():
    for end, told in ((14, 14), (15, 21), (17, 21), (21, 21)):
        assert [day for day in range(40) if Span(0, end).ended_by(day)] == [told]
    assert not any(Span(0).ended_by(day) for day in range(40))


def test_overlap():
    assert Span(0, 10).overlaps(Span(9, 20)) and not Span(0, 10).overlaps(Span(10, 20))
    assert Span(0).overlaps(Span(500)) and not Span(10, 20).overlaps(Span(20))
