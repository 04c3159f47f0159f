"""The base of a study: its jobs, composed once per territory and behaviour with every lever and crisis of the study.

Composing takes half a second, and a study has thousands of points: these only change settings of a composed job.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..levers.card import Lever
from ..scenario.run import Run
from .cards.card_files import list_card_names
from .cards.card_names import find_card_name, suggest_cards
from .cards.card_types import CARD_TYPES
from .compose import admit_card_override, check_setting_exists, compose_config, list_given_settings
from .errors import UsageError, flatten_text
from .job import Job, resolve_job
from .overrides import Override
from .settings import DESCRIBE_TOPICS
from .study.point_settings import apply_settings

COMPOSED_GROUPS = ("territory", "behaviour")
"""Groups whose choice needs a new composition; levers and crises are selected from those composed."""
SELECTABLE_GROUPS = ("lever", "crisis")


def resolve_card_names(group: str, value: Any, folders: Sequence[Path]) -> list[str]:
    """The names of cards in a value: a name, a list, `all` or `none`. UsageError for an unknown or repeated name."""
    listed = list(value) if isinstance(value, (list, tuple)) else [] if value in (None, "none", "") else [value]
    known = list_card_names(group, list(folders))
    listed = [find_card_name(group, one, folders) or one if isinstance(one, str) else one for one in listed]
    if listed in (["all"], ["none"]):
        return known if listed == ["all"] else []
    for name in listed:
        if not isinstance(name, str) or name not in known:
            raise UsageError("{group}={word!r}: no such card; expected: {choices} (resilience describe {many})",
                             group=group, word=flatten_text(name), many=DESCRIBE_TOPICS[group],
                             choices=suggest_cards(group, flatten_text(name), folders))
    if len(set(listed)) < len(listed):
        raise UsageError("{group}: {word!r} is listed twice; keep one", group=group, word=", ".join(listed))
    return listed


class BaseConfiguration:
    """Jobs by territory and behaviour, from which `build_run` makes the run at a point of a design.

    words: settings that hold for every run. folders: the user's folders and the project's own. cards: "lever" and
    "crisis" to the names of all cards of the study. command: the command whose settings are composed.
    """

    def __init__(self, words: Sequence[str], user_folders: Sequence[str], folders: Sequence[Path],
                 cards: Mapping[str, Iterable[str]], command: str = "study") -> None:
        self.command = command
        self.words, self.user_folders, self.folders = list(words), list(user_folders), list(folders)
        self.cards = {group: sorted(set(cards[group])) for group in SELECTABLE_GROUPS}
        self._jobs: dict[tuple[tuple[str, str], ...], Job] = {}
        self._points: dict[tuple[tuple[str, Any], ...], Job] = {}

    def get_job(self, chosen: Mapping[str, str] | None = None) -> Job:
        """The job composed with these choices of territory and behaviour. UsageError for invalid settings."""
        key = tuple(sorted((chosen or {}).items()))
        if key not in self._jobs:
            words = [word for word in self.words if word.partition("=")[0] not in dict(key)]
            words += [f"{name}={value}" for name, value in key]
            words += [f"{group}=[{','.join(names)}]" for group, names in self.cards.items()]
            self._jobs[key] = resolve_job(self.command, compose_config(self.command, words, self.user_folders),
                                          [Path(folder) for folder in self.user_folders],
                                          list_given_settings(words, self.user_folders))
        return self._jobs[key]

    def check_axis(self, name: str) -> None:
        """UsageError unless the setting of that name may vary in this study."""
        if name in (*COMPOSED_GROUPS, *SELECTABLE_GROUPS):
            return
        group, _, rest = name.partition(".")
        if not rest or group not in ("model", "calendar", "lever", "crisis", "site", "territory"):
            raise UsageError("setting {name!r} cannot vary in a study; expected territory, behaviour, crisis, "
                             "lever, member, seed, or a number of a model, calendar, crisis, lever, site or "
                             "territory such as crisis.heatwave.severity", name=name)
        override = Override(name, "", f"{name}=0")
        check_setting_exists(self.command, override)
        if group in CARD_TYPES:
            known = list_card_names("site", self.folders) if group == "site" else self.cards.get(group, [])
            admit_card_override(override, group, rest, list(known))

    def build_run(self, settings: Mapping[str, Any], levers: Iterable[str], crises: Iterable[str]) -> Run:
        """The run at a point, with these levers and crises of those composed. UsageError for invalid settings."""
        job = self._get_job_at_point(settings)
        lever_cards: dict[str, Lever] = dict(zip(self.cards["lever"], job.levers))
        scenario = job.baseline.scenario
        crisis_cards = dict(zip(self.cards["crisis"], scenario.crises))
        scenario = replace(scenario, crises=tuple(crisis_cards[name] for name in sorted(crises)))
        return replace(job.baseline, scenario=scenario, levers=tuple(lever_cards[name] for name in sorted(levers)))

    def _get_job_at_point(self, settings: Mapping[str, Any]) -> Job:
        """The job with the settings of a point. Only the last point is cached: its portfolios follow one another."""
        key = tuple(sorted((name, value) for name, value in settings.items() if name not in SELECTABLE_GROUPS))
        if key not in self._points:
            self._points.clear()
            chosen = {name: str(value) for name, value in key if name in COMPOSED_GROUPS}
            numbers = {name: value for name, value in key if name not in COMPOSED_GROUPS}
            self._points[key] = apply_settings(self.get_job(chosen), numbers)
        return self._points[key]
