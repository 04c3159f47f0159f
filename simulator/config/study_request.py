"""A study as it was asked for: its card, and what the command line changes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from ..cards.reader import Where, read
from ..parameters import Model
from ..scenario.run import Calendar
from ..studies.study import Study, study_from
from .base import PICKED, cards_of
from .compose import default_choice, search
from .errors import UsageError, choices, one_line, refused
from .overrides import parse
from .resolve import seeds_of
from .source import file_of, names, shown

AROUND = ("name", "seeds", "retry", "workers", "threads", "results", "lang", "executor")
LONGEST = 80
"""Characters of a study's name: its plan is a file of that name."""
PLAIN = re.compile(r"[A-Za-z_][\w./-]*|\d{4}-\d\d-\d\d")


@dataclass
class Asked:
    """The study, its name and file, the words from which its runs are composed, and the cards every run has."""

    name: str
    file: Path
    study: Study
    words: list[str]
    given: list[str]
    folders: list[Path]
    cards: dict[str, list[str]]

    @property
    def seeds(self) -> tuple[int, ...]:
        """Seeds of the first batch, or all of them."""
        if self.study.stop is not None:
            return tuple(range(1, self.study.stop.least + 1))
        return seeds_of(self.study.seeds)


def asked(words: Sequence[str], given: Sequence[str]) -> Asked:
    """The study named by name=…, with what the other words change. UsageError naming what cannot be."""
    parsed = {one.key: (word, one) for word in words for one in [parse(word)]}
    if len(parsed) < len(words):
        keys = [parse(word).key for word in words]
        raise UsageError("twice", name=next(key for key in keys if keys.count(key) > 1))
    folders = search(list(given))
    name, file = _find(str(parsed["name"][1].value) if "name" in parsed else "", folders)
    try:
        mapping, where = read(shown(file))
        study = study_from(mapping, where)
        study.design.check()
    except ValueError as problem:
        raise refused(problem, str(shown(file))) from None
    own = {key: (word, one.value, one.names()) for key, (word, one) in parsed.items()}
    return _merged(name, file, study, own, (list(given), folders))


def _find(name: str, folders: list[Path]) -> tuple[str, Path]:
    there = names("study", folders)
    if not name:
        raise UsageError("which_study", choices=", ".join(there))
    if name.endswith((".yaml", ".yml")):
        if not Path(name).is_file():
            raise UsageError("no_study", word=one_line(name), choices=", ".join(there))
        return re.sub(r"[^\w-]", "_", Path(name).stem)[:LONGEST], Path(name)
    try:
        if len(name) > LONGEST or not re.fullmatch(r"[\w-]+", name):
            raise KeyError(name)
        return name, file_of("study", name, folders)
    except KeyError:
        raise UsageError("no_study", word=one_line(name), choices=choices(name, there)) from None


def _merged(name: str, file: Path, study: Study, own: Mapping[str, tuple[str, Any, list[str] | None]],
            where: tuple[list[str], list[Path]]) -> Asked:
    """Words of the command line win: a setting given there no longer varies."""
    given, folders = where
    for key in study.set:
        if key.partition(".")[0] in AROUND:
            raise UsageError("refused", where=f"{shown(file)}: ", text=f"set.{one_line(key)}: expected a setting of "
                             "the model; where, how and with which seeds it is played is said on the command line")
    study = _pinned(study, own)
    fixed: dict[str, Any] = {key: value for key, value in study.set.items() if key not in own}
    cards = {group: _fixed(group, fixed.pop(group, None), folders) for group in PICKED}
    words = [f"{key}={written(value, f'{shown(file)}: set.{key}')}" for key, value in fixed.items()]
    for key, (word, value, chosen) in own.items():
        if key == "lever" and study.portfolios.levers:
            study = replace(study, portfolios=replace(study.portfolios, levers=cards_of(key, chosen, folders)))
        elif key in PICKED:
            cards[key] = cards_of(key, chosen, folders)
        elif key == "seeds":
            study = replace(study, seeds=value, stop=None)
        elif key != "name":
            words.append(word)
    study.portfolios.levers = cards_of("lever", study.portfolios.levers, folders)
    return Asked(name, file, study, [f"name={name}", *words], given, folders, cards)


def _fixed(group: str, value: Any, folders: list[Path]) -> list[str]:
    if value is None and group == "crisis":
        value = default_choice("study", group, folders)
    return cards_of(group, value, folders)


def _pinned(study: Study, own: Mapping[str, Any]) -> Study:
    rows = [{key: value for key, value in row.items() if key not in own} for row in study.rows]
    vary = {key: value for key, value in study.vary.items() if key not in own}
    return replace(study, vary=vary, rows=[dict(row) for row in {str(row): row for row in rows}.values()])


def written(value: Any, where: str) -> str:
    """A value of YAML as the command line would have it. UsageError for a mapping."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, list):
        return f"[{','.join(written(one, where) for one in value)}]"
    if not isinstance(value, str):
        raise UsageError("refused", where=f"{where}: ",
                         text="expected a value, found a mapping; write dotted names, such as model.joining.rate: 0.2")
    if PLAIN.fullmatch(value) and value.lower() not in ("true", "false", "null", "none", "nan", "inf"):
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'" if value != "none" else value


def declared() -> dict[str, tuple[float, float]]:
    """Range of every number of the model and of the calendar, by its dotted name."""
    return {**_ranges(Model, "model"), **_ranges(Calendar, "calendar")}


def _ranges(kind: Any, prefix: str) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    for item in fields(kind):
        default = item.default_factory() if callable(item.default_factory) else None
        if is_dataclass(default):
            found |= _ranges(type(default), f"{prefix}.{item.name}")
        elif "unit" in item.metadata:
            found[f"{prefix}.{item.name}"] = (item.metadata["low"], item.metadata["high"])
    return found


def unknown_outcome(study: Study, where: Where | str, known: Sequence[str]) -> None:
    """UsageError for an outcome that is not known."""
    for outcome in [*study.outcomes, *([study.stop.outcome] if study.stop else [])]:
        if outcome not in known:
            raise UsageError("study_outcome", where=where, word=one_line(outcome), choices=choices(outcome, known))
