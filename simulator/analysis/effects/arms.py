"""The arms of a comparison: the same scenario and seeds, with and without levers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from ...i18n.number_format import format_dose
from ...i18n.translation import Message, list_languages, translate
from ...records.files.run_files import RunTables
from ..run_view import RunView, iterate_run_views
from .hit_panel import fix_the_hit
from .outcomes import OUTCOMES

if TYPE_CHECKING:
    from .judgement import Judgement

MAX_BARE_NAME_LENGTH = 2
"""A given name of at most so many characters, such as A, is uninformative: the levers are added to it."""
MAX_LEVERS_IN_LABEL = 2
"""Portfolios of at most so many levers are labelled by the levers' names, larger ones by their number."""



@dataclass
class Arm:
    """One portfolio and its runs. Outcomes are measured once and cached.

    portfolio: hash of its levers. levers: their ids. label: language to the name shown. runs: seed to the run.
    seeds_by_set: in an ensemble, the first seed of each parameter set to all seeds that were run with it; empty
    otherwise. Such a set counts as one observation, by its mean, because seeds that share their parameters are not
    independent. lever_list: language to its levers, where the label does not list them. has_own_name: True if the user
    named it. judgement: against no lever, once `rank_effects` has set it.
    """

    portfolio: str
    levers: tuple[str, ...]
    label: dict[str, str]
    runs: dict[int, RunView] = field(default_factory=dict)
    seeds_by_set: dict[int, tuple[int, ...]] = field(default_factory=dict)
    lever_list: dict[str, str] = field(default_factory=dict)
    has_own_name: bool = False
    judgement: Judgement | None = None
    _values: dict[tuple[str, int], float] = field(default_factory=dict, repr=False)

    def replace_run(self, seed: int, view: RunView) -> None:
        """Put another view in the place of a run; what was measured on it is forgotten."""
        self.runs[seed] = view
        self._values = {key: value for key, value in self._values.items() if key[1] != seed}

    def value(self, outcome: str, seed: int) -> float:
        """An outcome in the run of one seed; NaN if that run is missing. In an ensemble, the mean over its set."""
        return float(np.mean([self.value_of_single_run(outcome, k) for k in self.seeds_by_set.get(seed, (seed,))]))

    def measure_seed(self, measure: Callable[[RunView], Any], seed: int) -> Any:
        """A number or array measured on the run of one seed; NaN if that run is missing.

        In an ensemble, the mean over its set.
        """
        runs = [self.runs.get(k) for k in self.seeds_by_set.get(seed, (seed,))]
        return np.mean(np.broadcast_arrays(*[measure(view) if view else np.nan for view in runs]), axis=0)

    def value_of_single_run(self, outcome: str, seed: int) -> float:
        """An outcome in the run of this seed alone, even in an ensemble; NaN if that run is missing."""
        if seed not in self.runs:
            return float("nan")
        key = (outcome, seed)
        if key not in self._values:
            self._values[key] = OUTCOMES[outcome].measure(self.runs[seed])
        return self._values[key]

    def values(self, outcome: str, seeds: list[int]) -> np.ndarray:
        """float64[seeds]: an outcome, NaN where the run is missing or the outcome is unknown."""
        return np.array([self.value(outcome, seed) for seed in seeds], np.float64)

    def content(self, opened: RunTables) -> dict[str, Any]:
        """The full settings of its runs, read from one of them: they differ only by the seed."""
        return opened.content[str(next(iter(self.runs.values())).run["run"])]

    def column(self, name: str, seeds: list[int]) -> np.ndarray:
        """float64[seeds]: a column of the runs table."""
        return np.array([self.measure_seed(lambda view: float(view.run[name]), seed) for seed in seeds])


def collect_arms(opened: RunTables, context: str | None = None) -> list[Arm]:
    """Group runs into arms: the baseline first, then portfolios in the order of their levers' names.

    context: hash of the scenario and model to read; all runs without it. ValueError if runs of several contexts are
    mixed and none is named, unless they are an ensemble.
    """
    arms: dict[str, Arm] = {}
    contexts, sets = set(opened.tables["runs"]["context"]), map_seeds_to_parameter_sets(opened)
    if context is None and len(contexts) > 1 and not sets:
        raise ValueError(Message("runs of {n} different scenarios or models: name the context to compare in",
                                 n=len(contexts)))
    for view in iterate_run_views(opened):
        if context is not None and view.run["context"] != context:
            continue
        key = str(view.run["portfolio"])
        if key not in arms:
            levers = tuple(lever for lever in str(view.run["levers"]).split("+") if lever)
            arms[key] = Arm(key, levers, format_portfolio_label(opened.content[view.run["run"]]),
                            seeds_by_set=_group_seeds_by_set(sets))
        arms[key].runs[int(view.run["seed"])] = view
    ordered = sorted(arms.values(), key=lambda arm: (len(arm.levers) > 0, arm.levers, arm.portfolio))
    fix_the_hit(ordered, opened)
    return _make_labels_distinct(ordered, opened)


