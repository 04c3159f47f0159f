"""The command that plays a folder's runs again, as far as what it says of itself tells."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import Any

from ...cards.reader import read
from ...parameters import Model
from ...records.parquet import read_metadata
from ...records.results import PLANS
from .case import Case


def command(case: Case) -> str:
    """`resilience compare …`, `run …` or `study …`, with every number of the model that was changed."""
    seeds = _listed(case.draws)
    if case.study or list((case.results.folder / PLANS).glob("*.parquet")):
        name = case.study or next((case.results.folder / PLANS).glob("*.parquet")).stem
        return f"resilience study name={name} seeds={_listed(case.played.seeds if case.played else case.seeds)}"
    if case.search:
        return _searching(case)
    scenario = case.content["scenario"]
    words = [*_place(scenario["territory"]), f"crisis={_names(scenario.get('crises', ()))}",
             f"lever={_names(case.cards('levers'))}"]
    words += [f"{name}={value}" for name, value in _numbers(case)]
    words += [f"lever.{card['id']}.dose={card['dose']:g}" for card in case.cards("levers") if _set(card)]
    single = len(case.opened.content) == 1
    words.append(f"seed={case.seeds[0]}" if single else f"seeds={seeds}")
    return " ".join(["resilience", "run" if single else "compare", *words])


def _searching(case: Case) -> str:
    """`resilience portfolio …`, with the settings of the search."""
    search, scenario = case.search, case.content["scenario"]
    assert search is not None
    given = [f"{name}={str(value).replace(' ', '').removesuffix('.0')}" for name, value in search.words.items()]
    return " ".join(["resilience", "portfolio", *_place(scenario["territory"]),
                     f"crisis={_names(scenario.get('crises', ()))}", f"lever='[{','.join(search.doses)}]'",
                     *(f"{name}={value}" for name, value in _numbers(case)), *given,
                     f"seeds={_listed(list(search.seeds))}"])


def _numbers(case: Case) -> Iterator[tuple[str, Any]]:
    """Numbers that were changed; of an ensemble, how many sets there are and what all of them have in common."""
    first = changed(case.content.get("model", {}))
    if not case.sets:
        yield from first
        return
    yield "ensemble", len(case.seeds)
    each = [dict(changed(one.get("model", {}))) for one in case.opened.content.values()]
    yield from ((name, value) for name, value in first
                if name != "behaviour" and all(one.get(name) == value for one in each))


def _place(territory: Mapping[str, Any]) -> list[str]:
    """The territory by its card, or by its files, of which the run keeps what they say and not where they lay."""
    if not territory.get("land"):
        return [f"territory={territory.get('id', '')}"]
    codes = ",".join(map(str, territory.get("communes") or ()))
    return ["territory.data=FILES", f"'territory.communes=[{codes}]'"]


def changed(model: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Dotted name and value of each of the model's settings that is not the declared default."""
    known = dict(_flat(asdict(Model())))
    for name, now in _flat(model):
        if name in known and known[name] != now:
            yield ("behaviour" if name == "behaviour" else f"model.{name}"), now


def _set(card: Mapping[str, Any]) -> bool:
    """True if a lever's dose is not the one of the project's own card."""
    own = resources.files("configs") / "lever" / f"{card['id']}.yaml"
    if not own.is_file():
        return False
    with resources.as_file(own) as file:
        return float(read(file)[0].get("dose", 1.0)) != float(card.get("dose", 1.0))


def _flat(group: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in group.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _names(cards: Any) -> str:
    names = [str(card["id"]) for card in cards]
    return "none" if not names else names[0] if len(names) == 1 else f"'[{','.join(names)}]'"


def _listed(seeds: list[int]) -> str:
    return str(len(seeds)) if seeds == list(range(1, len(seeds) + 1)) else f"'[{','.join(map(str, seeds))}]'"


def question(folder: Path, study: str, lang: str) -> str:
    """The question that a study's card asks, "" without one."""
    plans = sorted((folder / PLANS).glob("*.parquet"))
    plan = next((one for one in plans if one.stem == study), plans[0] if len(plans) == 1 else None)
    if plan is None:
        return ""
    told = json.loads(read_metadata(plan).get("study", "{}"))
    return str(told.get(f"question_{lang}") or "")
