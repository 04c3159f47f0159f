"""Folders of cards: the project's own and the user's, as sources of Hydra and as lists of files."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Any

from hydra._internal.core_plugins.file_config_source import FileConfigSource
from hydra.plugins.config_source import ConfigLoadError, ConfigResult
from omegaconf import OmegaConf

from ...cards.errors import CardError, CardLocation, make_card_error
from ...cards.reader import read_yaml_card
from ...i18n.translation import Message
from ..errors import UsageError
from ..settings import CARD_GROUPS, SINGLE_CHOICE_GROUPS

CONFIG_SCHEME = "cards"
GLOBAL_GROUP_ENTRIES = {"behaviour": ("model",)}
"""Groups whose cards set entries of the whole configuration, to the entries they may set."""


class CardSource(FileConfigSource):
    """A folder of YAML as a config source of Hydra. A card needs no header: lever/mine.yaml is put under lever.mine.

    `original_cards` holds each card read as its file has it, with its lines, for error messages.
    """

    original_cards: dict[tuple[str, str], tuple[dict[str, Any], CardLocation]] = {}

    @staticmethod
    def scheme() -> str:
        """The prefix of addresses in Hydra's search path."""
        return CONFIG_SCHEME

    def is_config(self, config_path: str) -> bool:
        """True if the folder has it. Settings of a whole command come from the project's own folder only."""
        allowed = "/" in config_path or Path(self.path) == find_shipped_configs()
        return allowed and bool(super().is_config(config_path))

    def load_config(self, config_path: str) -> ConfigResult:
        """The YAML as plain data. CardError naming file and line for a faulty card."""
        file = Path(self.path) / self._normalize_file_name(config_path)
        if not file.is_file():
            raise ConfigLoadError(f"{file}: no such file")
        _check_inside_folder(Path(self.path), file)
        mapping, where = read_yaml_card(shorten_path(file))
        group, name = str(PurePosixPath(config_path).parent), PurePosixPath(config_path).stem
        package = self._get_header_dict(file.read_text(encoding="utf-8")[:512])["package"]
        if group in CARD_GROUPS + SINGLE_CHOICE_GROUPS:
            package = f"{group}.{name}" if group in CARD_GROUPS else group
            package = "_global_" if group in GLOBAL_GROUP_ENTRIES else package
            _check_card_entries(group, mapping, where)
            self.original_cards[group, name] = mapping, where
        return ConfigResult(config=OmegaConf.create(mapping), path=f"{CONFIG_SCHEME}://{self.path}",
                            provider=self.provider, header={"package": package})


def _check_inside_folder(folder: Path, file: Path) -> None:
    """CardError for a file that a link or .. leads out of its folder."""
    if not file.resolve().is_relative_to(folder.resolve()) and folder != find_shipped_configs():
        raise CardError(Message("{path}: leads out of the folder of cards: expected a file inside it; copy it there",
                                path=shorten_path(file)))


def _check_card_entries(group: str, mapping: Mapping[str, Any], where: CardLocation) -> None:
    """CardError for a card that would choose other cards, or set entries outside its group."""
    for name in mapping:
        if name == "defaults" or group in GLOBAL_GROUP_ENTRIES and name not in GLOBAL_GROUP_ENTRIES[group]:
            names = GLOBAL_GROUP_ENTRIES.get(group)
            expected = Message("{names}", names=names) if names else Message("what describes itself")
            raise make_card_error(where, (name,), Message("is not for a card of this kind to set"), expected,
                                  Message("remove it"))


def shorten_path(file: Path) -> Path:
    """The path relative to the current folder if it lies inside it, else as it is."""
    try:
        return file.relative_to(Path.cwd())
    except (ValueError, OSError):
        return file


def find_shipped_configs() -> Path:
    """The folder of shipped configs: beside the package (checkout or wheel), else wherever `configs` is installed."""
    beside = Path(__file__).resolve().parents[3] / "configs"
    return beside if (beside / "run.yaml").is_file() else Path(str(resources.files("configs")))


def list_card_names(group: str, folders: list[Path]) -> list[str]:
    """Names of the cards of a group in these folders, sorted."""
    return sorted({file.stem for folder in folders if (folder / group).is_dir()
                   for file in (folder / group).glob("*.yaml")})


def list_config_folders(user_folders: Sequence[str]) -> list[Path]:
    """The user's folders, then the project's own. UsageError for one that is not a readable folder."""
    for folder in user_folders:
        if not os.path.isdir(folder) or not os.access(folder, os.R_OK | os.X_OK):
            raise UsageError("--config-dir {path!r}: no such readable folder; give a folder that holds lever/, "
                             "crisis/ or territory/ cards", path=folder)
    return [Path(folder).resolve() for folder in user_folders] + [find_shipped_configs()]


def find_card_file(group: str, name: str, folders: list[Path]) -> Path:
    """The file of a card, in the first folder that has it. KeyError if none has; CardError for a link elsewhere."""
    for folder in folders:
        file = folder / group / f"{name}.yaml"
        if file.is_file():
            _check_inside_folder(folder, file)
            return file
    raise KeyError(name)
