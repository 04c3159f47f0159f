"""The project's own cards, each read and checked once a build."""

from __future__ import annotations

from functools import cache

from simulator.config.catalogue import Found, every
from simulator.config.source import home


@cache
def every_card(group: str) -> tuple[Found, ...]:
    """All cards of a group ("lever", "crisis"), by name."""
    return tuple(every(group, [home()]))
