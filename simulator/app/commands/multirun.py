"""`run -m` and `compare -m`: every combination of listed values, read with Hydra's grammar and played as a study."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hydra._internal.core_plugins.basic_sweeper import BasicSweeper
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override as Parsed

from ...config.base_configuration import SELECTABLE_GROUPS, resolve_card_names
from ...config.cards.card_files import list_card_names, list_config_folders
from ...config.cards.card_names import find_card_name
from ...config.cards.card_types import is_free_text, is_plain_collection
from ...config.compose import build_config_loader, read_default_choice
from ...config.errors import UsageError, flatten_text, suggest_names
from ...config.experiment import expand_experiment_words
from ...config.grammar_errors import check_grammar
from ...config.job import parse_seeds
from ...config.overrides import NAMED_GROUPS, format_override_value, parse_override, strip_quotes
from ...config.settings import CompareSettings
from ...config.study.study_points import StudyPoints
from ...config.study.study_request import EXECUTION_SETTINGS, StudyRequest
from ...records.record import DIGEST_LENGTH
from ...studies.design import Design, PortfolioDesign
from ...studies.study import Study
from ..jobs.job_runner import print_settings
from ..jobs.results_folder import choose_dated_folder
from .study import run_study

if TYPE_CHECKING:
    from ..cli.main import CommandLine

SWEEP_EXAMPLE = "lever=coordinator,outreach"
MAX_SWEEP_POINTS = 100_000
NAME_IN_SWEEP = re.compile(r"[^,\[\]()]+")
COMPARE_ONLY = ("together", "euros", "posts", "arms", "lean", "ensemble", "worth", "paths", "paths_from", "priors",
                "redraw")
"""Settings of compare that a sweep of comparisons does not take."""


def command(line: CommandLine) -> int:
    """Expand the values, play the missing runs, report. Exit code 1 if some runs failed."""
    words = expand_experiment_words(line.arguments, list_config_folders(line.config_folders))
    fixed, swept = split_sweep_overrides(words, line.config_folders)
    if line.command == "compare":
        request = build_comparison_request(fixed, swept, list(line.config_folders))
    else:
        request = build_sweep_request(fixed, list_sweep_points(swept), list(line.config_folders))
        if not any(word.startswith("uncertainty=") for word in request.words):
            request.words.append("uncertainty=seeds")  # as `run` does
    study_points = StudyPoints(request)
    job = study_points.base.get_job()
    if line.cfg:
        return print_settings(job.settings)
    results = job.results or str(choose_dated_folder("multirun", job.territory_name))
    return run_study(study_points, job, line, results, by_point=True)


def split_sweep_overrides(words: Sequence[str], user_folders: Sequence[str]) -> tuple[list[str], list[Parsed]]:
    """(words with one value, Hydra's overrides of those with several). UsageError if none has several."""
    loader = build_config_loader(list_config_folders(list(user_folders)), "study")
    fixed, swept, grammar = [], [], OverridesParser.create(config_loader=loader)
    for word in words:
        key, equals, value = word.partition("=")
        if not equals or is_free_text(key) or is_plain_collection(key):
            fixed.append(word)
            continue
        try:
            (override,) = grammar.parse_overrides([_name_cards(key, value, word, list(user_folders))])
        except Exception:  # the grammar raises errors of many types; parse_override turns each into one line
            parse_override(word)
            check_grammar(word)
            raise
        if not override.is_sweep_override():
            fixed.append(word)
        elif not override.is_discrete_sweep() or key.partition(".")[0] in EXECUTION_SETTINGS:
            raise UsageError("{word!r}: expected listed values such as {example}", word=word,
                             example=SWEEP_EXAMPLE)
        elif not list(override.sweep_string_iterator()):
            raise UsageError("{word!r}: no card has such a name; expected: {choices}", word=word,
                             choices=suggest_names(key, list_card_names(key, list_config_folders(list(user_folders)))))
        else:
            swept.append(override)
    if not swept:
        raise UsageError("-m expects several values of a setting, such as lever=coordinator,outreach")
    return fixed, swept


def _name_cards(key: str, value: str, word: str, user_folders: list[str]) -> str:
    """The word with every card by the name of its file: Hydra's grammar reads neither accents nor apostrophes."""
    group = key.lstrip("+")
    if group not in NAMED_GROUPS:
        return word
    folders = list_config_folders(user_folders)

    def rename(found: re.Match[str]) -> str:
        return find_card_name(group, strip_quotes(found[0].strip()), folders) or found[0]

    return f"{key}={NAME_IN_SWEEP.sub(rename, value)}"


def list_sweep_points(swept: Sequence[Parsed]) -> list[dict[str, Any]]:
    """One point for each job of Hydra's basic sweeper: setting to value."""
    try:
        jobs = [job for batch in BasicSweeper.split_arguments(list(swept), None) for job in batch]
    except Exception as problem:
        raise UsageError("{word!r}: expected listed values such as {example}", word=flatten_text(problem),
                         example=SWEEP_EXAMPLE) from None
    if len(jobs) > MAX_SWEEP_POINTS:
        raise UsageError("{name} = {value!r}: expected a whole number, {low} to {high}", name="-m", value=len(jobs),
                         low=1, high=MAX_SWEEP_POINTS)
    points = []
    for job in jobs:
        overrides = [parse_override(word) for word in job]
        points.append({one.key: _convert_choice(one.key, one.value, one.card_names()) for one in overrides})
    return points


def _convert_choice(key: str, value: Any, names: list[str] | None) -> Any:
    if key in SELECTABLE_GROUPS:
        return [] if names == ["none"] else names
    return names[0] if names and not isinstance(value, list) else value


def build_sweep_request(fixed: list[str], points: list[dict[str, Any]], user_folders: list[str]) -> StudyRequest:
    """The sweep as a study: a list of points, without portfolios."""
    folders = list_config_folders(user_folders)
    words: list[str] = []
    seeds: tuple[int, ...] = (1,)
    cards = {group: resolve_card_names(group, read_default_choice("study", group, folders), folders)
             for group in SELECTABLE_GROUPS}
    for word in fixed:
        override = parse_override(word)
        if override.key in SELECTABLE_GROUPS:
            before = cards[override.key] if override.adds else []
            cards[override.key] = before + resolve_card_names(override.key, override.card_names(), folders)
        elif override.key in ("seed", "seeds"):
            seeds = parse_seeds([override.value] if override.key == "seed" else override.value)
        else:
            words.append(word)
    values_text = " ".join(sorted(f"{key}={value}" for point in points for key, value in point.items()))
    study = Study(question_fr=f"Toutes les combinaisons de {', '.join(points[0])}.",
                  question_en=f"Every combination of {', '.join(points[0])}.", design=Design("list"),
                  portfolios=PortfolioDesign(), rows=points, seeds=list(seeds))
    name = f"multirun-{hash_overrides(values_text, fixed)}"
    return StudyRequest(name, Path("multirun"), study, words, user_folders, folders, cards)


def build_comparison_request(fixed: list[str], swept: Sequence[Parsed], user_folders: list[str]) -> StudyRequest:
    """`compare -m`: at every point each lever alone and no lever, with the seeds of compare.

    UsageError for a setting of compare that a sweep of comparisons does not take.
    """
    folders = list_config_folders(user_folders)
    seeds: Any = CompareSettings().seeds
    levers = read_default_choice("compare", "lever", folders)
    words = []
    for word in fixed:
        override = parse_override(word)
        if override.key in COMPARE_ONLY:
            raise UsageError("compare -m does not take {name}=; leave it out, or make one comparison of each point",
                             name=override.key)
        if override.key == "lever":
            levers = resolve_card_names("lever", override.card_names(), folders)
        elif override.key == "seeds":
            seeds = override.value
        else:
            words.append(word)
    points = list_sweep_points([one for one in swept if one.key_or_group != "lever"]) if any(
        one.key_or_group != "lever" for one in swept) else [{}]
    for one in swept:
        if one.key_or_group == "lever":
            levers = list(dict.fromkeys(name for point in list_sweep_points([one]) for name in point["lever"]))
    request = build_sweep_request([*words, "lever=none", f"seeds={format_override_value(seeds, 'seeds')}"], points,
                                  user_folders)
    if not levers:
        raise UsageError("compare needs at least one lever: lever=coordinator, lever=[a,b] or lever=all "
                         "(resilience describe levers)")
    name = f"{request.name}-{hash_overrides(' '.join(levers), [])}"
    return replace(request, name=name, study=replace(request.study, portfolios=PortfolioDesign(levers)))


def hash_overrides(values_text: str, fixed: Sequence[str]) -> str:
    """Hex digest of the swept values and fixed words; where and how runs are played does not count."""
    from hashlib import sha256

    fixed_words = sorted(word for word in fixed
                         if word.partition("=")[0] not in ("results", "lang", "workers", "threads"))
    return sha256(" ".join([values_text, *fixed_words]).encode()).hexdigest()[:DIGEST_LENGTH]
