"""The algebra of handles: value = clip((set or base) x product of scale^level + sum of add x level)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.cards.reader import CardError
from simulator.levers.active import ActiveLever, check_portfolio
from simulator.levers.card import Target, Window
from simulator.levers.catalogue import HANDLES
from simulator.levers.check import same
from simulator.levers.modifiers import Turned
from tests.levers.example import acting, lever
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world

WORLD = small_world()
TURNS = [("site.staff", "add"), ("site.staff", "scale"), ("site.mixing", "scale"), ("resident.barrier", "add"),
         ("resident.check_rate", "add"), ("institution.register", "add"), ("institution.register", "scale"),
         ("territory.meet", "scale")]


def test_untouched_handles_have_their_base_value():
    turned, plain = Turned(WORLD), PlainHandles(WORLD)
    for name, handle in HANDLES.items():
        rest = name.partition(".")[2]
        got, expected = getattr(turned, handle.owner)(rest), getattr(plain, handle.owner)(rest)
        assert np.array_equal(got, expected), name
        assert np.asarray(got).dtype == np.asarray(expected).dtype, name


def test_closed_form():
    one = acting(WORLD, ("site.hours", "scale", 1.5), ("site.hours", "add", 4.0), id="a", dose=2.0,
                 window=Window(ramp_days=100))
    two = acting(WORLD, ("site.hours", "set", 20.0), id="b")
    got = Turned(WORLD, [two, one], day=50).site("hours")
    assert got == pytest.approx([20 * 1.5**1.0 + 4.0] * 2, abs=1e-12)


def test_values_are_clipped_to_the_range_of_the_handle():
    assert Turned(WORLD, [acting(WORLD, ("site.renewal", "add", 5.0))]).site("renewal").tolist() == [1.0, 1.0]
    assert Turned(WORLD, [acting(WORLD, ("resident.check_rate", "add", 9.0))]).resident("check_rate").max() == 1.0


def test_only_the_targeted_rows_change():
    active = acting(WORLD, ("resident.barrier", "add", -0.5), target=Target(gender="women"))
    barrier = Turned(WORLD, [active]).resident("barrier")
    assert barrier.dtype == np.float32 and np.array_equal(barrier != 0, WORLD.people.sex == 1)


def test_a_handle_no_lever_touches_stays_one_number():
    turned = Turned(WORLD, [acting(WORLD, ("site.staff", "add", 1.0))])
    assert turned.resident("barrier").shape == (1,) and turned.site("staff")[0] == 2.5


def test_services_scale_the_territory():
    services = {"territory.meet": 0.35, "territory.phone": 1.0}
    turned = Turned(WORLD, [acting(WORLD, ("territory.meet", "scale", 0.5))], services)
    assert turned.territory("meet") == pytest.approx(0.175, abs=1e-15) and turned.territory("phone") == 1.0
    assert turned.touched() == ("territory.meet",)


def test_values_are_kept_for_the_step_and_read_only():
    turned = Turned(WORLD, [acting(WORLD, ("site.staff", "add", 1.0))])
    assert turned.site("staff") is turned.site("staff")
    with pytest.raises(ValueError, match="read-only"):
        turned.site("staff")[0] = 3


def test_set_does_nothing_before_it_begins_or_when_it_is_over():
    active = acting(WORLD, ("site.renewal", "set", 1.0), window=Window(days=10, lead_time_days=5))
    assert [Turned(WORLD, [active], day=day).site("renewal")[0] for day in (4, 5, 14, 15)] == [0.9, 1, 1, 0.9]


@pytest.mark.parametrize("handed_over", [False, True])
def test_a_lever_that_ends_lets_down_those_it_reached_once(handed_over):
    active = acting(WORLD, ("site.staff", "add", 1.0), ("resident.barrier", "add", -0.1), handed_over=handed_over,
                    window=Window(days=21), target=Target(age_low=65))
    down = [Turned(WORLD, [active], day=day).site("let_down").sum() for day in range(0, 42, 7)]
    assert down == ([0] * 6 if handed_over else [0, 0, 0, 2, 0, 0])
    if not handed_over:
        assert np.array_equal(Turned(WORLD, [active], day=21).resident("let_down") > 0, WORLD.people.age >= 65)


def test_an_unresolved_lever_does_not_act():
    assert Turned(WORLD, [ActiveLever(lever(("site.staff", "add", 1.0)), 0)]).touched() == ()


def test_a_name_that_is_not_in_the_catalogue():
    with pytest.raises(KeyError):
        Turned(WORLD).site("colour")


def test_two_sets_at_once_are_refused():
    one, two = (ActiveLever(lever(("site.renewal", "set", 1.0), id=name), 0) for name in "ab")
    with pytest.raises(CardError, match="levers a and b both set site.renewal at the same time"):
        check_portfolio([one, two])
    later = ActiveLever(lever(("site.renewal", "set", 1.0), id="b"), 100)
    check_portfolio([ActiveLever(lever(("site.renewal", "set", 1.0), id="a", window=Window(days=100)), 0), later])


@given(st.lists(st.tuples(st.sampled_from(TURNS), st.floats(0.2, 1.8), st.floats(0, 2), st.integers(0, 40)),
                min_size=1, max_size=6), st.integers(0, 60), st.randoms())
def test_order_never_matters(parts, day, random):
    levers = [acting(WORLD, (*turn, value), id=f"lever_{place}", dose=dose, window=Window(ramp_days=ramp))
              for place, (turn, value, dose, ramp) in enumerate(parts)]
    mixed = levers[:]
    random.shuffle(mixed)
    assert same(Turned(WORLD, levers, day=day), Turned(WORLD, mixed, day=day))


@given(st.sampled_from(TURNS), st.floats(0.2, 1.8), st.integers(0, 60))
def test_dose_zero_and_reaching_nobody_are_the_base_bit_for_bit(turn, value, day):
    idle = acting(WORLD, (*turn, value), dose=0.0)
    assert same(Turned(WORLD, [idle], day=day), Turned(WORLD)) and Turned(WORLD, [idle], day=day).touched() == ()
    nobody = Target(age_low=120, sites="none", institutions=[99999])
    if not turn[0].startswith("territory"):
        assert same(Turned(WORLD, [acting(WORLD, (*turn, value), target=nobody)], day=day), Turned(WORLD))


@given(st.sampled_from(TURNS), st.floats(-100, 100).filter(lambda value: value > 0.01), st.floats(0, 50))
def test_values_stay_in_range(turn, value, dose):
    name, op = turn
    handle = HANDLES[name]
    got = getattr(Turned(WORLD, [acting(WORLD, (name, op, value), dose=dose)]), handle.owner)(name.partition(".")[2])
    assert np.min(got) >= handle.low and np.max(got) <= handle.high
