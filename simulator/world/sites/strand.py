"""Strands: the standing groups of a site, each of which meets once a week (model 7.3)."""

from __future__ import annotations

from ...kernel.compiled import rule
from ...kernel.keyed_random import draw_words
from ...kernel.random_streams import SESSION_GROUP

TURN_LIMIT = 256
"""Values that the turn of a keyed random number can take: it has eight bits."""


@rule
def assign_strand(key, uid, site_uid, strands):
    """A member's standing group, by rendezvous hashing: it does not change when other members join or leave."""
    best, chosen = -1, 0
    for g in range(strands):
        word = draw_words(key, uid, site_uid, 0, SESSION_GROUP, 0, g & (TURN_LIMIT - 1))[0]
        if int(word) > best:
            best, chosen = int(word), g
    return chosen
