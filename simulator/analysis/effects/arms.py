"""The arms of a comparison: the same scenario and seeds, with and without levers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...records.folder import Opened
from ..run_view import RunView, views
from .outcomes import OUTCOMES

NONE = {"fr": "Sans levier", "en": "No lever"}

SIGN = 2
"""Characters of a name that says nothing by itself, such as A: the levers stand beside it."""
NAMED = 2
"""Levers named in a portfolio's label; of more, their number."""
TOGETHER = {"fr": "{n} leviers ensemble", "en": "{n} levers together"}
LETTERED = {"fr": "Combinaison {letter} ({n} leviers)", "en": "Mix {letter} ({n} levers)"}


@dataclass
class Arm:
    """One portfolio. label: language to name; inside: language to its levers where the name does not list them; named:
    True if somebody gave it its name; runs: seed to the run; values are measured once and kept.

    alike: of an ensemble, the first seed of each parameter set to all seeds that were played with it. Such a set counts
    as one observation, by its mean: seeds that share their numbers are not independent of one another.
    """

    portfolio: str
    levers: tuple[str, ...]
    label: dict[str, str]
    runs: dict[int, RunView] = field(default_factory=dict)
    alike: dict[int, tuple[int, ...]] = field(default_factory=dict)
    inside: dict[str, str] = field(default_factory=dict)
    named: bool = False
    _values: dict[tuple[str, int], float] = field(default_factory=dict, repr=False)

    def value(self, outcome: str, seed: int) -> float:
        """An outcome in the run of one seed; NaN if that run is missing. Of an ensemble, the mean of its set."""
        return float(np.mean([self.alone(outcome, one) for one in self.alike.get(seed, (seed,))]))

    def told(self, of: Callable[[RunView], Any], seed: int) -> Any:
        """What `of` says, a number or an array, of the run of one seed; NaN if that run is missing. Of an ensemble, the
        mean of its set."""
        runs = [self.runs.get(one) for one in self.alike.get(seed, (seed,))]
        return np.mean(np.broadcast_arrays(*[of(view) if view else np.nan for view in runs]), axis=0)

    def alone(self, outcome: str, seed: int) -> float:
        """An outcome in the run of this very seed; NaN if that run is missing."""
        if seed not in self.runs:
            return float("nan")
        key = (outcome, seed)
        if key not in self._values:
            self._values[key] = OUTCOMES[outcome].of(self.runs[seed])
        return self._values[key]

    def values(self, outcome: str, seeds: list[int]) -> np.ndarray:
        """float64[seeds]: an outcome, NaN where the run is missing or the outcome not known."""
        return np.array([self.value(outcome, seed) for seed in seeds], np.float64)

    def content(self, opened: Opened) -> dict[str, Any]:
        """All that the outcome of one of its runs depends on: but for the seed, the same for all."""
        return opened.content[str(next(iter(self.runs.values())).run["run"])]

    def column(self, name: str, seeds: list[int]) -> np.ndarray:
        """float64[seeds]: a column of the runs table."""
        return np.array([self.told(lambda view: float(view.run[name]), seed) for seed in seeds])


def arms(opened: Opened, context: str | None = None) -> list[Arm]:
    """Baseline first, then portfolios in order of their levers' names.

    ValueError if runs of several contexts (scenario, model) are mixed and none is named, unless they are an ensemble.
    """
    found: dict[str, Arm] = {}
    contexts, sets = set(opened.tables["runs"]["context"]), parameter_sets(opened)
    if context is None and len(contexts) > 1 and not sets:
        raise ValueError(f"runs of {len(contexts)} different scenarios or models: name the context to compare in")
    for view in views(opened):
        if context is not None and view.run["context"] != context:
            continue
        key = str(view.run["portfolio"])
        if key not in found:
            levers = tuple(part for part in str(view.run["levers"]).split("+") if part)
            found[key] = Arm(key, levers, label(opened.content[view.run["run"]]), alike=_alike(sets))
        found[key].runs[int(view.run["seed"])] = view
    ordered = sorted(found.values(), key=lambda arm: (len(arm.levers) > 0, arm.levers, arm.portfolio))
    return _distinct(ordered, opened)


