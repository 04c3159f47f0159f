"""I6: an arm that shares its burn-in with others equals the run played alone, bit for bit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.engine.fork import play_arms, play_burn_in
from simulator.engine.loop import Engine
from simulator.records.files.run_files import save_record
from simulator.records.record import Record
from simulator.scenario.run import Run
from tests.levers.example import lever
from tests.properties.trial_run import CLOSURE, HEAT, every_lever, played, quick, trial, unlike
from tests.reference.compare import differences

ARMS = {"nothing": (), "all": every_lever(),
        "sites": (replace(quick("open_project", lead=14), dose=3.0),),
        "midweek": (quick("coordinator", lead=0, ramp=0, start="2025-01-02", days=20),),
        "after onset": (quick("phone_tree_and_register", lead=0, start="2025-02-07"),)}
RUNS = [trial(*levers) for levers in ARMS.values()]


@pytest.fixture(scope="module")
def straight() -> dict[str, Engine]:
    """Every arm played alone from the first day."""
    return {run.id: played(run) for run in RUNS}


def together(runs: list[Run]) -> dict[str, Record]:
    """The runs played from a shared burn-in."""
    records: dict[str, Record] = {}

    def keep(run: Run, record: Record) -> None:
        records[run.id] = record

    play_arms(runs, on_record=keep)
    return records


@pytest.fixture(scope="module")
def forked() -> dict[str, Record]:
    """Every arm played from a shared burn-in."""
    return together(RUNS)


@pytest.mark.parametrize("place", range(len(RUNS)), ids=list(ARMS))
def test_forked_records_equal_those_played_alone_byte_for_byte(place: int, straight, forked, tmp_path) -> None:
    run = RUNS[place]
    assert not unlike(straight[run.id].record, forked[run.id], ())
    one = save_record(straight[run.id].record, tmp_path / "one.parquet")
    assert one.read_bytes() == save_record(forked[run.id], tmp_path / "other.parquet").read_bytes()


@pytest.mark.parametrize("place", range(len(RUNS)), ids=list(ARMS))
def test_forked_worlds_equal_those_played_alone(place: int, straight) -> None:
    """One after the other from one trunk, so that an arm that changed the shared state would alter the next."""
    trunk = play_burn_in(RUNS)
    assert trunk.day == 21
    for run in (RUNS[place - 1], RUNS[place]):
        arm = trunk.fork(run)
        while not arm.is_done:
            arm.step()
        assert not differences(arm.world, straight[run.id].world)


@pytest.mark.parametrize("day", [56, 57, 58, 59, 62, 77])
def test_a_fork_around_the_onset_is_the_run_played_straight(day: int, straight) -> None:
    """Before, on and after the first days of the two crises, promises, aftermath and groups included."""
    run = RUNS[1]
    trunk = Engine(run)
    while trunk.day < day:
        trunk.step()
    arm = trunk.fork(run)
    while not arm.is_done:
        arm.step()
    arm.finish_record()
    assert not unlike(straight[run.id].record, arm.record, ()) and not differences(arm.world, straight[run.id].world)


def test_a_fork_in_mid_crisis_keeps_whom_levers_reach(straight) -> None:
    run = RUNS[1]
    trunk = Engine(run)
    while trunk.day < 60:
        trunk.step()
    with pytest.raises(ValueError, match="has begun"):
        trunk.fork(RUNS[0])
    with pytest.raises(ValueError, match="has begun"):
        trunk.fork(RUNS[2])
    arm = trunk.fork(run)
    while not arm.is_done:
        arm.step()
    arm.finish_record()
    assert not differences(arm.world, straight[run.id].world) and not unlike(arm.record, straight[run.id].record, ())


def test_other_runs_in_the_batch_do_not_matter(forked) -> None:
    for run in RUNS[1:3]:
        assert not unlike(together([run])[run.id], forked[run.id], ())


EARLY = replace(HEAT, start="2025-01-22", days=4)


@pytest.mark.parametrize("levers", [(), (quick("outreach"),)], ids=["baseline", "outreach"])
def test_runs_with_different_crises_share_their_past_too(levers) -> None:
    """None, one, both, a stronger one, an earlier one (first, or last): each equals the run played alone."""
    hard = replace(HEAT, severity=2.0)
    crises = [(HEAT, CLOSURE), (), (HEAT,), (replace(HEAT, severity=0.0),), (hard, CLOSURE)]
    crises.insert(0 if levers else len(crises), (EARLY,))
    runs = [trial(*chosen, crises=one) for chosen in [(), levers][not levers:] for one in crises]
    forked = together(runs)
    assert len(forked) == len(runs)
    for run in runs[-len(crises):]:
        assert not unlike(played(run).record, forked[run.id], ())


def test_a_crisis_that_has_begun_is_not_shared() -> None:
    trunk = Engine(trial(crises=(HEAT,)))
    while trunk.day < 56:
        trunk.step()
    trunk.fork(trial(crises=(CLOSURE,)))
    trunk.step()
    with pytest.raises(ValueError, match="have not begun"):
        trunk.fork(trial(crises=(CLOSURE,)))
    trunk.fork(trial(crises=(HEAT,)))


@pytest.mark.parametrize("other", [trial(seed=2), trial(horizon_days=42), replace(trial(), model=None)],
                         ids=["seed", "dates", "model"])
def test_runs_that_differ_in_more_cannot_fork(other: Run) -> None:
    engine = Engine(trial())
    with pytest.raises(ValueError, match="must be the same"):
        engine.fork(other)
    with pytest.raises(ValueError, match="must be the same"):
        play_arms([trial(lever()), replace(other, levers=(lever(),))], on_record=lambda *_: None)


def test_progress_counts_shared_steps_once() -> None:
    calls: list[tuple[int, int]] = []
    play_arms(RUNS[:2], on_record=lambda *_: None, progress=lambda done, total: calls.append((done, total)))
    steps = len(Engine(RUNS[0]).steps)
    assert calls == [(k, 3 + 2 * (steps - 3)) for k in range(4, 3 + 2 * (steps - 3) + 1)]
