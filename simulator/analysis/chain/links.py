"""The links of the chain, in order: whom a lever reaches, what that builds before the crisis, and what comes of it.

Most links are read from sums over a group of residents (columns of the groups table), so that they can be told for any
group; a few are known of the whole territory only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf, nan

import numpy as np

from ...rules.need_domains import DOMAINS, MILLI
from ..effects.need_shares import compute_need_shares_by_source
from ..run_view import RunView

STAGES = ("reach", "join", "ties", "trust", "capacity", "help", "needs", "recovery")
NEAR_SOURCES = ("kin", "friend", "neighbour", "other", "project", "far", "stranger")
"""Persons outside the household who meet needs."""
OUTSIDE_SOURCES = (*NEAR_SOURCES, "site", "reserve", "group")
"""Who shares know-how: persons, sites, reserves, groups; institutions serve it as a duty."""
MET_BY = {"need_home": ("own", "household", "insurance"), "need_ties": NEAR_SOURCES,
          "need_groups": ("group", "reserve"),
          "need_sites": ("site",), "need_institutions": ("institution",), "need_unmet": ("faded",)}
"""Link to the sources whose shares it adds up."""
GroupSums = Mapping[str, float]
"""Column of the groups table (or of `sum_residents`) to its value for one group."""


@dataclass(frozen=True)
class ChainLink:
    """One link. stage: of STAGES. direction: 1 if more is better, -1 if less is, 0 if neither.

    of_group: its value from the sums of a group, None where it is known of everybody only. of_run: that of a run,
    where that is more exact for everybody.
    """

    stage: str
    unit: str
    direction: int
    of_group: Callable[[GroupSums], float] | None = None
    of_run: Callable[[RunView], float] | None = None


def _total(column: str) -> Callable[[GroupSums], float]:
    return lambda sums: float(sums.get(column, np.nan))


def _per(column: str, heads: str) -> Callable[[GroupSums], float]:
    def measure(sums: GroupSums) -> float:
        count = float(sums.get(heads, 0))
        return float(sums.get(column, np.nan)) / count if count > 0 else float("nan")

    return measure


def _column(name: str) -> Callable[[RunView], float]:
    return lambda view: float(view.run[name]) if int(view.run["onset"]) >= 0 else float("nan")


def _sum_since_onset(view: RunView, names: tuple[str, ...]) -> float:
    """Sum of these columns of the series from the onset on, in units; NaN without a crisis."""
    onset = int(view.run["onset"])
    rows = view.series["day"] + view.series["span"] > onset
    return sum(float(view.series[name][rows].sum()) for name in names) / MILLI if onset >= 0 else float("nan")


def _measure_know_how_shared(view: RunView) -> float:
    names = [f"{kind}met_{source}_know_how" for kind in ("", "crisis_") for source in OUTSIDE_SOURCES]
    return sum(float(view.series[name].sum()) for name in names) / MILLI / float(view.run["residents"])


def _measure_goods_given(view: RunView) -> float:
    return _sum_since_onset(view, ("goods_shared", "goods_distributed")) / float(view.run["n"])


def _measure_hours_given(view: RunView) -> float:
    names = tuple(name for name in view.series if name.startswith("hours_given_"))
    return _sum_since_onset(view, names) / float(view.run["n"])


def _share_met(sources: tuple[str, ...]) -> Callable[[RunView], float]:
    """Mean over the domains that had a need of the crisis: share of it met by these sources."""

    def measure(view: RunView) -> float:
        if int(view.run["onset"]) < 0:
            return float("nan")
        shares = compute_need_shares_by_source(view)
        by_domain = np.sum([shares[source] for source in sources], axis=0)
        assert len(by_domain) == len(DOMAINS)
        return float(100 * np.nanmean(by_domain)) if np.isfinite(by_domain).any() else float("nan")

    return measure


def _day_back(level: int) -> ChainLink:
    """Days until so many per cent of all hit are back; infinite where they are not by the horizon."""

    def of_run(view: RunView) -> float:
        days = _column(f"back_{level}")(view)
        return inf if days >= float(view.run["clock"]) else days

    return ChainLink("recovery", "days", -1, _total(f"back_{level}"), of_run)


LINKS: dict[str, ChainLink] = {
    "reached": ChainLink("reach", "persons", 0, _total("reached")),
    "aware": ChainLink("reach", "persons", 1, _total("aware")),
    "members": ChainLink("join", "persons", 1, _total("members")),
    "ties": ChainLink("ties", "ties per adult", 1, _per("ties", "adults")),
    "ties_alike": ChainLink("ties", "ties per adult", 1, _per("ties_alike", "adults")),
    "ties_milieu": ChainLink("ties", "ties per adult", 1, _per("ties_milieu", "adults")),
    "ties_age": ChainLink("ties", "ties per adult", 1, _per("ties_age", "adults")),
    "ties_class": ChainLink("ties", "ties per adult", 1, _per("ties_class", "adults")),
    "tie_trust": ChainLink("trust", "sum of trust per adult", 1, _per("tie_trust", "adults")),
    "host_trust": ChainLink("trust", "0-1", 1, _per("host_trust", "adults")),
    "trust_institutions": ChainLink("trust", "0-1", 1, _per("trust_institutions", "adults")),
    "know_how": ChainLink("capacity", "0-1", 1, _per("know_how", "adults")),
    "know_how_shared": ChainLink("capacity", "h-equivalents per resident", 1, None, _measure_know_how_shared),
    "agency": ChainLink("capacity", "0-1", 1, _per("agency", "adults")),
    "asked": ChainLink("help", "persons", 0, _total("asked")),
    "given": ChainLink("help", "h or units per resident", 0, _per("given", "n")),
    "received": ChainLink("help", "h or units per resident", 0, _per("received", "n")),
    "hours_given": ChainLink("help", "h per resident", 0, None, _measure_hours_given),
    "goods_given": ChainLink("help", "person-days per resident", 0, None, _measure_goods_given),
    **{name: ChainLink("needs", "% of needs", -1 if name == "need_unmet" else 0, None, _share_met(sources))
       for name, sources in MET_BY.items()},
    **{f"helped_by_{who}": ChainLink("needs", "persons", 0, _total(f"helped_by_{who}"))
       for who in ("persons", "groups", "sites", "institutions")},
    "never_reached": ChainLink("needs", "persons", -1, _total("never_reached")),
    "loss": ChainLink("recovery", "person-days per resident", -1, _per("loss", "n")),
    "back_50": _day_back(50), "back_80": _day_back(80), "back_95": _day_back(95),
    "days_not_back": ChainLink("recovery", "days per person hit", -1, _total("days_not_back"),
                               lambda view: float(view.run.get("days_not_back", nan))),
    "not_back": ChainLink("recovery", "persons", -1, _total("not_back")),
    "permanent_loss": ChainLink("recovery", "whole persons", -1, _total("permanent_loss")),
}
"""Name of a link to what it is, in the order of the chain. What is built up is as it stands when the crisis begins.

Trust in ties is summed, not averaged: a new tie starts with little trust, and must not count as a loss. Shares of needs
are means over the four domains, whose units differ.
"""
MAIN_LINKS = ("members", "ties_alike", "ties_milieu", "tie_trust", "host_trust", "trust_institutions", "know_how",
              "agency", "asked", "given", "need_ties", "need_sites", "need_institutions", "never_reached", "loss",
              "back_80", "days_not_back", "permanent_loss")
"""The links that the terminal's line and the figure show, in order."""


def measure_link(name: str, sums: GroupSums, view: RunView | None = None) -> float:
    """The value of a link for one group, or for everybody where the run is given; NaN where it is not known."""
    link = LINKS[name]
    if view is not None and link.of_run is not None:
        return link.of_run(view)
    return link.of_group(sums) if link.of_group is not None else float("nan")
