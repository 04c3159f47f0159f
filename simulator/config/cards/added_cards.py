"""Cards that a word such as +crisis=flood adds to those chosen already."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..errors import UsageError, flatten_text
from ..overrides import Override
from ..settings import CARD_GROUPS, SINGLE_CHOICE_GROUPS
from .card_files import find_shipped_configs, list_card_names


def merge_added_cards(command: str, overrides: Iterable[Override], folders: list[Path]) -> list[Override]:
    """The overrides; +crisis=flood adds to the crises that the line, or else the command's default, chooses.

    UsageError for + before a group of which one card is chosen.
    """
    kept: list[Override] = []
    added: dict[str, list[str]] = {}
    for override in overrides:
        names = override.card_names()
        if override.adds and override.key in SINGLE_CHOICE_GROUPS:
            raise UsageError("+{group}= would add to {group}, of which there is one; write {group}={word}",
                             group=override.key, word=flatten_text(override.value))
        if override.adds and override.key in CARD_GROUPS and names is not None:
            added[override.key] = added.get(override.key, []) + names
        else:
            kept.append(override)
    for group, names in added.items():
        own = next((one for one in kept if one.key == group), None)
        before = read_default_choice(command, group, folders) if own is None else own.card_names() or []
        kept = [one for one in kept if one.key != group]
        kept.append(Override.of(group, [name for name in before if name != "none"] + names))
    return kept


def read_default_choice(command: str, group: str, folders: list[Path]) -> list[str]:
    """The cards that the defaults list of a command's YAML chooses in a group."""
    import yaml

    root = yaml.safe_load((find_shipped_configs() / f"{command}.yaml").read_text(encoding="utf-8"))
    for item in root["defaults"]:
        if isinstance(item, dict) and group in item:
            value = item[group]
            return [value] if isinstance(value, str) else list(value or [])
    return list_card_names(group, folders) if group == "site" else []
