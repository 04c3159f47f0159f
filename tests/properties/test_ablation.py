"""Channels that are switched off: nothing moves through them, and no word of it is no cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from simulator.engine.loop import Engine
from simulator.rules.channels import CHANNELS
from simulator.rules.need_domains import DOMAINS
from simulator.world.world import World
from tests.properties.trial_run import column, every_lever, fresh, played, trial, unlike
from tests.reference.compare import differences

TIES = ("kin", "friend", "neighbour", "other", "project")
MET_BY = {"ties": TIES, "far_ties": ("far",), "strangers": ("stranger",), "sites": ("site",), "groups": ("group",),
          "institutions": ("institution",), "volunteers": ("reserve",)}
"""Channel -> sources that meet nothing when it is cut."""


@lru_cache
def with_levers() -> Engine:
    """The run with levers that use every channel, nothing cut."""
    return played(trial(*levers()))


def levers() -> tuple:
    """Levers that train, equip, recruit reservists and change trust."""
    cards = {lever.id: lever for lever in every_lever()}
    reserve = cards["volunteer_reserve"]  # one adult in a thousand would be nobody here
    return (replace(reserve, target=replace(reserve.target, coverage=0.05)),
            *(cards[name] for name in ("preparedness_training", "outreach", "fans", "coordinator")))


@lru_cache
def cut(channel: str, start: str = "start") -> Engine:
    """The same run with a channel cut."""
    return played(replace(trial(*levers()), ablate=(channel,), ablate_from=start))


def sum_met(engine: Engine, sources: tuple[str, ...]) -> int:
    """What these sources met, of everyday needs, needs of crises and aftermath."""
    return sum(int(column(engine, f"{kind}met_{source}_{domain}").sum())
               for kind in ("", "crisis_", "aftermath_") for source in sources for domain in DOMAINS)


def test_no_channel_is_no_word_of_it() -> None:
    run = trial()
    empty = replace(run, ablate=(), ablate_from="onset")
    assert empty.id == run.id and replace(run, ablate=("ties",)).id != run.id
    assert not unlike(played(run).record, played(empty).record, ())


@pytest.mark.parametrize("channel", MET_BY)
def test_nothing_is_met_through_a_channel_that_is_cut(channel: str) -> None:
    assert sum_met(with_levers(), MET_BY[channel]) > 0
    assert sum_met(cut(channel), MET_BY[channel]) == 0


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_counts_for_something_else(channel: str) -> None:
    changed = {name.partition(".")[2] for name in unlike(with_levers().record, cut(channel).record)
               if name.startswith("series.")}
    own = {f"{kind}met_{source}_{domain}" for kind in ("", "crisis_", "aftermath_")
           for source in MET_BY.get(channel, ()) for domain in DOMAINS}
    assert changed - own


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_channel_cut_from_the_onset_changes_nothing_before(channel: str) -> None:
    later, usual = cut(channel, "onset"), with_levers()
    before = column(usual, "day") < usual.onset
    for name, values in usual.record.tables["series"].items():
        assert name == "run" or values[before].tobytes() == column(later, name)[before].tobytes(), name


def test_the_household_serves_no_need_of_a_crisis_when_cut() -> None:
    for kind in ("crisis_", "aftermath_"):
        assert sum(int(column(with_levers(), f"{kind}met_household_{domain}").sum()) for domain in DOMAINS) > 0
        assert not any(column(cut("household"), f"{kind}met_household_{domain}").any() for domain in DOMAINS)


@pytest.mark.parametrize(("channel", "name"), [("learning", "skill"), ("power_to_act", "agency"),
                                               ("institution_trust", "trust_institutions")])
def test_what_a_channel_moves_is_the_same_at_the_end_to_the_last_bit(channel: str, name: str) -> None:
    start = getattr(fresh(trial(*levers())).people, name)
    assert (getattr(cut(channel).world.people, name) == start).all()
    assert (getattr(with_levers().world.people, name) != start).any()


def list_trust(world: World) -> dict[tuple[int, int], float]:
    """(row, alter) -> trust, of every tie."""
    degree, alter, trust = world.ties.degree, np.asarray(world.ties.alter), np.asarray(world.ties.trust)
    return {(i, int(alter[i, k])): float(trust[i, k]) for i in range(len(degree)) for k in range(degree[i])}


def test_trust_in_ties_is_what_it_was_when_they_began() -> None:
    run = replace(trial(*levers()), ablate=("trust",))
    engine = Engine(run, world=fresh(run))
    before = list_trust(engine.world)
    while not engine.is_done:
        engine.step()
        after = list_trust(engine.world)
        assert all(after[tie] == trust for tie, trust in before.items() if tie in after), engine.day
        before = after


def test_no_bridging_tie_begins_when_bridging_is_cut() -> None:
    def bridging(world: World) -> set[tuple[int, int]]:
        return {tie for tie in list_trust(world) if world.people.group[tie[0]] != world.people.group[tie[1]]}

    start = bridging(fresh(trial(*levers())))
    assert bridging(with_levers().world) - start and not bridging(cut("bridging").world) - start


@pytest.mark.parametrize("check", [lambda world: world.neighbourhoods.group_casual.any()])
def test_no_group_is_born_when_groups_are_cut(check: Callable[[World], bool]) -> None:
    assert check(with_levers().world) and not check(cut("groups").world)


def test_channels_cut_together_are_cut_each() -> None:
    names = tuple(CHANNELS)
    both = played(replace(trial(), ablate=names))
    for channel, sources in MET_BY.items():
        assert sum_met(both, sources) == 0, channel
    again = played(replace(trial(), ablate=names[::-1]))
    assert not differences(both.world, again.world) and not unlike(both.record, again.record, ())
