"""Levers that wait for a trigger."""

from dataclasses import replace

import pytest

from simulator.cards.reader import CardError
from simulator.engine.loop import Engine
from simulator.levers.active_lever import ActiveLever
from simulator.levers.card import Window, parse_lever
from simulator.levers.modifiers import ModifierValues
from tests.levers.example import lever
from tests.phases.small_world import small_world
from tests.properties.trial_run import column, played, quick, trial
from tests.reference.compare import differences

WORLD = small_world()
STAFF = ("site.staff", "add", 1.0)


def waiting(**window):
    return ActiveLever(lever(STAFF, window=Window(**window)), 14)


def test_it_starts_on_the_day_after_a_crisis_began_and_takes_its_lead_time_from_there():
    one = waiting(trigger="crisis", lead_time_days=2, days=10)
    for day in range(30):
        one.check_trigger(day, 1, in_crisis=day >= 20, unmet=None)
    assert (one.start_day, one.period.start_day, one.period.end_day) == (21, 23, 33)
    assert [one.needs_resolving(day) for day in (22, 23)] == [False, True]


def test_triggers_before_its_date_do_not_count():
    one = waiting(trigger="crisis")
    for day in range(13):
        one.check_trigger(day, 1, in_crisis=True, unmet=None)
    assert not one.needs_resolving(1000)
    one.check_trigger(14, 1, in_crisis=True, unmet=None)
    assert one.needs_resolving(15)


def test_it_waits_for_so_many_days_in_a_row():
    one = waiting(trigger="unmet", trigger_level=0.2, trigger_days=3)
    for day, unmet in enumerate([0.5, 0.3, 0.1, 0.3, None, 0.25, 0.2, 0.9, 0.9, 0.9], 14):
        one.check_trigger(day, 1, in_crisis=True, unmet=unmet)
        if day < 23:
            assert not one.needs_resolving(day + 1), day
    assert one.needs_resolving(24) and one.start_day == 24


def test_it_starts_once():
    one = waiting(trigger="crisis", days=5)
    for day in range(14, 60):
        one.check_trigger(day, 1, in_crisis=day % 20 < 3, unmet=None)
    assert one.start_day == 21


def test_it_changes_nothing_before_it_starts_and_dose_zero_never_starts():
    one, idle = waiting(trigger="crisis"), ActiveLever(lever(STAFF, dose=0.0, window=Window(trigger="crisis")), 0)
    idle.check_trigger(50, 1, in_crisis=True, unmet=None)
    assert not one.needs_resolving(10**6) and not idle.needs_resolving(10**6)
    assert not ModifierValues(WORLD, [one, idle], day=100).list_modified_handles()


def test_a_snapshot_keeps_the_state_of_the_trigger():
    one = waiting(trigger="unmet", trigger_level=0.2, trigger_days=3)
    one.check_trigger(14, 1, True, 0.5)
    other = waiting(trigger="unmet", trigger_level=0.2, trigger_days=3)
    other.restore(one.arrays())
    for each in (one, other):
        each.check_trigger(15, 2, True, 0.5)
    assert one.needs_resolving(17) and other.needs_resolving(17)
    third = waiting(trigger="unmet", trigger_level=0.2, trigger_days=3)
    third.restore(one.arrays())
    assert third.period == one.period
    fourth = waiting(trigger="unmet", trigger_level=0.2, trigger_days=3)
    fourth.copy_state(one)
    assert fourth.period == one.period and fourth.start_day == 17


def test_a_trigger_on_unmet_needs_requires_a_level():
    words = dict.fromkeys(("id", "label_fr", "label_en", "explanation_fr", "explanation_en", "mechanism"), "x")
    with pytest.raises(CardError, match="window.trigger_level = 0: expected a share of needs above 0"):
        parse_lever({**words, "window": {"trigger": "unmet"}})
    with pytest.raises(CardError, match="window.trigger = 'rain': expected one of"):
        parse_lever({**words, "window": {"trigger": "rain"}})


class TestInARun:
    """A lever that waits for the first crisis of the trial, which begins on day 57."""

    card = replace(quick("outreach", lead=0, ramp=0), window=Window(trigger="crisis"))

    def test_it_acts_from_the_day_after_the_crisis_began(self):
        calm, arm = played(trial()), played(trial(self.card))
        assert arm.levers[0].period.start_day == 58 and arm.levers[0].reach is not None
        day = column(calm, "day")
        same = [column(calm, name)[day < 58].tobytes() == column(arm, name)[day < 58].tobytes()
                for name in ("ties", "detected", "aware", "functioning")]
        assert all(same) and differences(calm.world, arm.world)
        assert arm.record.tables["runs"]["cost"][0] > 0

    def test_a_fork_after_the_trigger_equals_the_run_played_alone(self):
        straight, trunk = played(trial(self.card)), Engine(trial(self.card))
        while trunk.day < 60:
            trunk.step()
        arm = trunk.fork(trial(self.card))
        while not arm.is_done:
            arm.step()
        arm.finish_record()
        assert not differences(straight.world, arm.world)

    def test_without_a_crisis_it_never_starts_and_costs_nothing(self):
        arm = played(trial(self.card, crises=()))
        assert arm.levers[0].reach is None and arm.record.tables["runs"]["cost"][0] == 0
