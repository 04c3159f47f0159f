"""The territory of a job from its card and the site cards it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..settings.card_reader import CardError, Where, build
from ..world.site_card import SiteCard
from ..world.territory import Territory
from .errors import UsageError, choices, refused


def territory(mapping: Mapping[str, Any], sites: Sequence[SiteCard]) -> Territory:
    """The card, checked: its communes exist, and so do the site cards it names. UsageError otherwise."""
    try:
        card = build(Territory, mapping, Where("territory"))
        card.margins()
    except (CardError, ValueError) as problem:
        raise refused(problem) from None
    known = [site.id for site in sites]
    for site in card.sites:
        if site not in known:
            raise UsageError("topic_name", topic="site", word=site, choices=choices(site, known))
    return card
