"""The algebra of handles: value = clip((set or base) x product of scale^dose + sum of add x dose)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.cards.reader import CardError
from simulator.levers.active_lever import ActiveLever, check_portfolio
from simulator.levers.card import LeverTarget, Window
from simulator.levers.card_checks import are_handles_equal
from simulator.levers.handles import HANDLES
from simulator.levers.modifiers import ModifierValues
from tests.levers.example import acting, lever
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world

WORLD = small_world()
MODIFIERS = [("site.staff", "add"), ("site.staff", "scale"), ("site.homophily", "scale"), ("resident.barrier", "add"),
             ("resident.check_rate", "add"), ("institution.register", "add"), ("institution.register", "scale"),
             ("territory.visits", "scale")]


def test_unmodified_handles_have_their_base_value():
    modified, plain = ModifierValues(WORLD), PlainHandles(WORLD)
    for name, handle in HANDLES.items():
        rest = name.partition(".")[2]
        got, expected = getattr(modified, handle.owner)(rest), getattr(plain, handle.owner)(rest)
        assert np.array_equal(got, expected), name
        assert np.asarray(got).dtype == np.asarray(expected).dtype, name


def test_closed_form():
    one = acting(WORLD, ("site.hours", "scale", 1.5), ("site.hours", "add", 4.0), id="a", dose=2.0,
                 window=Window(ramp_days=100))
    two = acting(WORLD, ("site.hours", "set", 20.0), id="b")
    got = ModifierValues(WORLD, [two, one], day=50).site("hours")
    assert got == pytest.approx([20 * 1.5**1.0 + 4.0] * 2, abs=1e-12)


def test_values_are_clipped_to_the_range_of_the_handle():
    assert ModifierValues(WORLD, [acting(WORLD, ("site.grant_renewal", "add",
                                                 5.0))]).site("grant_renewal").tolist() == [1.0, 1.0]
    assert ModifierValues(WORLD, [acting(WORLD,
                                         ("resident.check_rate", "add", 9.0))]).resident("check_rate").max() == 1.0


def test_only_the_targeted_rows_change():
    active = acting(WORLD, ("resident.barrier", "add", -0.5), target=LeverTarget(gender="women"))
    barrier = ModifierValues(WORLD, [active]).resident("barrier")
    assert barrier.dtype == np.float32 and np.array_equal(barrier != 0, WORLD.people.sex == 1)


def test_an_unmodified_handle_of_residents_is_one_number():
    modified = ModifierValues(WORLD, [acting(WORLD, ("site.staff", "add", 1.0))])
    assert modified.resident("barrier").shape == (1,) and modified.site("staff")[0] == 2.5


def test_services_scale_the_territory():
    services = {"territory.visits": 0.35, "territory.phone": 1.0}
    modified = ModifierValues(WORLD, [acting(WORLD, ("territory.visits", "scale", 0.5))], services)
    assert modified.territory("visits") == pytest.approx(0.175, abs=1e-15) and modified.territory("phone") == 1.0
    assert modified.list_modified_handles() == ("territory.visits",)


def test_values_are_cached_for_the_step_and_read_only():
    modified = ModifierValues(WORLD, [acting(WORLD, ("site.staff", "add", 1.0))])
    assert modified.site("staff") is modified.site("staff")
    with pytest.raises(ValueError, match="read-only"):
        modified.site("staff")[0] = 3


def test_set_has_no_effect_before_it_begins_or_after_it_ends():
    active = acting(WORLD, ("site.grant_renewal", "set", 1.0), window=Window(days=10, lead_time_days=5))
    usual = ModifierValues(WORLD, []).site("grant_renewal")[0]
    values = [ModifierValues(WORLD, [active], day=day).site("grant_renewal")[0] for day in (4, 5, 14, 15)]
    assert usual < 1 and values == [usual, 1, 1, usual]


@pytest.mark.parametrize("handed_over", [False, True])
def test_a_lever_that_ends_disappoints_those_it_reached_once(handed_over):
    active = acting(WORLD, ("site.staff", "add", 1.0), ("resident.barrier", "add", -0.1), handed_over=handed_over,
                    window=Window(days=21), target=LeverTarget(age_low=65))
    down = [ModifierValues(WORLD, [active], day=day).site("disappointed").sum() for day in range(0, 42, 7)]
    assert down == ([0] * 6 if handed_over else [0, 0, 0, 2, 0, 0])
    if not handed_over:
        assert np.array_equal(ModifierValues(WORLD, [active], day=21).resident("disappointed") > 0,
                              WORLD.people.age >= 65)


def test_an_unresolved_lever_does_not_act():
    assert ModifierValues(WORLD, [ActiveLever(lever(("site.staff", "add", 1.0)), 0)]).list_modified_handles() == ()


def test_a_name_that_is_not_in_the_catalogue():
    with pytest.raises(KeyError):
        ModifierValues(WORLD).site("colour")


def test_two_sets_at_once_are_refused():
    one, two = (ActiveLever(lever(("site.grant_renewal", "set", 1.0), id=name), 0) for name in "ab")
    with pytest.raises(CardError, match="levers a and b both set site.grant_renewal at the same time"):
        check_portfolio([one, two])
    later = ActiveLever(lever(("site.grant_renewal", "set", 1.0), id="b"), 100)
    check_portfolio([ActiveLever(lever(("site.grant_renewal", "set", 1.0), id="a", window=Window(days=100)), 0), later])


@given(st.lists(st.tuples(st.sampled_from(MODIFIERS), st.floats(0.2, 1.8), st.floats(0, 2), st.integers(0, 40)),
                min_size=1, max_size=6), st.integers(0, 60), st.randoms())
def test_order_never_matters(parts, day, random):
    levers = [acting(WORLD, (*modifier, value), id=f"lever_{place}", dose=dose, window=Window(ramp_days=ramp))
              for place, (modifier, value, dose, ramp) in enumerate(parts)]
    mixed = levers[:]
    random.shuffle(mixed)
    assert are_handles_equal(ModifierValues(WORLD, levers, day=day), ModifierValues(WORLD, mixed, day=day))


@given(st.sampled_from(MODIFIERS), st.floats(0.2, 1.8), st.integers(0, 60))
def test_dose_zero_or_nobody_reached_gives_base_values_bit_for_bit(modifier, value, day):
    idle = acting(WORLD, (*modifier, value), dose=0.0)
    assert are_handles_equal(ModifierValues(WORLD, [idle], day=day), ModifierValues(WORLD)) and ModifierValues(
        WORLD, [idle], day=day).list_modified_handles() == ()
    nobody = LeverTarget(age_low=120, sites="none", institutions=[99999])
    if not modifier[0].startswith("territory"):
        assert are_handles_equal(ModifierValues(WORLD, [acting(WORLD, (*modifier, value), target=nobody)], day=day),
                                 ModifierValues(WORLD))


@given(st.sampled_from(MODIFIERS), st.floats(-100, 100).filter(lambda value: value > 0.01), st.floats(0, 50))
def test_values_stay_in_range(modifier, value, dose):
    name, op = modifier
    handle = HANDLES[name]
    got = getattr(ModifierValues(WORLD, [acting(WORLD, (name, op, value), dose=dose)]),
                  handle.owner)(name.partition(".")[2])
    assert np.min(got) >= handle.low and np.max(got) <= handle.high
