"""The ensemble of calibrated parameter sets: the parameters and the behaviour variant of each seed."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from ..i18n.translation import Message
from ..parameters import Model
from ..parameters.model import BEHAVIOURS
from .cards.card_files import find_shipped_configs, shorten_path
from .errors import UsageError, flatten_text, get_system_reason, to_usage_error

ENSEMBLE_FILE = Path("parameter_sets") / "calibrated.csv"
MEMBER_COLUMN, BEHAVIOUR_COLUMN, PARAMETER_PREFIX = "member", "behaviour", "model."
SEEDS_PER_MEMBER = 2
"""Seeds of each member in a `run`: two separate random variation from that of the parameters."""


def find_ensemble_file(folders: Sequence[Path]) -> Path:
    """The file of the ensemble: in the first of the user's folders that has one, else the project's own."""
    own_files = (folder / ENSEMBLE_FILE for folder in folders)
    return next((file for file in own_files if file.is_file()), find_shipped_configs() / ENSEMBLE_FILE)


def read_ensemble_rows(file: Path) -> list[dict[str, str]]:
    """The members in an ensemble's file: column to text, one dict a member. UsageError for an invalid file."""
    try:
        with open(file, encoding="utf-8", newline="") as text:
            rows = list(csv.DictReader(text))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        why = get_system_reason(problem)
        raise UsageError("{path}: cannot be read ({why}); mend the path or the rights", path=shorten_path(file),
                         why=why) from None
    if not rows or any(None in row or None in row.values() or not row.get(MEMBER_COLUMN) for row in rows):
        raise to_usage_error(Message("{path}: expected a column {name} and one per setting, on every row; mend the "
                                     "file", path=shorten_path(file), name=MEMBER_COLUMN))
    return rows


def build_ensemble_models(member_count: Any, base: Model, file: Path) -> tuple[Model, ...]:
    """The parameters of the first `member_count` members, behaviour variants in turn; empty for 0.

    Parameters of `base` that differ from their defaults keep the values of `base`. So does its behaviour variant: then
    only members of that variant count. UsageError for more members than the file has.
    """
    if member_count == 0 and not isinstance(member_count, bool):
        return ()
    rows, path = read_ensemble_rows(file), shorten_path(file)
    if base.behaviour != BEHAVIOURS[0]:
        rows = [row for row in rows if row.get(BEHAVIOUR_COLUMN, base.behaviour) == base.behaviour]
    if isinstance(member_count, bool) or not isinstance(member_count, int) or not 2 <= member_count <= len(rows):
        raise to_usage_error(Message("ensemble = {value}: expected 0 (default numbers) or 2 to {high}, the parameter "
                                     "sets that {path} has for this behaviour", value=flatten_text(member_count),
                                     high=len(rows), path=path))
    places = (Message("{path}, member {member}", path=path, member=row[MEMBER_COLUMN]) for row in rows)
    return tuple(build_member_model(row, base, place) for row, place in zip(rows[:member_count], places))


def list_ensemble_seeds(first: int, count: int) -> tuple[int, ...]:
    """Seeds of a `run` with an ensemble of `count` members: SEEDS_PER_MEMBER for each; one seed without an ensemble."""
    return tuple(range(first, first + max(1, SEEDS_PER_MEMBER * count)))


def build_member_model(row: Mapping[str, str], base: Model, where: Message) -> Model:
    """The base with the parameters of one member. UsageError, beginning with `where`, for an unknown name or value."""
    groups = {item.name: replace(getattr(base, item.name)) for item in fields(base) if item.name != BEHAVIOUR_COLUMN}
    model = replace(base, behaviour=row.get(BEHAVIOUR_COLUMN) or base.behaviour, **groups)
    default = Model()
    for name, value in row.items():
        group, _, number = name.removeprefix(PARAMETER_PREFIX).partition(".")
        if name in (MEMBER_COLUMN, BEHAVIOUR_COLUMN):
            continue
        if not name.startswith(PARAMETER_PREFIX) or not hasattr(getattr(default, group, None), number):
            raise to_usage_error(Message("{where}: there is no setting {name}; expected model.GROUP.NUMBER",
                                         where=where, name=name))
        if getattr(getattr(base, group), number) == getattr(getattr(default, group), number):
            try:
                setattr(getattr(model, group), number, float(value))
            except ValueError:
                raise to_usage_error(Message("{where}: {name} = {value}: expected a number", where=where, name=name,
                                             value=value)) from None
    try:
        model.check()
    except ValueError as problem:
        raise to_usage_error(problem, where) from None
    return model
