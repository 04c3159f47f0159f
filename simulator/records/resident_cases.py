"""Six recognisable residents of a comparison, each without levers and with each, as data kept beside the runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .files.parquet import write_text_atomically
from .files.plain_file import read_plain_text
from .story import StoryPerson

CASES_FILE = "cases.json"
CASE_KINDS = ("old_alone", "lone_parent", "family", "isolated", "hindered", "well_off")
"""Kinds of residents, in the order in which they are told."""


@dataclass(frozen=True)
class CaseLife:
    """What one arm holds for a resident.

    run: key of the run. hit: whether the crisis hits them. loss: person-days of functioning lost since onset.
    days_back: days from onset until they function well for good; None if not by the end. helped_by: words for who did.
    """

    run: str
    hit: bool
    loss: float
    days_back: int | None
    asked: bool
    helped_by: tuple[str, ...]
    alive: bool


@dataclass(frozen=True)
class ResidentCase:
    """One resident of a kind. lift: whether the building has one. lives: the one without levers first."""

    kind: str
    person: StoryPerson
    lift: bool
    lives: tuple[CaseLife, ...]


@dataclass(frozen=True)
class CaseSheet:
    """The cases of one scenario and seed. levers: of each arm, language to its name. missing: kinds nobody of whom is
    hit without levers.
    """

    seed: int
    levers: tuple[Mapping[str, str], ...]
    cases: tuple[ResidentCase, ...]
    missing: tuple[str, ...]

    @property
    def runs(self) -> tuple[str, ...]:
        """Keys of the runs of the arms; empty without a case."""
        return tuple(life.run for life in self.cases[0].lives) if self.cases else ()


def write_cases(sheet: CaseSheet, folder: Path) -> None:
    """Write cases.json, whole or not at all. OSError if it cannot be."""
    write_text_atomically(folder / CASES_FILE, json.dumps(asdict(sheet), ensure_ascii=False, indent=1) + "\n")


def read_cases(folder: Path) -> CaseSheet | None:
    """The cases that a folder keeps; None where there are none, or none that this version can read."""
    try:
        data = json.loads(read_plain_text(folder / CASES_FILE))
        return CaseSheet(int(data["seed"]), tuple(data["levers"]), tuple(map(_read_case, data["cases"])),
                         tuple(data["missing"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _read_case(data: dict[str, Any]) -> ResidentCase:
    facts: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value
                             for name, value in data["person"].items()}
    lives = tuple(CaseLife(**{**life, "helped_by": tuple(life["helped_by"])}) for life in data["lives"])
    return ResidentCase(str(data["kind"]), StoryPerson(**facts), bool(data["lift"]), lives)
