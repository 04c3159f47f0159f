"""From the study asked for to the runs of every point, portfolio and seed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..studies.axis import Axis
from ..studies.design import Point
from ..studies.plan import Planned, with_seeds
from .base import PICKED, Ground, cards_of
from .ensemble import MEMBER, rows
from .errors import UsageError, one_line, refused
from .source import shown
from .study_request import AROUND, Asked, declared

SEED = "seed"
EXTRAS = {"SALib": "analysis", "scipy": "analysis", "distributed": "distributed", "dask": "distributed",
          "pyarrow": "analysis"}


class Points:
    """The points of a study's design, and the runs at each."""

    def __init__(self, asked: Asked) -> None:
        self.asked, self.where = asked, str(shown(asked.file))
        study = asked.study
        try:
            self.axes: list[Axis] = study.axes(declared())
            self.all: list[Point] = study.points(declared())
            self.portfolios = study.portfolios.sets()
        except ModuleNotFoundError as problem:
            raise missing_extra(problem) from None
        except ValueError as problem:
            raise refused(problem, self.where) from None
        self.members = self._ensemble()
        resolved = [self._resolved(point) for point in self.all]
        cards = {group: {name for point in resolved for name in cards_of(group, point.get(group), asked.folders)}
                 | set(asked.cards[group]) for group in PICKED}
        cards["lever"] |= set(study.portfolios.levers)
        self.ground = Ground(asked.words, asked.given, asked.folders, cards)
        for name in dict.fromkeys(name for point in resolved for name in point):
            if name != SEED:
                self.ground.check(name)

    def _ensemble(self) -> dict[str, Point]:
        """Number of each member of the ensemble to its settings. UsageError for a file that cannot serve."""
        name = self.asked.study.ensemble
        if not name:
            return {}
        folder = self.asked.file.resolve().parent
        file = (folder / name).resolve()
        if not file.is_relative_to(folder):
            raise UsageError("study_outside", where=self.where, path=one_line(name))
        return {row.pop(MEMBER): {key: scalar(value) for key, value in row.items()} for row in rows(file)}

    def _resolved(self, point: Point) -> Point:
        """A point with the settings of its member of the ensemble."""
        if MEMBER not in point:
            return point
        if not self.asked.study.ensemble:
            raise UsageError("study_members", where=self.where)
        number = str(point[MEMBER])
        if number not in self.members:
            raise UsageError("study_member", where=self.where, word=one_line(number), path=self.asked.study.ensemble,
                             count=len(self.members), choices=", ".join(list(self.members)[:3]))
        rest = {name: value for name, value in point.items() if name != MEMBER}
        return {**self.members[number], **rest}

    def runs(self, number: int, seeds: Iterable[int]) -> list[Planned]:
        """The runs of a point with these seeds: every portfolio, each with every seed."""
        point, folders = self.all[number], self.asked.folders
        resolved = self._resolved(point)
        own = {group: cards_of(group, resolved[group], folders) if group in resolved else self.asked.cards[group]
               for group in PICKED}
        if "lever" in resolved:
            own["lever"] = [*own["lever"], *self.asked.cards["lever"]]
        seeds = [resolved[SEED]] if SEED in resolved else list(seeds)
        settings = {name: value for name, value in resolved.items() if name != SEED}
        found = []
        for portfolio in self.portfolios:
            run = self.ground.run(settings, {*own["lever"], *portfolio}, own["crisis"])
            found += with_seeds(number, point, run, seeds)
        return found

    def told(self) -> dict[str, str]:
        """What a plan says of its study, for whoever analyses it: the card, its axes in order, its portfolios."""
        study: dict[str, Any] = asdict(self.asked.study)
        words = [word for word in self.asked.words if re.split("[.=]", word)[0] not in AROUND]
        study |= {"name": self.asked.name, "axes": [asdict(axis) for axis in self.axes], "words": words,
                  "sets": ["+".join(one) for one in self.portfolios]}
        return {"study": json.dumps(study, ensure_ascii=True, sort_keys=True, default=str)}


def scalar(word: str) -> Any:
    """A cell of a table as YAML would read it."""
    import yaml

    try:
        return yaml.safe_load(word)
    except yaml.YAMLError:
        return word


def missing_extra(problem: ModuleNotFoundError) -> UsageError:
    """What to install."""
    module = (problem.name or "").partition(".")[0]
    return UsageError("missing_extra", module=module, extra=EXTRAS.get(module, "analysis"))


def study_of(metadata: Mapping[str, str], file: Path) -> dict[str, Any]:
    """The card of a study out of its plan's metadata. ValueError if it has none."""
    if "study" not in metadata:
        raise ValueError(f"{file}: not the plan of a study")
    found: dict[str, Any] = json.loads(metadata["study"])
    return found
