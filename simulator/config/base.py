"""The ground a study stands on: composed once per territory and behaviour, with every lever and crisis it may need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..levers.card import Lever
from ..scenario.run import Run
from .compose import CARDS, belongs, compose, known
from .errors import UsageError, choices, one_line
from .overrides import Override
from .pin import pinned
from .resolve import Job, settle
from .settings import MANY
from .source import names

COMPOSED = ("territory", "behaviour")
"""Choices for which settings are composed anew; levers and crises are picked out of what was composed."""
PICKED = ("lever", "crisis")


def cards_of(group: str, value: Any, folders: Sequence[Path]) -> list[str]:
    """The names of cards that a value of a study means: a name, a list, `all` or `none`. UsageError for others."""
    listed = list(value) if isinstance(value, (list, tuple)) else [] if value in (None, "none", "") else [value]
    there = names(group, list(folders))
    if listed == ["all"]:
        return there
    for name in listed:
        if not isinstance(name, str) or name not in there:
            raise UsageError("unknown_choice", group=group, word=one_line(name), choices=choices(name, there),
                             many=MANY[group])
    if len(set(listed)) < len(listed):
        raise UsageError("double", group=group, word=", ".join(listed))
    return listed


class Ground:
    """Jobs by territory and behaviour; `run(settings, levers)` gives the run at a point of a design."""

    def __init__(self, words: Sequence[str], given: Sequence[str], folders: Sequence[Path],
                 cards: Mapping[str, Iterable[str]]) -> None:
        self.words, self.given, self.folders = list(words), list(given), list(folders)
        self.cards = {group: sorted(set(cards[group])) for group in PICKED}
        self._jobs: dict[tuple[tuple[str, str], ...], Job] = {}
        self._points: dict[tuple[tuple[str, Any], ...], Job] = {}

    def job(self, chosen: Mapping[str, str] | None = None) -> Job:
        """The job composed with these choices of territory and behaviour. UsageError if it cannot be."""
        key = tuple(sorted((chosen or {}).items()))
        if key not in self._jobs:
            words = [word for word in self.words if word.partition("=")[0] not in dict(key)]
            words += [f"{name}={value}" for name, value in key]
            words += [f"{group}=[{','.join(found)}]" for group, found in self.cards.items()]
            self._jobs[key] = settle("study", compose("study", words, self.given))
        return self._jobs[key]

    def check(self, name: str) -> None:
        """UsageError unless a setting of that name may vary in this study."""
        if name in (*COMPOSED, *PICKED):
            return
        group, _, rest = name.partition(".")
        if not rest or group not in ("model", "calendar", "lever", "crisis", "site", "territory"):
            raise UsageError("study_setting", name=one_line(name))
        one = Override(name, "", f"{name}=0")
        known("study", one)
        if group in CARDS:
            there = names("site", self.folders) if group == "site" else self.cards.get(group, [])
            belongs(one, group, rest, list(there))

    def run(self, settings: Mapping[str, Any], levers: Iterable[str], crises: Iterable[str]) -> Run:
        """The run at a point, with these levers and crises of those composed. UsageError if it cannot be."""
        job = self._at(settings)
        places = {group: {name: k for k, name in enumerate(self.cards[group])} for group in PICKED}
        chosen: list[Lever] = [job.levers[places["lever"][name]] for name in sorted(levers)]
        scenario = job.baseline.scenario
        found = tuple(scenario.crises[places["crisis"][name]] for name in sorted(crises))
        return replace(job.baseline, scenario=replace(scenario, crises=found), levers=tuple(chosen))

    def _at(self, settings: Mapping[str, Any]) -> Job:
        """The job with a point's settings; the arms of a point share it."""
        key = tuple(sorted((name, value) for name, value in settings.items() if name not in PICKED))
        if key not in self._points:
            self._points.clear()
            chosen = {name: str(value) for name, value in key if name in COMPOSED}
            self._points[key] = pinned(self.job(chosen), {n: v for n, v in key if n not in COMPOSED})
        return self._points[key]
