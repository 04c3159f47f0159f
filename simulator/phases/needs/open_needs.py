"""Needs and episodes that were open when a step begins: who has any, and how an episode ends.

An episode is the time for which something of a need is unmet. `marks` are five columns u1[n] that remember what
happened in the episodes of a resident: asked, detected, applied, aided, harmed; bit d stands for domain d. harmed has a
second bit for each domain, d + 4, for institutions.
"""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import rule
from ...kernel.prefetch import prefetch
from ...rules.need_domains import ASSISTANCE, DOMAIN_COUNT, EQUIPMENT, FOOD, KNOW_HOW


@rule
def list_open_needs(first, end, need, backlog, episode, marks, selected):
    """List the residents first to end with an open need or episode, as row - first. Returns how many."""
    count = 0
    for i in range(first, end):
        if not has_no_open_need(i, backlog, episode):
            selected[count] = i - first
            count += 1
            prefetch(need, i)
            asked, detected, applied, aided, harmed = marks
            prefetch(asked, i)
            prefetch(detected, i)
            prefetch(applied, i)
            prefetch(aided, i)
            prefetch(harmed, i)
    return count


@rule
def has_no_open_need(i, backlog, episode):
    """True when resident i has no unmet need and no episode: nothing can be carried over, nothing can end."""
    unmet = backlog[i, FOOD] | backlog[i, EQUIPMENT] | backlog[i, ASSISTANCE] | backlog[i, KNOW_HOW]
    no_episode = episode[i, FOOD] & episode[i, EQUIPMENT] & episode[i, ASSISTANCE] & episode[i, KNOW_HOW]
    return (unmet == 0) & (no_episode < 0)


@rule
def close_episodes(i, ended, marks):
    """End the episodes of resident i in the domains whose bits are set in `ended`: the marks are cleared."""
    asked, detected, applied, aided, harmed = marks
    open_bits = np.uint8(~ended)
    asked[i] &= open_bits
    detected[i] &= open_bits
    applied[i] &= open_bits
    aided[i] &= open_bits
    harmed[i] &= np.uint8(~(ended | ended << DOMAIN_COUNT))
