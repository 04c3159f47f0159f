"""The study of a command line: its card, with the changes that the command line makes to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ...cards.reader import CardLocation, read_yaml_card
from ...cards.renamed import OUTCOMES as RENAMED_OUTCOMES
from ...i18n.translation import Message
from ...studies.study import Study, parse_study
from ..base_configuration import SELECTABLE_GROUPS, resolve_card_names
from ..cards.card_files import find_card_file, list_card_names, list_config_folders, shorten_path
from ..compose import read_default_choice
from ..errors import UsageError, make_renamed_error, suggest_names, to_usage_error
from ..job import parse_seeds
from ..overrides import format_setting_word, parse_override

EXECUTION_SETTINGS = ("name", "seeds", "retry", "workers", "threads", "results", "lang", "executor")
MAX_STUDY_NAME_LENGTH = 80
"""Longest name of a study, characters: its plan is a file of that name."""


@dataclass
class StudyRequest:
    """A study with its name and file.

    words: settings from which every run is composed. cards: "lever" and "crisis" to the names of cards of every run.
    """

    name: str
    file: Path
    study: Study
    words: list[str]
    user_folders: list[str]
    config_folders: list[Path]
    cards: dict[str, list[str]]

    @property
    def seeds(self) -> tuple[int, ...]:
        """All seeds, or those of the first batch if the study has a stopping rule."""
        if self.study.stop is not None:
            return tuple(range(1, self.study.stop.least + 1))
        return parse_seeds(self.study.seeds)


def read_study_request(words: Sequence[str], user_folders: Sequence[str]) -> StudyRequest:
    """The study of name=…, changed by the other words. UsageError naming the faulty word or entry."""
    overrides = [parse_override(word) for word in words]
    parsed = {override.key: (word, override) for word, override in zip(words, overrides)}
    if len(parsed) < len(words):
        keys = [override.key for override in overrides]
        raise UsageError("setting {name!r} is given twice; keep one",
                         name=next(key for key in keys if keys.count(key) > 1))
    folders = list_config_folders(list(user_folders))
    name, file = _find_study_file(str(parsed["name"][1].value) if "name" in parsed else "", folders)
    try:
        mapping, where = read_yaml_card(shorten_path(file))
        study = parse_study(mapping, where)
        study.design.check()
    except ValueError as problem:
        raise to_usage_error(problem, str(shorten_path(file))) from None
    changes = {key: (word, override.value, override.card_names()) for key, (word, override) in parsed.items()}
    return _merge_overrides(name, file, study, changes, (list(user_folders), folders))


def _find_study_file(name: str, folders: list[Path]) -> tuple[str, Path]:
    """(name, file) of a study given by the name of its card or by a path. UsageError if there is none."""
    known = list_card_names("study", folders)
    if not name:
        raise UsageError("study which? write name=…: {choices}", choices=", ".join(known))
    if name.endswith((".yaml", ".yml")):
        if not Path(name).is_file():
            raise UsageError("{word!r}: no study of that name; expected: {choices}, or the path of a YAML file; "
                             "yours go into DIR/study/ with --config-dir DIR", word=name,
                             choices=", ".join(known))
        return re.sub(r"[^\w-]", "_", Path(name).stem)[:MAX_STUDY_NAME_LENGTH], Path(name)
    try:
        if len(name) > MAX_STUDY_NAME_LENGTH or not re.fullmatch(r"[\w-]+", name):
            raise KeyError(name)
        return name, find_card_file("study", name, folders)
    except KeyError:
        raise UsageError("{word!r}: no study of that name; expected: {choices}, or the path of a YAML file; yours "
                         "go into DIR/study/ with --config-dir DIR", word=name,
                         choices=suggest_names(name, known)) from None


def _merge_overrides(name: str, file: Path, study: Study, overrides: Mapping[str, tuple[str, Any, list[str] | None]],
                     all_folders: tuple[list[str], list[Path]]) -> StudyRequest:
    """The study with the overrides of the command line; a setting given there no longer varies.

    overrides: setting to (word, value, value as names of cards). all_folders: the user's, and all.
    """
    user_folders, folders = all_folders
    for key in study.set:
        if key.partition(".")[0] in EXECUTION_SETTINGS:
            raise to_usage_error(Message("{path}: set.{name}: expected a setting of the model; where, how and with "
                                         "which seeds it is played is said on the command line",
                                         path=shorten_path(file), name=key))
    study = _drop_overridden_axes(study, overrides)
    fixed: dict[str, Any] = {key: value for key, value in study.set.items() if key not in overrides}
    cards = {group: _resolve_fixed_cards(group, fixed.pop(group, None), folders) for group in SELECTABLE_GROUPS}
    words = [format_setting_word(key, value, f"{shorten_path(file)}: set.{key}")
             for key, value in fixed.items()]
    for key, (word, value, chosen) in overrides.items():
        if key == "lever" and study.portfolios.levers:
            levers = resolve_card_names(key, chosen, folders)
            study = replace(study, portfolios=replace(study.portfolios, levers=levers))
        elif key in SELECTABLE_GROUPS:
            before = cards[key] if word.startswith("+") else []
            cards[key] = before + resolve_card_names(key, chosen, folders)
        elif key == "seeds":
            study = replace(study, seeds=value, stop=None)
        elif key != "name":
            words.append(word)
    study.portfolios.levers = resolve_card_names("lever", study.portfolios.levers, folders)
    return StudyRequest(name, file, study, [f"name={name}", *words], user_folders, folders, cards)


def _resolve_fixed_cards(group: str, value: Any, folders: list[Path]) -> list[str]:
    if value is None and group == "crisis":
        value = read_default_choice("study", group, folders)
    return resolve_card_names(group, value, folders)


def _drop_overridden_axes(study: Study, overrides: Mapping[str, Any]) -> Study:
    """The study without the axes that the command line sets; rows that become equal count once."""
    rows = [{key: value for key, value in row.items() if key not in overrides} for row in study.rows]
    vary = {key: value for key, value in study.vary.items() if key not in overrides}
    return replace(study, vary=vary, rows=[dict(row) for row in {str(row): row for row in rows}.values()])


def check_outcome_names(study: Study, where: CardLocation | str, known: Sequence[str]) -> None:
    """UsageError for an outcome of the study that is not in `known`."""
    for outcome in [*study.outcomes, *([study.stop.outcome] if study.stop else [])]:
        if outcome in RENAMED_OUTCOMES:
            raise make_renamed_error("outcome", outcome, RENAMED_OUTCOMES[outcome], where)
        if outcome not in known:
            raise UsageError("{where}: outcome {word!r} is not known; expected: {choices}", where=where,
                             word=outcome, choices=suggest_names(outcome, known))
