"""Sessions at sites: facilitation, who works with whom, and what sessions give (model 7.3 to 7.6)."""

from __future__ import annotations

import math

from ..kernel.compiled import rule


@rule
def facilitation_quality(staff, members, p):
    """Quality of facilitation q at a site, 0 to 1: it rises with staff (FTE) per member."""
    if staff <= 0.0:
        return p.quality_base
    return p.quality_base + p.quality_staff * staff / (staff + members / p.members_per_staff)


@rule
def meeting_probability(quality, distance, mixing, group_size, p):
    """P(two members at a session work together). distance: social distance; mixing: homophily at the site."""
    return min(1.0, p.partners * quality / (group_size - 1.0)) * math.exp(-mixing * distance)


@rule
def tie_session_hours(tied, met, quality, p):
    """Effective hours that a session adds to a pair: for presence if they have a tie, for shared work if they met."""
    presence = p.length * p.presence * quality if tied else 0.0
    return presence + (p.length * p.intensity * quality if met else 0.0)


@rule
def skill_learned(own, peer, share, scale, p):
    """Skill learned from a more skilled peer in one session. share: of the session on this domain; scale: a factor."""
    if peer <= own:
        return 0.0
    return p.learning * scale * p.length * share * (peer - own)


@rule
def target_satisfaction(quality, met, has_learned, turned_away, distance, p):
    """Satisfaction, 0 to 1, that such sessions lead to in the long run. met: partners; distance: social, mean."""
    target = (
        p.satisfaction_base
        + p.satisfaction_met * quality * min(1.0, met / p.enough_partners)
        + p.satisfaction_learning * has_learned
        - p.satisfaction_turned_away * turned_away
        - p.satisfaction_distance * (1.0 - quality) * distance
    )
    return min(1.0, max(0.0, target))
