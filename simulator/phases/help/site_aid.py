"""What sites do in calm and in crisis alike: whom they serve, and the kits they lend."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import rule
from ...rules.need_domains import EQUIPMENT
from ...world.world import World


@rule
def choose_host_site(s, referred, least, residents, site_uid, relief_share):
    """Row of the site that would serve speaker s, -1 for none.

    One's own site, else the most trusted of those known and trusted enough, or of all candidates for who is referred.
    """
    own = np.int64(residents.member[s])
    if own >= 0 and relief_share[own] > 0.0:
        return own
    best, most = np.int64(-1), -1.0
    for k in range(residents.candidate.shape[1]):
        c, trust = np.int64(residents.candidate[s, k]), np.float64(residents.host_trust[s, k])
        is_option = referred or ((residents.aware[s] >> k) & 1 == 1 and trust >= least)
        if c >= 0 and is_option and relief_share[c] > 0.0:
            if trust > most or (trust == most and site_uid[c] < site_uid[best]):
                best, most = c, trust
    return best


def lend_kits(world: World, rows: np.ndarray, host: np.ndarray) -> int:
    """Lend kits of the hosts int32[k] to the rows int32[k]; they meet their whole need. Thousandths of kit-days met."""
    if not len(rows):
        return 0
    people, sites = world.people, world.sites
    people.loan[rows] = host
    np.subtract.at(sites.kits, host, 1)
    met = int(people.backlog[rows, EQUIPMENT].sum(dtype=np.int64))
    people.backlog[rows, EQUIPMENT] = 0
    world.ledger.add_goods("kits_lent", len(rows))
    return met