def parameter_sets(opened: Opened) -> dict[int, tuple[str, str]]:
    """Seed to (its parameter set, its behaviour variant) of an ensemble: one scenario, and each seed with
    numbers of its own, which several seeds may share. Empty where runs are no ensemble."""
    runs, found = opened.tables["runs"], dict[int, tuple[str, str]]()
    for seed, context, behaviour in zip(*(runs[name] for name in ("seed", "context", "behaviour"))):
        if found.setdefault(int(seed), (str(context), str(behaviour)))[0] != context:
            return {}
    if len(set(found.values())) < 2:
        return {}
    scenes = {json.dumps(opened.content[run]["scenario"], sort_keys=True, default=str) for run in runs["run"]}
    return found if len(scenes) == 1 else {}


def _alike(sets: Mapping[int, tuple[str, str]]) -> dict[int, tuple[int, ...]]:
    """First seed of each parameter set to its seeds; empty without an ensemble."""
    found: dict[tuple[str, str], list[int]] = {}
    for seed in sorted(sets):
        found.setdefault(sets[seed], []).append(seed)
    return {seeds[0]: tuple(seeds) for seeds in found.values()}


def label(content: Mapping[str, Any]) -> dict[str, str]:
    """A portfolio's name in each language, from its cards; the card's id where it has none."""
    cards = content.get("levers") or ()
    if not cards:
        return dict(NONE)
    if len(cards) > NAMED:
        return {lang: text.format(n=len(cards)) for lang, text in TOGETHER.items()}
    return in_full(content)


def in_full(content: Mapping[str, Any]) -> dict[str, str]:
    """The names of all levers of a portfolio, in each language."""
    return {lang: " + ".join(str(card.get(f"label_{lang}") or card["id"]) for card in content.get("levers") or ())
            for lang in NONE}


def portfolio_key(doses: Mapping[str, float]) -> str:
    """Lever to its dose, as one text: under it `Opened.names` keeps the name that somebody gave a portfolio."""
    return "+".join(f"{lever}*{float(dose):g}" for lever, dose in sorted(doses.items()))


def _distinct(ordered: list[Arm], opened: Opened) -> list[Arm]:
    """Arms get the name that somebody gave them; those of the same levers their doses; large ones a letter."""
    often = Counter(arm.levers for arm in ordered)
    for arm in (one for one in ordered if one.levers):
        content = arm.content(opened)
        doses = {str(card["id"]): float(card.get("dose", 1)) for card in content["levers"]}
        told = ""
        if often[arm.levers] > 1:
            told = f" (dose {', '.join(f'{dose:g}' for dose in doses.values())})"
        arm.inside = {lang: text + told for lang, text in in_full(content).items()}
        arm.label = {lang: text + told for lang, text in arm.label.items()}
        if name := opened.names.get(portfolio_key(doses)):
            arm.named = True
            arm.label = {lang: name if len(name) > SIGN else f"{name} · {text}" for lang, text in arm.label.items()}
        if all(text in arm.label[lang] for lang, text in arm.inside.items()):
            arm.inside = {}
    return lettered(ordered)


def lettered(found: list[Arm]) -> list[Arm]:
    """Arms of many levers, told apart by letters in this order where there are several of them."""
    large = [arm for arm in found if len(arm.levers) > NAMED and not arm.named]
    for place, arm in enumerate(large if len(large) > 1 else ()):
        arm.label = {lang: text.format(letter=letter(place), n=len(arm.levers)) for lang, text in LETTERED.items()}
    return found


def letter(place: int) -> str:
    """By what the n-th of several is called: A to Z, then AA, AB and so on."""
    ahead, last = divmod(place, 26)
    return (letter(ahead - 1) if ahead else "") + chr(ord("A") + last)


def seeds_of(chosen: list[Arm]) -> list[int]:
    """Seeds that any of these arms has played, in order; of an ensemble, the first seed of each parameter set."""
    seeds = {seed for arm in chosen for seed in arm.runs}
    alike = {seed for arm in chosen for seed in arm.alike}
    return sorted(seeds & alike if alike else seeds)


def played(chosen: list[Arm]) -> int:
    """How many seeds any of these arms has played."""
    return len({seed for arm in chosen for seed in arm.runs})
