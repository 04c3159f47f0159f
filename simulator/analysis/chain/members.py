"""Twin worlds: members of sites against the same persons in a world without any site, never against non-members."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...i18n.translation import list_languages, mark, translate
from ...records.files.run_files import RunTables
from ..effects.arms import Arm
from .links import LINKS, GroupSums, measure_link
from .residents import ResidentPair, pair_residents, sum_residents
from .table import EVERYBODY, ChainCell, compare_link
from .treated import TreatedEffect, list_member_sets, measure_sets

MEMBERS = "participants"
"""Members at onset in the world with sites."""


def pair_twin_worlds(opened: RunTables) -> dict[int, ResidentPair]:
    """Seed to the residents without sites and with them. Both runs of a seed are in `opened`, without levers.

    ValueError for runs of one seed that hold different residents.
    """
    runs = opened.tables["runs"]
    found: dict[tuple[int, bool], str] = {}
    for run, seed in zip(map(str, runs["run"]), map(int, runs["seed"])):
        found[seed, has_sites(opened, run)] = run
    horizons = dict(zip(map(str, runs["run"]), map(float, runs["horizon"])))
    pairs = {seed: pair_residents(opened, found[seed, False], found[seed, True], 0.0, horizons[found[seed, True]])
             for seed, with_sites in sorted(found) if with_sites and (seed, False) in found}
    return {seed: pair for seed, pair in pairs.items() if pair is not None}


def has_sites(opened: RunTables, run: str) -> bool:
    """True if the run's world may have sites."""
    scenario = opened.content[run]["scenario"]
    return bool(scenario["sites"]) or float(scenario["territory"]["generic_sites_per_neighbourhood"]) > 0


def make_sites_arm() -> Arm:
    """The arm that stands for having sites."""
    text = mark("Project sites, against the same people in a world without any")
    return Arm("sites", ("sites",), {lang: translate(text, lang) for lang in list_languages()})


def build_member_chain(pairs: Sequence[ResidentPair]) -> list[ChainCell]:
    """What sites change for their members at onset, and for everybody: every link that residents tell."""
    arm, cells = make_sites_arm(), []
    for group in (MEMBERS, EVERYBODY):
        sums = [_sum_pair(pair, group) for pair in pairs]
        for link in LINKS:
            values = np.array([[measure_link(link, each) for each in pair] for pair in sums]).reshape(-1, 2)
            n, *numbers = compare_link(values[:, 0], values[:, 1])
            if link != "reached" and not np.isnan(numbers[0]):  # no lever reaches anybody here
                cells.append(ChainCell(arm, group, link, n, *numbers))
    return cells


def _sum_pair(pair: ResidentPair, group: str) -> tuple[GroupSums, GroupSums]:
    """Sums of a group in the world without sites and in that with them."""
    everybody = np.ones(len(pair.hit), bool)
    who = list_member_sets(pair)["members"] if group == MEMBERS else everybody
    return (sum_residents(pair.without, who, pair.hit, ~everybody, pair.horizon),
            sum_residents(pair.with_, who, pair.hit, ~everybody, pair.horizon))


def measure_members(pairs: Sequence[ResidentPair]) -> list[TreatedEffect]:
    """What sites do in the crisis to members, to those whom members helped, to the other hit and to all hit."""
    return measure_sets(make_sites_arm(), [[pair] for pair in pairs], list_member_sets)
