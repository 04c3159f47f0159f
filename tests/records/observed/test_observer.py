from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulator.engine.loop import Engine
from simulator.records.files.run_files import load_runs, save_record
from simulator.records.observed.schema import OBSERVED_SCHEMAS
from simulator.rules.need_domains import BY_SITE, DOMAINS, SOURCES
from tests.phases.relabel import relabelled
from tests.properties.trial_run import HEAT, fresh, played, quick, trial, unlike
from tests.reference.compare import differences

ALL = tuple(OBSERVED_SCHEMAS)
PLAIN = trial(quick("outreach"), quick("open_project"))
OBSERVED = replace(PLAIN, observe=ALL)
KEYS = ("run",)


@pytest.fixture(scope="module")
def plain() -> Engine:
    return played(PLAIN)


@pytest.fixture(scope="module")
def observed() -> Engine:
    return played(OBSERVED)


def test_observing_changes_nothing(plain: Engine, observed: Engine) -> None:
    assert not differences(plain.world, observed.world)
    others = [name for name in plain.record.tables if name not in OBSERVED_SCHEMAS]
    assert not [name for name in unlike(plain.record, observed.record, ("run", "context"))
                if name.split(".")[0] in others]
    assert all(len(plain.record.tables[name]["run"]) == 0 for name in OBSERVED_SCHEMAS)
    assert all(len(observed.record.tables[name]["run"]) > 0 for name in OBSERVED_SCHEMAS)
    assert PLAIN.id != OBSERVED.id and trial().content().get("observe") is None


def test_pairs_add_up_to_the_needs_met(observed: Engine) -> None:
    """Since onset, every unit of need that the ledger counts as met by others is a help event in the table."""
    pairs, series = observed.record.tables["pairs"], observed.record.tables["series"]
    onset = observed.record.tables["runs"]["onset"][0]
    later = series["day"] + series["span"] > onset
    since = pairs["period"] != "calm"
    for source in SOURCES:
        met = {d: sum(series[f"{kind}met_{source}_{d}"][later].sum() for kind in ("", "crisis_", "aftermath_"))
               for d in DOMAINS}
        mine = since & (pairs["source"] == source)
        if source in ("own", "household", "insurance"):
            assert not mine.any()
        else:
            assert mine.any() == (sum(met.values()) > 0)
            amount, all_met = round(pairs["amount"][mine].sum() * 1000), sum(met.values())
            assert amount == all_met or (source == SOURCES[BY_SITE]
                                         and all_met - met["equipment"] <= amount < all_met), source


def test_residents_agree_with_groups_and_headline(observed: Engine) -> None:
    r, tables = observed.record.tables["people"], observed.record.tables
    here = r["alive_onset"] > 0
    assert here.sum() == tables["runs"]["n"][0] and (r["isolated"] * here).sum() == tables["runs"]["isolated"][0]
    assert np.isclose(r["loss"][here].sum(), tables["runs"]["loss"][0])
    assert np.isclose(r["excess_hazard"][here].sum(), tables["runs"]["deaths_expected"][0], atol=1e-5)
    g = tables["groups"]
    for job, name in enumerate(("inactive", "unemployed", "employed")):
        mine = here & (r["job"] == job) & (r["age"] >= 15)
        row = (g["dimension"] == "job") & (g["group"] == name)
        assert g["n"][row].sum() == mine.sum() and g["isolated"][row].sum() == r["isolated"][mine].sum()
    pairs = tables["pairs"]  # "given" counts help with a crisis, of which promises kept are told pair by pair
    kept = (pairs["period"] != "calm") & (pairs["domain"] == "several") & (pairs["giver"] >= 0)
    by_giver = np.zeros(int(r["uid"].max()) + 1)
    np.add.at(by_giver, pairs["giver"][kept], pairs["amount"][kept])
    assert (r["given"] > 0).sum() > 0 and by_giver.sum() > 0 and (by_giver[r["uid"]] <= r["given"] + 1e-9).all()


def test_sites_ties_and_network_say_what_the_world_holds(observed: Engine) -> None:
    tables, world = observed.record.tables, observed.world
    sites = tables["site_lives"]
    assert sites["members_end"].sum() == (world.people.member >= 0).sum()
    assert (sites["stayed"] <= np.minimum(sites["members_onset"], sites["members_end"])).all()
    ties = tables["ties"]
    there = (ties["panel"] == "start") & (ties["seen"] == ties["until"])
    assert ((ties["trust_end"] > 0) == (ties["seen"] == ties["until"])).all()
    assert 0 < there.sum() <= world.ties.degree.sum() // 2
    net = tables["network"]
    assert set(net["time_point"]) == {"start", "levers", "onset", "end"}
    giant = net["value"][(net["measure"] == "giant_component_share") & (net["time_point"] == "end")]
    assert (np.diff(giant) <= 0).all() and ((giant >= 0) & (giant <= 1)).all()


def test_a_fork_keeps_what_was_observed(observed: Engine) -> None:
    first = Engine(replace(OBSERVED, levers=()))
    while first.day < 14:
        first.step()
    other = first.fork(OBSERVED)
    for engine in (first, other):
        while not engine.is_done:
            engine.step()
        engine.finish_record()
    assert not unlike(other.record, observed.record, ())
    with pytest.raises(ValueError, match="observe"):
        Engine(OBSERVED).fork(PLAIN)


def test_the_order_of_rows_does_not_matter() -> None:
    run = trial(seed=3, crises=(HEAT,))
    run = replace(run, observe=ALL)
    moved, _, _ = relabelled(fresh(run), 5)
    assert not unlike(played(run).record, played(run, moved).record, ())


def test_observed_and_other_runs_are_read_together(plain: Engine, observed: Engine, tmp_path: Path) -> None:
    files = [save_record(one.record, tmp_path / f"{one.run.id}.parquet") for one in (plain, observed)]
    found = load_runs(files)
    assert len(found.of("people", PLAIN.id)["uid"]) == 0
    mine = found.of("pairs", OBSERVED.id)
    for name, values in observed.record.tables["pairs"].items():
        assert mine[name].tolist() == values.tolist()
