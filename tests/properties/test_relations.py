"""Relations between whole runs: levers of dose 0, later levers, harder crises, no exposure, prices, no sites."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from simulator.crises.card import Crisis, Exposure, Heat, Services
from simulator.engine.loop import Engine
from simulator.levers.card import Cost, Lever, Price
from simulator.records.schema import TABLE_SCHEMAS
from simulator.world import build
from tests.properties.trial_run import (
    CLOSURE,
    EUROS,
    HEAT,
    LEVERS_DAY,
    ONSET,
    PLACE,
    WHO,
    column,
    every_lever,
    fresh,
    played,
    trial,
    unlike,
)
from tests.reference.compare import differences, state

LEVERS = {card.id: card for card in every_lever()}
LEAST_COVERAGE = 0.014
"""Share of its target that a lever reaches in a small place: for a reserve, that of the islanders of Avignon."""
NOBODY = {"communes": [93001], "institutions": [93001], "sites": "ids", "site_ids": [999999]}
WITHOUT_DISPLACED = ("refuge_rooms",)
"""Levers that do nothing where no household has to leave its home, as in this run."""
SLOW = ("convivial_events", "know_how_exchange", "low_threshold_welcome")
"""Levers that change nothing yet among 500 residents in eight weeks; tests/levers/test_mechanisms.py tests them."""
CRISIS = ("runs.crises", "runs.context", *(f"{table}.run" for table in TABLE_SCHEMAS))


@pytest.fixture(scope="module")
def calm_arm() -> Engine:
    """The run without levers."""
    return played(trial())


@pytest.fixture(scope="module")
def busy() -> Engine:
    """The run with every lever."""
    return played(trial(*every_lever()))


def test_levers_of_dose_zero_are_no_levers(calm_arm: Engine) -> None:
    """I3."""
    idle = played(trial(*(replace(card, dose=0.0) for card in LEVERS.values())))
    assert not unlike(calm_arm.record, idle.record) and not differences(calm_arm.world, idle.world)


@pytest.mark.parametrize("name", ["coordinator", "outreach"])
def test_a_lever_of_dose_zero_beside_others_is_no_lever(name: str) -> None:
    others = [card for card in LEVERS.values() if card.id != name]
    one, other = played(trial(*others)), played(trial(*others, replace(LEVERS[name], dose=0.0)))
    assert not unlike(one.record, other.record) and not differences(one.world, other.world)


def test_levers_that_reach_nobody_change_nothing_but_money(calm_arm: Engine) -> None:
    """I3. They may still cost something: a comparison must show it."""
    idle = played(trial(*(replace(card, target=replace(card.target, **NOBODY)) for card in LEVERS.values())))
    assert all(not len(one.reach.residents) and not len(one.reach.sites) for one in idle.levers if one.reach)
    assert not unlike(calm_arm.record, idle.record, WHO + EUROS)
    assert not differences(calm_arm.world, idle.world)


@pytest.mark.parametrize("name", LEVERS)
def test_each_lever_changes_something_and_nothing_before_it_starts(name: str, calm_arm: Engine) -> None:
    """M10: what comes later cannot change the past. One adult in a thousand is nobody in a place this small."""
    target = LEVERS[name].target
    arm = played(trial(replace(LEVERS[name], target=replace(target, coverage=max(target.coverage, LEAST_COVERAGE)))))
    before, begins = column(calm_arm, "day") < LEVERS_DAY, arm.levers[0].period.start_day
    changed = set()
    for entry, values in calm_arm.record.tables["series"].items():
        theirs = column(arm, entry)
        if entry != "run":
            assert values[before].tobytes() == theirs[before].tobytes(), entry
            past = column(calm_arm, "day") < begins
            assert values[past].tobytes() == theirs[past].tobytes(), entry
            changed |= {entry} if values.tobytes() != theirs.tobytes() else set()
    assert changed or name in (*SLOW, *WITHOUT_DISPLACED)


def test_a_later_crisis_cannot_change_the_past(calm_arm: Engine) -> None:
    """M10, on one calendar: another severity is another crisis."""
    harder = played(trial(crises=(replace(HEAT, severity=1.8), CLOSURE)))
    before = column(calm_arm, "day") < ONSET
    for entry, values in calm_arm.record.tables["series"].items():
        assert entry == "run" or values[before].tobytes() == column(harder, entry)[before].tobytes(), entry
    assert column(harder, "functioning").min() < column(calm_arm, "functioning").min()


def test_the_order_of_crises_changes_nothing(calm_arm: Engine, busy: Engine) -> None:
    """M11."""
    for engine in (calm_arm, busy):
        reordered = played(trial(*engine.run.levers, crises=(CLOSURE, HEAT)))
        assert not differences(engine.world, reordered.world)
        assert reordered.run.id == engine.run.id and not unlike(engine.record, reordered.record, ())


def without_closures(crisis: Crisis, **entries: object) -> Crisis:
    """The crisis with all services at work, and without heat, which spares nobody."""
    return replace(crisis, services=Services(), heat=Heat(), **entries)


def test_no_severity_and_no_exposure_are_both_calm() -> None:
    """M6, on one calendar. Institutions' delay, damage and carry-over all depend on exposure."""
    weak = played(trial(crises=tuple(without_closures(one, severity=0.0) for one in (HEAT, CLOSURE))))
    empty = played(trial(crises=tuple(without_closures(one, exposure=Exposure()) for one in (HEAT, CLOSURE))))
    assert set(unlike(weak.record, empty.record, ())) <= set(CRISIS)
    assert not differences(weak.world, empty.world)
    for engine in (weak, empty):
        assert (column(engine, "functioning") == 1).all() and not column(engine, "loss").any()
        assert not column(engine, "deaths_expected").any() and column(engine, "alive").min() == 500


