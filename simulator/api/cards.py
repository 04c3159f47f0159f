"""`load_card`: a card from its file, or one of the project's by its name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..config.cards.card_files import list_config_folders
from ..config.cards.catalogue import CATALOGUE_GROUPS, find_card
from ..config.cards.catalogue import load_card as load_catalogue_card
from ..config.errors import UsageError
from .setting_error import as_setting_errors


def load_card(path: str | Path, kind: str | None = None) -> Any:
    """The Lever, Crisis, Territory or SiteCard of a YAML card.

    path: a file, or kind and name of one of the project's cards: "lever/outreach". kind: lever, crisis, territory or
    site; by default the folder in which the file is. SettingError, with file and line, for a faulty card.
    """
    with as_setting_errors():
        file = Path(path)
        group = kind or file.parent.name
        if group not in CATALOGUE_GROUPS:
            raise UsageError("{path}: what kind of card is it? expected kind= one of {choices}", path=path,
                             choices=", ".join(CATALOGUE_GROUPS))
        if file.is_file():
            return load_catalogue_card(group, file).card
        if file.suffix in (".yaml", ".yml"):
            raise UsageError("{path}: no such file; give the path of a card, or the name of one of the project's: "
                             "{choices}", path=path, choices=f"{group}/NAME")
        return find_card(group, file.name, list_config_folders([])).card
