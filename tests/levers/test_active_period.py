"""Days on which a lever acts."""

from simulator.levers.active_period import ActivePeriod, build_active_period
from simulator.levers.card import Window


def test_it_grows_after_the_lead_time_then_ends():
    span = build_active_period(Window(days=100, ramp_days=50, lead_time_days=10), 364)
    assert (span.start_day, span.end_day) == (374, 474)
    assert [span.ramp_share(day) for day in (373, 374, 399, 424, 473, 474)] == [0, 0, 0.5, 1, 1, 0]


def test_without_a_ramp_it_acts_at_once_and_without_days_for_good():
    span = build_active_period(Window(), 7)
    assert span.ramp_share(6) == 0 and span.ramp_share(7) == 1 and span.ramp_share(10**6) == 1


def test_its_end_is_told_once_on_the_next_weekly_boundary_whatever_the_steps():
    for end, told in ((14, 14), (15, 21), (17, 21), (21, 21)):
        assert [day for day in range(40) if ActivePeriod(0, end).ended_this_week(day)] == [told]
    assert not any(ActivePeriod(0).ended_this_week(day) for day in range(40))


def test_overlap():
    assert ActivePeriod(0, 10).overlaps(ActivePeriod(9, 20)) and not ActivePeriod(0, 10).overlaps(ActivePeriod(10, 20))
    assert ActivePeriod(0).overlaps(ActivePeriod(500)) and not ActivePeriod(10, 20).overlaps(ActivePeriod(20))
