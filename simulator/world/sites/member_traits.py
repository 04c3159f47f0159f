"""What a resident is like as a member of one site: how soon they leave, since when, whether they come to sessions."""

from __future__ import annotations

import math

from ...kernel.compiled import rule
from ...kernel.keyed_random import draw_uniform
from ...kernel.random_streams import PARTICIPATION, RESTLESSNESS, TENURE
from ...rules.joining import member_restlessness
from ..population.random_columns import normal_quantile


@rule
def draw_restlessness(key, uid, site_uid, p):
    """`member_restlessness` of a resident at a site: the same whenever they join it. p: joining parameters."""
    return member_restlessness(normal_quantile(draw_uniform(key, uid, site_uid, 0, RESTLESSNESS)), p)


@rule
def draw_tenure(key, uid, site_uid, leaves):
    """Years a resident found at a site has belonged to it, for their rate of leaving: the age of a spell at rest."""
    return -math.log(draw_uniform(key, uid, site_uid, 0, TENURE)) / leaves


@rule
def takes_part(key, uid, site_uid, share):
    """True for a member who comes to the sessions of a site; the others use the place alone. share: of members."""
    return draw_uniform(key, uid, site_uid, 0, PARTICIPATION) < share
