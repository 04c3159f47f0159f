"""The dataclasses of the kinds of card that settings may change, and which of these settings are free text."""

from __future__ import annotations

from typing import get_args, get_origin

from ...crises.card import Crisis
from ...levers.card import Lever
from ...world.sites.site_card import SiteCard
from ..errors import UsageError
from ..places.territory import TerritorySettings
from .field_types import resolve_field_type

CARD_TYPES: dict[str, type] = {"lever": Lever, "crisis": Crisis, "site": SiteCard, "territory": TerritorySettings}
FREE_TEXT_SETTINGS = ("results", "name", "lang", "residents", "network",
                      "population")
"""Settings outside cards whose value may be any text."""


def find_setting_type(key: str) -> object:
    """The type of a setting of a card, such as str for territory.data; None for any other setting."""
    group, *parts = key.lstrip("+").split(".")
    if group not in CARD_TYPES:
        return None
    parts = parts if group == "territory" else parts[1:]
    if not parts:
        return None
    try:
        return resolve_field_type(CARD_TYPES[group], parts, key, group)
    except UsageError:
        return None


def is_free_text(key: str) -> bool:
    """True for a setting whose value may be any text: a path, a label, an explanation."""
    return key in FREE_TEXT_SETTINGS or find_setting_type(key) is str


def is_plain_collection(key: str) -> bool:
    """True for a setting that is a list or a mapping of texts: communes, sites, columns of a register."""
    kind = find_setting_type(key)
    return get_origin(kind) in (list, dict) and get_args(kind)[-1] is str
