"""paths= of `compare`: which channels are cut, one by one and together, to see through which a lever works."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..rules.channels import CHANNELS
from ..scenario.run import ABLATION_STARTS
from .errors import UsageError, flatten_text, suggest_names

PathCut = tuple[str, ...]
"""Channels that are cut together, in the order of CHANNELS."""

SINGLE_CUTS = ("ties", "trust", "learning", "power_to_act", "sites", "site_goods", "groups", "institutions")
"""Channels that paths=true cuts one by one."""
JOINT_CUTS: tuple[PathCut, ...] = (("ties", "trust"), ("trust", "power_to_act"), ("learning", "power_to_act"),
                                   ("ties", "sites"), ("sites", "groups"), ("groups", "institutions"))
"""Channels that paths=true also cuts in pairs, because cut one by one they would be counted twice, or not at all.

Trust says which ties are asked and what they promise, so it works through ties; trust and power to act both decide who
joins a project; know-how and power to act are both gained where members meet. Ties, sites, groups and institutions
serve the same open needs, each what the one before it leaves: where one is cut, the next stands in for it. `site_goods`
has no pair: without sites there are none, so that cutting both is cutting `sites`, bit for bit.
"""
JOIN = "+"
"""Between the channels of one cut, in settings and tables."""


def read_path_cuts(settings: Mapping[str, Any]) -> tuple[PathCut, ...]:
    """The cuts that paths= asks for, none for false: the default ones for true, all of them together last.

    A list gives its own cuts, channels joined by +. UsageError for an unknown channel, a channel that ablate= cuts
    anyway, or a start that paths= cannot have.
    """
    wanted, ablated = settings.get("paths") or False, settings["ablate"]
    if wanted is False:
        return ()
    start = settings["paths_from"]
    if start not in ABLATION_STARTS:
        raise UsageError("{name} = {value!r}: expected {expected}", name="paths_from", value=flatten_text(start),
                         expected=", ".join(ABLATION_STARTS))
    if ablated and settings["ablate_from"] != start:
        raise UsageError("ablate_from = {value!r}: paths= cuts its channels from the same day as ablate=; set "
                         "paths_from={value}", value=settings["ablate_from"])
    cuts = _list_default_cuts(ablated) if wanted is True else _parse_cuts(wanted)
    for cut in cuts:
        if set(cut) & set(ablated):
            raise UsageError("paths: {word} is cut in every run by ablate= already; leave it out of one of them",
                             word=", ".join(sorted(set(cut) & set(ablated))))
    return cuts


def _list_default_cuts(ablated: list[str]) -> tuple[PathCut, ...]:
    """One by one, in pairs, and all of them, without those that are cut anyway."""
    singles = tuple(name for name in SINGLE_CUTS if name not in ablated)
    joint = tuple(pair for pair in JOINT_CUTS if not set(pair) & set(ablated))
    return (*((name,) for name in singles), *joint, *([_order_channels(singles)] if len(singles) > 2 else []))


def _parse_cuts(wanted: Any) -> tuple[PathCut, ...]:
    words = [wanted] if isinstance(wanted, str) else wanted
    if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
        raise UsageError("paths = {value}: expected true, or channels such as [ties,sites,ties+sites]; one of {known}",
                         value=flatten_text(wanted), known=", ".join(CHANNELS))
    cuts = []
    for word in words:
        names = [name.strip() for name in word.split(JOIN)]
        for name in names:
            if name not in CHANNELS:
                raise UsageError("paths: there is no channel {name!r} to cut; nearest: {choices} (resilience describe "
                                 "odd lists them)", name=flatten_text(name), choices=suggest_names(name, CHANNELS))
        cuts.append(_order_channels(names))
    return tuple(dict.fromkeys(cuts))


def _order_channels(names: Any) -> PathCut:
    return tuple(name for name in CHANNELS if name in names)
