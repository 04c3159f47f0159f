"""Where Hydra finds configs: the project's own folder and the user's; cards are read strictly and put in place."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Any

from hydra._internal.core_plugins.file_config_source import FileConfigSource
from hydra.plugins.config_source import ConfigLoadError, ConfigResult
from omegaconf import OmegaConf

from ..cards.reader import CardError, Where, read, refuse
from .settings import CARD_GROUPS, ONE_GROUPS

SHIPPED = "cards"
SPREAD = {"behaviour": ("model",)}
"""Groups whose cards set entries of the whole configuration, and which."""


class CardSource(FileConfigSource):
    """A folder of YAML. A card needs no header: lever/mine.yaml lands under lever.mine. Remembers
    each card as its file has it, with its lines, for messages."""

    originals: dict[tuple[str, str], tuple[dict[str, Any], Where]] = {}

    @staticmethod
    def scheme() -> str:
        """The prefix of addresses in Hydra's search path."""
        return SHIPPED

    def is_config(self, config_path: str) -> bool:
        """True if the folder has it. The settings of a whole command are the project's own, whatever lies elsewhere."""
        return ("/" in config_path or Path(self.path) == home()) and bool(super().is_config(config_path))

    def load_config(self, config_path: str) -> ConfigResult:
        """The YAML as plain data. CardError naming file and line."""
        file = Path(self.path) / self._normalize_file_name(config_path)
        if not file.is_file():
            raise ConfigLoadError(f"{file}: no such file")
        _inside(Path(self.path), file)
        mapping, where = read(shown(file))
        group, name = str(PurePosixPath(config_path).parent), PurePosixPath(config_path).stem
        package = self._get_header_dict(file.read_text(encoding="utf-8")[:512])["package"]
        if group in CARD_GROUPS + ONE_GROUPS:
            package = f"{group}.{name}" if group in CARD_GROUPS else "_global_" if group in SPREAD else group
            _modest(group, mapping, where)
            self.originals[group, name] = mapping, where
        return ConfigResult(config=OmegaConf.create(mapping), path=f"{SHIPPED}://{self.path}", provider=self.provider,
                            header={"package": package})


def _inside(folder: Path, file: Path) -> None:
    """CardError for a file that a link or .. takes out of the folder that was named."""
    if not file.resolve().is_relative_to(folder.resolve()) and folder != home():
        raise CardError(f"{shown(file)}: leads out of the folder of cards: expected a file inside it; copy it there")


def _modest(group: str, mapping: Mapping[str, Any], where: Where) -> None:
    """CardError for a card that would choose other cards, or set what is none of its business."""
    for name in mapping:
        if name == "defaults" or group in SPREAD and name not in SPREAD[group]:
            raise refuse(where, (name,), "is not for a card of this kind to set", ", ".join(SPREAD.get(group, (
                "what describes itself",))), "remove it")


def shown(file: Path) -> Path:
    """The path as people write it: relative to the current folder where it lies inside it."""
    try:
        return file.relative_to(Path.cwd())
    except (ValueError, OSError):
        return file


def home() -> Path:
    """The folder of shipped configs: beside the package (checkout or wheel), else wherever `configs` is installed."""
    beside = Path(__file__).resolve().parents[2] / "configs"
    return beside if (beside / "run.yaml").is_file() else Path(str(resources.files("configs")))


def names(group: str, folders: list[Path]) -> list[str]:
    """Cards of a group in the given folders, sorted."""
    found = {file.stem for folder in folders if (folder / group).is_dir() for file in (folder / group).glob("*.yaml")}
    return sorted(found)


def file_of(group: str, name: str, folders: list[Path]) -> Path:
    """The file of a card; the first folder that has it wins. KeyError when none has, CardError for a link elsewhere."""
    for folder in folders:
        file = folder / group / f"{name}.yaml"
        if file.is_file():
            _inside(folder, file)
            return file
    raise KeyError(name)