def test_needs_in_a_crisis_without_exposure_are_those_of_calm() -> None:
    """M6: as many needs a day in a crisis without exposure as in the weeks before it."""
    engine = played(trial(crises=(without_closures(HEAT, exposure=Exposure()),), recovery_days=90, horizon_days=90))
    day, span = column(engine, "day"), column(engine, "span")
    for domain in ("food", "equipment", "assistance", "know_how"):
        new = column(engine, f"new_{domain}")
        calm, days = new[day < 56].sum() / 56, new[span == 1].sum() / (span == 1).sum()
        assert 0 < days < 3 * calm


def severe(severity: float, **numbers: float) -> Engine:
    """The two crises at a severity, with nobody dying of them."""
    return played(trial(crises=tuple(replace(one, severity=severity, heat=Heat()) for one in (HEAT, CLOSURE))))


def test_more_severity_never_raises_functioning() -> None:
    """M1: with common random numbers and without mortality. Mean functioning step by step, and what is lost."""
    runs = [severe(severity) for severity in (0.0, 0.25, 0.5, 1.0, 1.5, 2.0)]
    losses = [float(engine.record.tables["runs"]["loss"][0]) for engine in runs]
    assert losses[0] == 0 and losses == sorted(losses) and losses[-1] > 2 * losses[2]
    for less, more in zip(runs, runs[1:], strict=False):
        assert (column(more, "functioning") <= column(less, "functioning")).all()


def dearer(card: Lever) -> Lever:
    """The lever at twice the price."""
    def double(price: Price) -> Price:
        return Price(2 * price.value, 2 * price.low, 2 * price.high)

    prices = {f.name: double(getattr(card.cost, f.name)) for f in fields(Cost)
              if isinstance(getattr(card.cost, f.name), Price)}
    return replace(card, cost=replace(card.cost, **prices))


def test_twice_the_price_is_twice_the_euros_and_nothing_else(busy: Engine) -> None:
    """M5, to the last bit: doubling is exact in binary."""
    dear = played(trial(*map(dearer, every_lever())))
    assert not differences(busy.world, dear.world)
    assert not unlike(busy.record, dear.record, WHO + EUROS)
    for name in EUROS:
        assert dear.record.tables["runs"][name][0] == 2 * busy.record.tables["runs"][name][0] > 0


def test_without_sites_there_is_no_help_by_sites() -> None:
    """M8: no members, no relief, no loans, no euros of sites."""
    engine = played(trial(place=replace(PLACE, generic_sites_per_neighbourhood=0.0)))
    assert engine.world.sites.rows == 0
    people = engine.world.people
    assert (people.member == -1).all() and (people.waiting == -1).all() and (people.loan == -1).all()
    series = engine.record.tables["series"]
    for name, values in series.items():
        if "site" in name or name.startswith(("euros_", "goods_kits", "hours_given_project")) or name in (
                "members", "waiting", "aware", "joined", "queued", "attendances", "pairs_met", "sites_opened",
                "sites_closed"):
            assert not values.any(), name
    assert column(engine, "functioning").min() < 0.97


def test_sites_of_no_capacity_are_no_sites(monkeypatch: pytest.MonkeyPatch) -> None:
    """M8: without stocks, places, staff and money, residents fare as if the sites were not there."""
    none = played(trial(place=replace(PLACE, generic_sites_per_neighbourhood=0.0)))
    run = trial()
    for step in ("assign_initial_members", "assign_member_histories", "add_initial_project_ties"):
        monkeypatch.setattr(build, step, lambda *_: None)  # nobody was ever a member
    world = fresh(run)
    empty = ("places", "staff", "pool", "kits", "reserve", "grants", "members", "open")
    with world.writable([f"sites.{name}" for name in empty] + ["people.member", "people.aware"]):
        for name in empty:
            getattr(world.sites, name)[:] = 0
        world.people.member[:], world.people.aware[:] = -1, 0
    closed = played(run, world)
    without, empty_sites = state(none.world), state(closed.world)
    # Candidate sites exist in one of the worlds only, and sites that open are counted there.
    compared = [name for name in without if not name.startswith(("sites.", "people.candidate", "people.host_trust",
                                                                         "ledger.counts"))]
    assert [name for name in compared if without[name].tobytes() != empty_sites[name].tobytes()] == []
    listed = {f"sites.{name}" for name in TABLE_SCHEMAS["sites"]}  # only one of them has sites to list
    counted = {"series.sites_active", "series.sites_opened", "groups.host_trust"}  # trust in hosts of candidate sites
    assert set(unlike(none.record, closed.record, ())) <= {*CRISIS, *listed, *counted}


def test_labels_of_groups_change_nothing(calm_arm: Engine) -> None:
    """M7: groups are labels; only whether two residents share one counts."""
    world = fresh(calm_arm.run)
    with world.writable(["people.group"]):
        world.people.group[:] = np.array([2, 3, 1, 0], np.uint8)[world.people.group]
    other = played(calm_arm.run, world)
    assert [line for line in differences(calm_arm.world, other.world) if not line.startswith("people.group")] == []
    assert not unlike(calm_arm.record, other.record, ())


def test_more_is_lost_when_nobody_helps() -> None:
    """A check of all the above: functioning depends on help."""
    nobody = ("ties", "far_ties", "strangers", "sites", "volunteers", "groups", "institutions")
    alone, helped = played(replace(trial(), ablate=nobody)), played(trial())
    assert np.less(column(alone, "functioning"), column(helped, "functioning") + 1e-12).all()
    assert column(alone, "loss").sum() > column(helped, "loss").sum()
