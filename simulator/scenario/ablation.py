"""Switched-off channels that are numbers: what a cut sets to zero, so that what they move stays as it is.

Channels of help (`ties`, `sites` …) are cut in their phases; see rules/channels.py for the whole list.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ..parameters import Model
from ..rules.tie_kinds import TIE_KINDS

NO_BRIDGE = 1e6
"""Weight of another milieu that nobody overcomes: no tie between milieux forms."""

CUT_NUMBERS: dict[str, dict[str, dict[str, float]]] = {
    "trust": {"contact": {"gain": 0.0, "loss": 0.0, **{f"decay_{kind}": 0.0 for kind in TIE_KINDS}}},
    "learning": {"meeting": {"learning": 0.0, "decay_skill": 0.0}, "providing": {"lesson": 0.0}},
    "power_to_act": {"meeting": {"agency": 0.0, "event": 0.0, "refusal": 0.0, "vicarious": 0.0, "decay_agency": 0.0}},
    "institution_trust": {"meeting": {"institution": 0.0, "aid": 0.0, "decay_institution": 0.0}},
    "bridging": {"tie_formation": {"group": NO_BRIDGE}},
}
"""Channel -> group -> number -> its value while the channel is cut."""


def cut_numbers(model: Model, channels: Collection[str]) -> Model:
    """The model with the numbers of these channels set to what cuts them; the same object if there are none."""
    changes: dict[str, dict[str, float]] = {}
    for channel in channels:
        for group, numbers in CUT_NUMBERS.get(channel, {}).items():
            changes.setdefault(group, {}).update(numbers)
    if not changes:
        return model
    return replace(model, **{group: replace(getattr(model, group), **numbers) for group, numbers in changes.items()})