def map_seeds_to_parameter_sets(opened: RunTables) -> dict[int, tuple[str, str]]:
    """Map each seed of an ensemble to (its parameter set, its behaviour variant). Empty if runs are no ensemble.

    An ensemble has one scenario and, for each seed, one parameter set, which several seeds may share.
    """
    runs, sets = opened.tables["runs"], dict[int, tuple[str, str]]()
    for seed, context, behaviour in zip(*(runs[name] for name in ("seed", "context", "behaviour"))):
        if sets.setdefault(int(seed), (str(context), str(behaviour)))[0] != context:
            return {}
    if len(set(sets.values())) < 2:
        return {}
    scenarios = {json.dumps(opened.content[run]["scenario"], sort_keys=True, default=str) for run in runs["run"]}
    return sets if len(scenarios) == 1 else {}


def _group_seeds_by_set(sets: Mapping[int, tuple[str, str]]) -> dict[int, tuple[int, ...]]:
    """Map the first seed of each parameter set to all of its seeds; empty without an ensemble."""
    groups: dict[tuple[str, str], list[int]] = {}
    for seed in sorted(sets):
        groups.setdefault(sets[seed], []).append(seed)
    return {seeds[0]: tuple(seeds) for seeds in groups.values()}


def format_portfolio_label(content: Mapping[str, Any]) -> dict[str, str]:
    """A portfolio's label in each language, from its lever cards; a card without a name is shown by its id."""
    cards = content.get("levers") or ()
    if not cards:
        return format_no_lever_label()
    if len(cards) > MAX_LEVERS_IN_LABEL:
        return {lang: translate("{n} levers together", lang, n=len(cards)) for lang in list_languages()}
    return format_full_label(content)


def format_no_lever_label() -> dict[str, str]:
    """The label of the arm without levers, in each language."""
    return {lang: translate("No lever", lang) for lang in list_languages()}


def format_full_label(content: Mapping[str, Any]) -> dict[str, str]:
    """The names of all levers of a portfolio, in each language."""
    return {lang: " + ".join(str(card.get(f"label_{lang}") or card["id"]) for card in content.get("levers") or ())
            for lang in list_languages()}


def format_portfolio_key(doses: Mapping[str, float]) -> str:
    """Levers with their doses as one text: the key of `RunTables.portfolio_names`, the names users give."""
    return "+".join(f"{lever}*{float(dose):g}" for lever, dose in sorted(doses.items()))


def _format_dose_note(doses: Iterable[float], lang: str) -> str:
    """Doses behind the label of an arm: (dose 0,5 ; 2), in English (dose 0.5; 2)."""
    return translate(" (dose {doses})", lang, doses=translate("; ", lang).join(format_dose(one, lang) for one in doses))


def _make_labels_distinct(ordered: list[Arm], opened: RunTables) -> list[Arm]:
    """Label arms by the name the user gave, with doses if levers are the same, with a letter if they are many."""
    uses = Counter(arm.levers for arm in ordered)
    for arm in (arm for arm in ordered if arm.levers):
        content = arm.content(opened)
        doses = {str(card["id"]): float(card.get("dose", 1)) for card in content["levers"]}
        notes = {lang: _format_dose_note(doses.values(), lang) if uses[arm.levers] > 1 else ""
                 for lang in list_languages()}
        arm.lever_list = {lang: text + notes[lang] for lang, text in format_full_label(content).items()}
        arm.label = {lang: text + notes[lang] for lang, text in arm.label.items()}
        if name := opened.portfolio_names.get(format_portfolio_key(doses)):
            arm.has_own_name = True
            arm.label = {lang: name if len(name) > MAX_BARE_NAME_LENGTH else f"{name} · {text}"
                         for lang, text in arm.label.items()}
        if all(text in arm.label[lang] for lang, text in arm.lever_list.items()):
            arm.lever_list = {}
    return assign_letters(ordered)


def assign_letters(arms: list[Arm]) -> list[Arm]:
    """Label arms of many levers by letters, in the order given, if there are several of them. Returns `arms`."""
    large = [arm for arm in arms if len(arm.levers) > MAX_LEVERS_IN_LABEL and not arm.has_own_name]
    for k, arm in enumerate(large if len(large) > 1 else ()):
        arm.label = {lang: translate("Mix {letter} ({n} levers)", lang, letter=format_letter(k), n=len(arm.levers))
                     for lang in list_languages()}
    return arms


def format_letter(index: int) -> str:
    """The letter of an index from 0: A to Z, then AA, AB and so on."""
    earlier, last = divmod(index, 26)
    return (format_letter(earlier - 1) if earlier else "") + chr(ord("A") + last)


def list_observation_seeds(arms: list[Arm]) -> list[int]:
    """Seeds that any of these arms has run, in order; in an ensemble, the first seed of each parameter set."""
    seeds = {seed for arm in arms for seed in arm.runs}
    first_of_sets = {seed for arm in arms for seed in arm.seeds_by_set}
    return sorted(seeds & first_of_sets if first_of_sets else seeds)


def count_played_seeds(arms: list[Arm]) -> int:
    """Number of seeds that any of these arms has run."""
    return len({seed for arm in arms for seed in arm.runs})
