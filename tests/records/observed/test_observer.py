from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulator.engine.loop import Engine
from simulator.records.folder import open_runs, save
from simulator.records.observed.schema import OBSERVED
from simulator.rules.domain import DOMAINS, SITE, SOURCES
from tests.laws.trial import HEAT, fresh, played, quick, trial, unlike
from tests.phases.relabel import relabelled
from tests.twin.compare import differences

ALL = tuple(OBSERVED)
PLAIN = trial(quick("outreach"), quick("open_project"))
WATCHED = replace(PLAIN, observe=ALL)
KEYS = ("run",)


@pytest.fixture(scope="module")
def plain() -> Engine:
    return played(PLAIN)


@pytest.fixture(scope="module")
def watched() -> Engine:
    return played(WATCHED)


def test_watching_changes_nothing(plain: Engine, watched: Engine) -> None:
    assert not differences(plain.world, watched.world)
    others = [name for name in plain.record.tables if name not in OBSERVED]
    assert not [name for name in unlike(plain.record, watched.record, ("run", "context"))
                if name.split(".")[0] in others]
    assert all(len(plain.record.tables[name]["run"]) == 0 for name in OBSERVED)
    assert all(len(watched.record.tables[name]["run"]) > 0 for name in OBSERVED)
    assert PLAIN.id != WATCHED.id and trial().content().get("observe") is None


def test_the_pairs_add_up_to_the_needs_met(watched: Engine) -> None:
    """Since onset, every unit that the books say a person, a site or an institution met is an act in the table."""
    pairs, series = watched.record.tables["pairs"], watched.record.tables["series"]
    onset = watched.record.tables["runs"]["onset"][0]
    later = series["day"] + series["span"] > onset
    since = pairs["period"] != "calm"
    for source in SOURCES:
        met = {d: series[f"met_{source}_{d}"][later].sum() for d in DOMAINS}
        mine = since & (pairs["source"] == source)
        if source in ("own", "household"):
            assert not mine.any()
        elif source in (SOURCES[SITE], "institution", "stranger"):
            assert mine.any() == (sum(met.values()) > 0)
            amount, all_met = round(pairs["amount"][mine].sum() * 1000), sum(met.values())
            assert amount == all_met or (source == SOURCES[SITE] and all_met - met["kit"] <= amount < all_met), source
        else:
            for domain in DOMAINS:
                amount = pairs["amount"][mine & (pairs["domain"] == domain)].sum()
                assert round(amount * 1000) == met[domain], (source, domain)


def test_residents_agree_with_groups_and_headline(watched: Engine) -> None:
    r, tables = watched.record.tables["people"], watched.record.tables
    here = r["alive_onset"] > 0
    assert here.sum() == tables["runs"]["n"][0] and (r["isolated"] * here).sum() == tables["runs"]["isolated"][0]
    assert np.isclose(r["loss"][here].sum(), tables["runs"]["loss"][0])
    assert np.isclose(r["excess_hazard"][here].sum(), tables["runs"]["deaths_expected"][0], atol=1e-5)
    g = tables["groups"]
    for job, name in enumerate(("inactive", "unemployed", "employed")):
        mine = here & (r["job"] == job) & (r["age"] >= 15)
        row = (g["dimension"] == "job") & (g["group"] == name)
        assert g["n"][row].sum() == mine.sum() and g["isolated"][row].sum() == r["isolated"][mine].sum()
    assert (r["given"] > 0).sum() > 0 and ((r["gave"] > 0) <= (r["given"] > 0)).all()


def test_sites_ties_and_network_say_what_the_world_holds(watched: Engine) -> None:
    tables, world = watched.record.tables, watched.world
    lives = tables["site_lives"]
    assert lives["members_end"].sum() == (world.people.member >= 0).sum()
    assert (lives["stayed"] <= np.minimum(lives["members_onset"], lives["members_end"])).all()
    ties = tables["ties"]
    there = (ties["panel"] == "start") & (ties["seen"] == ties["until"])
    assert ((ties["trust_end"] > 0) == (ties["seen"] == ties["until"])).all()
    assert 0 < there.sum() <= world.ties.degree.sum() // 2
    net = tables["network"]
    assert set(net["moment"]) == {"start", "levers", "onset", "end"}
    giant = net["value"][(net["measure"] == "giant") & (net["moment"] == "end")]
    assert (np.diff(giant) <= 0).all() and ((giant >= 0) & (giant <= 1)).all()


def test_a_fork_remembers_what_was_watched(watched: Engine) -> None:
    first = Engine(replace(WATCHED, levers=()))
    while first.day < 14:
        first.step()
    other = first.fork(WATCHED)
    for engine in (first, other):
        while not engine.done:
            engine.step()
        engine.finish()
    assert not unlike(other.record, watched.record, ())
    with pytest.raises(ValueError, match="observe"):
        Engine(WATCHED).fork(PLAIN)


def test_rows_do_not_matter() -> None:
    run = trial(seed=3, crises=(HEAT,))
    run = replace(run, observe=ALL)
    moved, _, _ = relabelled(fresh(run), 5)
    assert not unlike(played(run).record, played(run, moved).record, ())


def test_watched_and_other_runs_are_read_together(plain: Engine, watched: Engine, tmp_path: Path) -> None:
    files = [save(one.record, tmp_path / f"{one.run.id}.parquet") for one in (plain, watched)]
    found = open_runs(files)
    assert len(found.of("people", PLAIN.id)["uid"]) == 0
    mine = found.of("pairs", WATCHED.id)
    for name, values in watched.record.tables["pairs"].items():
        assert mine[name].tolist() == values.tolist()
