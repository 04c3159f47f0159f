"""What a results folder holds so that it can be played again elsewhere: settings, own cards, the words typed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...config.cards.card_files import CardSource
from ...config.ensemble import ENSEMBLE_FILE

if TYPE_CHECKING:
    from ...config.job import Job
    from ...config.study.study_request import StudyRequest

SETTINGS_FILE, CARDS_FOLDER, STUDY_FOLDER = "settings.yaml", "cards", "study"
"""What was played; the user's cards that its runs use, laid out as a folder for --config-dir; studies in it."""
PLACE_SETTINGS = ("results", "workers", "threads", "executor", "retry")
"""Settings that say where and how runs are played, and change no result."""


def list_replay_words(words: Sequence[str]) -> list[str]:
    """The words of a command line without those that only say where and how it is played."""
    return [word for word in words if re.split("[.=]", word.lstrip("+"))[0] not in PLACE_SETTINGS]


def format_reproduce_command(folder: str) -> str:
    """The command that plays a folder again and compares it."""
    return f"resilience reproduce {shlex.quote(folder)}"


def write_settings_file(file: Path, content: Mapping[str, Any]) -> None:
    """Write a settings.yaml, whole or not at all, under a comment with the commands that play it again."""
    import yaml
    from omegaconf import OmegaConf

    from ...records.files.parquet import write_text_atomically

    words = list(content["arguments"])
    head = (f"# {shlex.join(['resilience', *str(content['command']).split(), *words])}\n"
            f"# To play it again and compare to the byte: {format_reproduce_command('THIS_FOLDER')}\n")
    rest = OmegaConf.create({name: value for name, value in content.items() if name != "arguments"})
    typed = yaml.safe_dump({"arguments": words}, allow_unicode=True)
    write_text_atomically(file, head + OmegaConf.to_yaml(rest) + typed)


def keep_own_cards(folder: Path, card_folders: Sequence[str]) -> None:
    """Copy the user's own cards that were read, and their parameter sets, into cards/ of a results folder.

    A process may have read cards elsewhere before, under names that lead nowhere now.
    """
    owners = [Path(one).resolve() for one in card_folders]
    files = [Path(where.file).resolve() for _, where in CardSource.original_cards.values()]
    for owner in owners:
        inside = [file for file in files if file.is_relative_to(owner) and file.is_file()]
        if (owner / ENSEMBLE_FILE).is_file():
            inside.append(owner / ENSEMBLE_FILE)
        for file in inside:
            copy_card(file, folder / CARDS_FOLDER / file.relative_to(owner))


def copy_card(file: Path, target: Path) -> None:
    """Copy a card, whole or not at all."""
    from ...records.files.parquet import write_bytes_atomically

    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.is_file() or target.read_bytes() != file.read_bytes():
        write_bytes_atomically(target, file.read_bytes())


def keep_study(folder: Path, request: StudyRequest, job: Job, command: str, words: Sequence[str]) -> None:
    """Write what a study is into its folder: card, settings.yaml, columns.md, and the user's own cards.

    The settings of a second study, or of a study in the folder of a comparison, are called settings-NAME.yaml.
    """
    from ...records.files.parquet import write_text_atomically
    from ...records.schema import format_data_dictionary

    if request.file.is_file():
        copy_card(request.file, folder / CARDS_FOLDER / STUDY_FOLDER / f"{request.name}.yaml")
        sets = request.file.parent / request.study.ensemble
        if request.study.ensemble and sets.is_file():
            copy_card(sets, folder / CARDS_FOLDER / STUDY_FOLDER / request.study.ensemble)
    content = {**describe_versions(command), "name": request.name, "arguments": list_replay_words(words),
               "seeds": list(request.seeds), "settings": _drop_place_settings(job.settings)}
    file = folder / SETTINGS_FILE
    if file.is_file() and read_recorded(file).get("name") != request.name:
        file = folder / f"settings-{request.name}.yaml"
    write_settings_file(file, content)
    keep_own_cards(folder, request.user_folders)
    write_text_atomically(folder / "columns.md", format_data_dictionary())


def describe_versions(command: str) -> dict[str, Any]:
    """Which command wrote a folder, of which versions and commit."""
    from ...records.files.provenance import describe_origin

    origin = describe_origin()
    return {"command": command, "version": origin["package_version"], "model_version": origin["model_version"],
            "commit": origin["commit"]}


def read_recorded(file: Path) -> dict[str, Any]:
    """The content of a settings.yaml; empty if it is missing or cannot be read as one."""
    import yaml

    from ...records.files.plain_file import read_plain_text

    try:
        content = yaml.safe_load(read_plain_text(file))
    except (OSError, yaml.YAMLError, UnicodeDecodeError):
        return {}
    return content if isinstance(content, dict) and isinstance(content.get("settings"), dict) else {}


def _drop_place_settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in settings.items() if name not in (*PLACE_SETTINGS, "seed", "seeds")}
