"""From a study request to the runs of every point, portfolio and seed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from ...studies.axis import Axis
from ...studies.design import DesignPoint
from ...studies.plan import PlannedRun, plan_replications
from ..base_configuration import SELECTABLE_GROUPS, BaseConfiguration, resolve_card_names
from ..cards.card_files import shorten_path
from ..ensemble import MEMBER_COLUMN, read_ensemble_rows
from ..errors import UsageError, missing_extra_error, to_usage_error
from ..job import parse_seeds
from ..parameter_ranges import list_parameter_ranges
from .study_request import EXECUTION_SETTINGS, StudyRequest

SEED_AXIS = "seed"


class StudyPoints:
    """The points of a study's design, and the runs at each. UsageError for an invalid study."""

    def __init__(self, request: StudyRequest) -> None:
        self.request, self.where = request, str(shorten_path(request.file))
        study = request.study
        try:
            ranges = list_parameter_ranges()
            self.axes: list[Axis] = study.axes(ranges)
            self.points: list[DesignPoint] = study.points(ranges)
            self.portfolios = study.portfolios.list_portfolios()
        except ModuleNotFoundError as problem:
            raise missing_extra_error(problem) from None
        except ValueError as problem:
            raise to_usage_error(problem, self.where) from None
        self.members = self._read_members()
        resolved = [self._resolve_member(point) for point in self.points]
        for seed in (point[SEED_AXIS] for point in resolved if SEED_AXIS in point):
            parse_seeds([seed])
        cards = {group: set(request.cards[group]) for group in SELECTABLE_GROUPS}
        cards["lever"] |= set(study.portfolios.levers)
        for point in resolved:
            for group in SELECTABLE_GROUPS:
                cards[group].update(resolve_card_names(group, point.get(group), request.config_folders))
        self.base = BaseConfiguration(request.words, request.user_folders, request.config_folders, cards)
        for name in dict.fromkeys(name for point in resolved for name in point):
            if name != SEED_AXIS:
                self.base.check_axis(name)

    def _read_members(self) -> dict[str, DesignPoint]:
        """Member of the ensemble, by its number as text, to its settings. UsageError for an invalid file."""
        name = self.request.study.ensemble
        if not name:
            return {}
        folder = self.request.file.resolve().parent
        file = (folder / name).resolve()
        if not file.is_relative_to(folder):
            raise UsageError("{where}: ensemble = {path!r} lies outside the study's folder; put the file beside "
                             "the study", where=self.where, path=name)
        return {row.pop(MEMBER_COLUMN): {key: parse_scalar(value) for key, value in row.items()}
                for row in read_ensemble_rows(file)}

    def _resolve_member(self, point: DesignPoint) -> DesignPoint:
        """The point with the settings of its member of the ensemble, which its own settings override."""
        if MEMBER_COLUMN not in point:
            return point
        if not self.request.study.ensemble:
            raise UsageError("{where}: member varies but no ensemble is named; add ensemble: FILE.csv, or leave "
                             "member out", where=self.where)
        number = str(point[MEMBER_COLUMN])
        if number not in self.members:
            raise UsageError("{where}: member {word!r} is not in {path}; expected one of its {count} members, such "
                             "as {choices}", where=self.where, word=number,
                             path=self.request.study.ensemble, count=len(self.members),
                             choices=", ".join(list(self.members)[:3]))
        rest = {name: value for name, value in point.items() if name != MEMBER_COLUMN}
        return {**self.members[number], **rest}

    def plan_runs(self, number: int, seeds: Iterable[int]) -> list[PlannedRun]:
        """The runs of point `number`: every portfolio with each of these seeds, or with the point's own seed."""
        point, folders = self.points[number], self.request.config_folders
        resolved = self._resolve_member(point)
        cards = {group: resolve_card_names(group, resolved[group], folders) if group in resolved
                 else self.request.cards[group] for group in SELECTABLE_GROUPS}
        if "lever" in resolved:
            cards["lever"] = [*cards["lever"], *self.request.cards["lever"]]
        seeds = [resolved[SEED_AXIS]] if SEED_AXIS in resolved else list(seeds)
        settings = {name: value for name, value in resolved.items() if name != SEED_AXIS}
        planned, numbers = [], self.base.get_job().numbers if MEMBER_COLUMN not in point else None
        for portfolio in self.portfolios:
            run = self.base.build_run(settings, {*cards["lever"], *portfolio}, cards["crisis"])
            numbers = numbers and numbers.keep(settings, run.model) if portfolio == self.portfolios[0] else numbers
            planned += plan_replications(number, point, run, seeds, numbers.choose_model if numbers else None)
        return planned

    def to_metadata(self) -> dict[str, str]:
        """Metadata of the plan's file, for analyses: the card of the study, its axes in order, its portfolios."""
        study: dict[str, Any] = asdict(self.request.study)
        words = [word for word in self.request.words if re.split("[.=]", word)[0] not in EXECUTION_SETTINGS]
        study |= {"name": self.request.name, "axes": [asdict(axis) for axis in self.axes], "words": words,
                  "sets": ["+".join(one) for one in self.portfolios]}
        return {"study": json.dumps(study, ensure_ascii=True, sort_keys=True, default=str)}


def parse_scalar(word: str) -> Any:
    """The value of a cell, parsed as YAML; the text itself if it is not valid YAML."""
    import yaml

    try:
        return yaml.safe_load(word)
    except (yaml.YAMLError, ValueError, LookupError):
        return word
