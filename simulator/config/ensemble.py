"""The ensemble of calibrated parameter sets: which numbers and which behaviour variant each seed is played with."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from ..i18n.refusal import Refusal
from ..parameters import Model
from ..parameters.model import BEHAVIOURS
from .errors import Refused, UsageError, one_line, refused
from .source import home, shown

FILE = Path("parameter_sets") / "calibrated.csv"
MEMBER, BEHAVIOUR, NUMBER = "member", "behaviour", "model."
LOOKS = 2
"""Seeds of each member in a `run`: two tell luck from numbers."""
COUNT = ("ensemble = {value}: expected 0 (default numbers) or 2 to {high}, the parameter sets that {path} has for this "
         "behaviour",
         "ensemble = {value} : attendu 0 (nombres par défaut) ou de 2 à {high}, les jeux de nombres que {path} a pour "
         "ce comportement")


def file_of(folders: Sequence[Path]) -> Path:
    """The ensemble's file: the user's own folders first, then the project's."""
    return next((folder / FILE for folder in folders if (folder / FILE).is_file()), home() / FILE)


def rows(file: Path) -> list[dict[str, str]]:
    """The members of an ensemble's file. UsageError for one that cannot serve."""
    try:
        with open(file, encoding="utf-8", newline="") as text:
            found = list(csv.DictReader(text))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        why = getattr(problem, "strerror", None) or one_line(problem)
        raise UsageError("unreadable", path=shown(file), why=why) from None
    if not found or any(None in row or None in row.values() or not row.get(MEMBER) for row in found):
        raise refused(f"{shown(file)}: expected a column {MEMBER} and one per setting, on every row; mend the file")
    return found


def models(asked: Any, base: Model, file: Path) -> tuple[Model, ...]:
    """The models of the first `asked` members, the variants in turn; none where no ensemble is asked for.

    Numbers that were set away from their defaults stay as they are set, and so does a variant that is not the default
    one: then only its own members count. UsageError for more members than there are.
    """
    if asked == 0 and not isinstance(asked, bool):
        return ()
    known = rows(file)
    if base.behaviour != BEHAVIOURS[0]:
        known = [row for row in known if row.get(BEHAVIOUR, base.behaviour) == base.behaviour]
    if isinstance(asked, bool) or not isinstance(asked, int) or not 2 <= asked <= len(known):
        raise Refused(Refusal(*COUNT, value=one_line(asked), high=len(known), path=shown(file)))
    return tuple(_model(row, base, f"{shown(file)}, {MEMBER} {row[MEMBER]}: ") for row in known[:asked])


def seeds(first: int, count: int) -> tuple[int, ...]:
    """Seeds of a `run`: one, or LOOKS for each member of its ensemble."""
    return tuple(range(first, first + max(1, LOOKS * count)))


def _model(row: Mapping[str, str], base: Model, where: str) -> Model:
    """The numbers of one member laid over the base. UsageError for a setting or a value that cannot be."""
    model = replace(base, behaviour=row.get(BEHAVIOUR) or base.behaviour,
                    **{item.name: replace(getattr(base, item.name)) for item in fields(base) if item.name != BEHAVIOUR})
    plain = Model()
    for name, value in row.items():
        group, _, number = name.removeprefix(NUMBER).partition(".")
        if name in (MEMBER, BEHAVIOUR):
            continue
        if not name.startswith(NUMBER) or not hasattr(getattr(plain, group, None), number):
            raise refused(f"{where}there is no setting {one_line(name)}; expected model.GROUP.NUMBER")
        if getattr(getattr(base, group), number) == getattr(getattr(plain, group), number):
            try:
                setattr(getattr(model, group), number, float(value))
            except ValueError:
                raise refused(f"{where}{name} = {one_line(value)}: expected a number") from None
    try:
        model.check()
    except ValueError as problem:
        raise refused(f"{where}{problem}") from None
    return model
