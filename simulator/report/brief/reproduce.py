"""The commands that play a folder's runs again: as typed, else as far as the folder's content shows."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import Any

from ...cards.reader import read_yaml_card
from ...parameters import Model
from ...records.files.folder_check import PLANS_FOLDER
from ...records.files.parquet import read_metadata
from .case import Case
from .portfolio_search import read_job_settings


def command(case: Case) -> str:
    """The command as it was typed; of a folder that does not tell, what its content shows."""
    job = read_job_settings(case.results.folder)
    if "arguments" in job and case.study in ("", job.get("name", "")):
        own = ["--config-dir", f"{case.results.folder.name}/cards"] if (case.results.folder / "cards").is_dir() else []
        return shlex.join(["resilience", *str(job["command"]).split(), *map(str, job["arguments"]), *own])
    return _describe_content(case)


def format_folder_command(case: Case) -> str:
    """The command that plays the folder of a brief, or its bundle, again and compares every run to the byte."""
    return f"resilience reproduce {shlex.quote(case.results.folder.name)}"


def _describe_content(case: Case) -> str:
    """The command (run, compare, portfolio or study) with every number of the model that was changed."""
    plans = list((case.results.folder / PLANS_FOLDER).glob("*.parquet"))
    if case.study or plans:
        seeds = case.outcomes.seeds if case.outcomes else case.seeds
        return f"resilience study name={case.study or plans[0].stem} seeds={_format_seeds(seeds)}"
    if case.search:
        return _format_search_command(case)
    scenario = case.content["scenario"]
    words = [*_list_territory_words(scenario["territory"]), f"crisis={_format_card_ids(scenario.get('crises', ()))}",
             f"lever={_format_card_ids(case.cards('levers'))}"]
    words += [f"{name}={value}" for name, value in _list_command_settings(case)]
    words += [f"lever.{card['id']}.dose={card['dose']:g}" for card in case.cards("levers") if _has_changed_dose(card)]
    single = len(case.opened.content) == 1
    words.append(f"seed={case.seeds[0]}" if single else f"seeds={_format_seeds(case.draws)}")
    return " ".join(["resilience", "run" if single else "compare", *words])


def _format_search_command(case: Case) -> str:
    """`resilience portfolio …`, with the settings of the search."""
    search, scenario = case.search, case.content["scenario"]
    assert search is not None
    settings = [f"{name}={str(value).replace(' ', '').removesuffix('.0')}" for name, value in search.settings.items()]
    return " ".join(["resilience", "portfolio", *_list_territory_words(scenario["territory"]),
                     f"crisis={_format_card_ids(scenario.get('crises', ()))}", f"lever='[{','.join(search.doses)}]'",
                     *(f"{name}={value}" for name, value in _list_command_settings(case)), *settings,
                     f"seeds={_format_seeds(list(search.seeds))}"])


def _list_command_settings(case: Case) -> Iterator[tuple[str, Any]]:
    """Numbers that were changed, and which sets of numbers the seeds played; of several, what they have in common."""
    settings = read_job_settings(case.results.folder).get("settings", {})
    if not case.parameter_sets:
        yield from list_changed_settings(case.content.get("model", {}))
        if not case.search and len(case.opened.content) > 1:
            yield "uncertainty", "seeds"
        return
    models = [dict(_flatten(content.get("model", {}))) for content in case.opened.content.values()]
    in_turn = settings.get("ensemble") or not settings and len({one["behaviour"] for one in models}) == 1
    if in_turn:
        yield "ensemble", len(case.seeds)
    defaults = dict(_flatten(asdict(Model())))
    varied = set() if in_turn else _list_varied_numbers() | {"behaviour"}
    for name, value in models[0].items():
        if all(one.get(name) == value for one in models) and (value != defaults.get(name) or name in varied):
            yield ("behaviour" if name == "behaviour" else f"model.{name}"), value


def _list_varied_numbers() -> set[str]:
    """Names, group.number, that the shipped plausible sets hold: one that is the same in all runs was given."""
    file = resources.files("configs") / "parameter_sets" / "calibrated.csv"
    heads = file.read_text(encoding="utf-8").partition("\n")[0].strip().split(",")
    return {head.removeprefix("model.") for head in heads if head.startswith("model.")}


def _list_territory_words(territory: Mapping[str, Any]) -> list[str]:
    """The territory by the name of its card. One from official files: FILES stands for them, since a run keeps their
    content and not their path."""
    codes = ",".join(map(str, territory.get("communes") or ()))
    around = [f"territory.point={lon},{lat} territory.around_km={territory.get('around_km')}"
              for lon, lat in territory.get("points") or ()]
    if territory.get("official_data"):
        return ["territory.data=FILES", f"'territory.communes=[{codes}]'", *around]
    if around:
        return around
    name = str(territory.get("id", ""))
    return [f"'territory=[{codes}]'" if name.startswith("communes_") else f"territory={name}"]


def list_changed_settings(model: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Dotted name and value of each of the model's settings that is not the declared default."""
    defaults = dict(_flatten(asdict(Model())))
    for name, value in _flatten(model):
        if name in defaults and defaults[name] != value:
            yield ("behaviour" if name == "behaviour" else f"model.{name}"), value


def _has_changed_dose(card: Mapping[str, Any]) -> bool:
    """True if a lever's dose is not that of the card shipped with the project; False for a card of the user's own."""
    shipped = resources.files("configs") / "lever" / f"{card['id']}.yaml"
    if not shipped.is_file():
        return False
    with resources.as_file(shipped) as file:
        return float(read_yaml_card(file)[0].get("dose", 1.0)) != float(card.get("dose", 1.0))


def _flatten(group: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted name and value of every entry of nested mappings."""
    for name, value in group.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _format_card_ids(cards: Any) -> str:
    names = [str(card["id"]) for card in cards]
    return "none" if not names else names[0] if len(names) == 1 else f"'[{','.join(names)}]'"


def _format_seeds(seeds: list[int]) -> str:
    return str(len(seeds)) if seeds == list(range(1, len(seeds) + 1)) else f"'[{','.join(map(str, seeds))}]'"


def read_study_question(folder: Path, study: str, lang: str) -> str:
    """The question on a study's card, "" where there is none."""
    plans = sorted((folder / PLANS_FOLDER).glob("*.parquet"))
    plan = next((plan for plan in plans if plan.stem == study), plans[0] if len(plans) == 1 else None)
    if plan is None:
        return ""
    card = json.loads(read_metadata(plan).get("study", "{}"))
    return str(card.get(f"question_{lang}") or "")
