"""Territories chosen by name: what territory= says where it names no card."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from omegaconf import DictConfig, OmegaConf

from ..cards.card_names import find_card_name
from ..overrides import Override
from .place_names import NamedPlace, find_named_place, simplify_name

PLACE_CARD = "seine_saint_denis"
"""The territory card whose communes a place given by name replaces."""
AROUND_WORDS = ("around", "autour", "autour d un lieu", "around a place", "autour d une adresse")
"""Choices of a territory around an address point, as simplify_name has them."""


def take_named_place(overrides: list[Override], folders: list[Path]) -> NamedPlace | None:
    """The place that territory= names where it names no card; the choice then becomes the card of the département.

    None for a card, or for names of nothing, which are refused later. An address point alone is a place too.
    """
    by_key = {override.key: override for override in overrides}
    chosen, has_files = by_key.get("territory"), "territory.data" in by_key
    words = (chosen.card_names() or []) if chosen else []
    if chosen and len(words) == 1:
        chosen.value, chosen.is_list = words[0], False
    is_around = len(words) == 1 and simplify_name(words[0]) in AROUND_WORDS
    if (is_around or chosen is None) and "territory.point" in by_key:
        place: NamedPlace | None = NamedPlace("around_point", "", "")
    elif not words or len(words) == 1 and find_card_name("territory", words[0], folders):
        return None
    else:
        place = find_named_place(words, has_files)
    if place is not None and chosen is None:
        overrides.append(Override.of("territory", PLACE_CARD))
    elif place is not None and chosen is not None:
        chosen.value, chosen.is_list = PLACE_CARD, False
    return place


def name_territory(plain: DictConfig, place: NamedPlace | None, given: Collection[str]) -> None:
    """Give the composed territory the communes, id and label of a place chosen by name.

    Where whole communes are chosen one by one (territory.communes=), the label follows them. given: names of all
    settings on the command line, which are kept.
    """
    if place is None and "territory.communes" in given and "territory.data" not in given:
        codes = OmegaConf.to_container(plain.territory, resolve=True).get("communes")  # type: ignore[union-attr]
        whole = not plain.territory.get("around_km") and not plain.territory.get("residents")
        names = [str(code) for code in codes] if isinstance(codes, list) else []
        place = find_named_place(names) if whole and names else None
    for name, value in place.entries().items() if place else ():
        if f"territory.{name}" not in given:
            OmegaConf.update(plain, f"territory.{name}", value, merge=False, force_add=True)
