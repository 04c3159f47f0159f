"""Sessions: facilitation, who works with whom, what it gives (model 7.3 to 7.6)."""

from __future__ import annotations

import math

from ..kernel.compiled import rule


@rule
def quality(staff, members, p):
    """Facilitation quality q of a site, 0 to 1. staff in FTE, diluted by members."""
    if staff <= 0.0:
        return p.quality_base
    return p.quality_base + p.quality_staff * staff / (staff + members / p.members_per_staff)


@rule
def meeting_probability(quality, distance, mixing, strand, p):
    """P(two attending members of a strand work together). distance: social distance; mixing: homophily on site."""
    return min(1.0, p.partners * quality / (strand - 1.0)) * math.exp(-mixing * distance)


@rule
def session_hours(tied, met, quality, p):
    """Hours a session adds to a tie: co-presence if tied already, shared work if they met."""
    presence = p.length * p.presence * quality if tied else 0.0
    return presence + (p.length * p.intensity * quality if met else 0.0)


@rule
def learned(own, peer, share, scale, p):
    """Skill taken from a more skilled peer in one session; share: of the session on this domain."""
    if peer <= own:
        return 0.0
    return p.learning * scale * p.length * share * (peer - own)


@rule
def contentment(quality, met, has_learned, turned_away, distance, p):
    """The satisfaction a session aims at, 0 to 1. distance: mean social distance to those met."""
    target = (
        p.content
        + p.content_met * quality * min(1.0, met / p.enough)
        + p.content_learning * has_learned
        - p.content_turned * turned_away
        - p.content_distance * (1.0 - quality) * distance
    )
    return min(1.0, max(0.0, target))
