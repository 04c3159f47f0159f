"""Names of channels, as tables and figures show them."""

from __future__ import annotations

from collections.abc import Sequence

from ..translation import mark, translate

CHANNEL_LABELS: dict[str, str] = {
    "ties": mark("ties"), "strangers": mark("people next door"), "household": mark("the home"),
    "far_ties": mark("ties off the map"), "trust": mark("trust in ties"), "learning": mark("learning know-how"),
    "power_to_act": mark("the power to act"), "institution_trust": mark("trust in institutions"),
    "bridging": mark("ties between milieux"), "sites": mark("sites"), "site_goods": mark("goods of sites"),
    "volunteers": mark("volunteers of sites and reserves"), "groups": mark("groups of the crisis"),
    "institutions": mark("institutions"),
}
"""Channels of rules/channels.py to their names."""
CUT_STARTS: dict[str, str] = {"start": mark("the start of the run"), "levers": mark("the date of the levers"),
                              "onset": mark("the first day of the crisis")}
"""From when channels are cut (ABLATION_STARTS)."""
MANY_CHANNELS = 3
"""From so many channels on, those cut together are counted and not named."""


def format_channels(channels: Sequence[str], lang: str) -> str:
    """The channels of one cut: named, or counted where they are many."""
    if len(channels) >= MANY_CHANNELS:
        return translate("these {n} together", lang, n=len(channels))
    return " + ".join(translate(CHANNEL_LABELS[name], lang) for name in channels)
