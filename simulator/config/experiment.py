"""Presets: experiment=NAME stands for the settings of experiment/NAME.yaml, which other words of the line override."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..cards.reader import read_yaml_card
from ..i18n.translation import Message
from .cards.card_files import find_card_file, list_card_names, shorten_path
from .cards.card_names import name_card_in_word
from .errors import UsageError, suggest_names, to_usage_error
from .overrides import format_setting_word

EXPERIMENT = "experiment"
DESCRIBING_ENTRIES = ("label_fr", "label_en", "explanation_fr", "explanation_en")
"""Entries of a preset that are no settings."""


def expand_experiment_words(words: Sequence[str], folders: Sequence[Path]) -> list[str]:
    """The words of a command line with the settings of their preset; a setting of the line itself counts instead."""
    names = [word.partition("=")[2] for word in words if word.startswith(f"{EXPERIMENT}=")]
    if not names:
        return list(words)
    if len(names) > 1:
        raise UsageError("setting {name!r} is given twice; keep one", name=EXPERIMENT)
    rest = [word for word in words if not word.startswith(f"{EXPERIMENT}=")]
    given = {_find_setting_name(word, folders) for word in rest if not word.startswith("+")}
    settings = {name: value for name, value in read_experiment(names[0], folders).items()
                if _find_setting_name(name, folders) not in given}
    return [format_setting_word(name, value) for name, value in settings.items()] + rest


def _find_setting_name(word: str, folders: Sequence[Path]) -> str:
    """The name of a setting, with a card by the name of its file."""
    return name_card_in_word(f"{word.partition('=')[0]}=", folders).partition("=")[0]


def read_experiment(name: str, folders: Sequence[Path]) -> dict[str, Any]:
    """The settings of a preset by dotted name. UsageError for an unknown preset or a faulty file."""
    try:
        file = find_card_file(EXPERIMENT, name, list(folders))
    except KeyError:
        known = list_card_names(EXPERIMENT, list(folders))
        raise UsageError("{group}={word!r}: no such preset; expected: {choices}; yours go into DIR/experiment/ with "
                         "--config-dir DIR", group=EXPERIMENT, word=name, choices=suggest_names(name, known)) from None
    try:
        mapping, where = read_yaml_card(shorten_path(file))
    except ValueError as problem:
        raise to_usage_error(problem, str(shorten_path(file))) from None
    for entry in ("defaults", EXPERIMENT):
        if entry in mapping:
            raise to_usage_error(Message("{where}: {name} is not for a preset to set; write the settings themselves, "
                                         "such as territory: village", where=where.at((entry,)), name=entry))
    return dict(_flatten_settings({key: value for key, value in mapping.items() if key not in DESCRIBING_ENTRIES}, ""))


def _flatten_settings(mapping: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    """(dotted name, value) of every entry of nested mappings."""
    for key, value in mapping.items():
        if isinstance(value, Mapping):
            yield from _flatten_settings(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
