"""What the answer of a brief leans on: assumed numbers, evidence on the lever, behaviour variants, other scenarios."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from ...analysis.played import BASELINE, Played
from ...i18n.number import percent
from ..evidence import assumed, grades
from ..figures.assumptions import leaning
from ..figures.equity import label
from ..figures.uncertainty import PARTS, effect_split
from ..terminal.summary import listed
from .case import SEVERAL, Case
from .screening import screened

VARIANTS = ("balanced", "selection_only", "socialisation_only")


def leans(case: Case) -> list[str]:
    """One sentence or two for each thing that the answer rests on, or that would change it."""
    return [*_split(case), *_numbers(case), *_behaviour(case), *_elsewhere(case), *_scenarios(case), *_open(case)]


def _split(case: Case) -> Iterator[str]:
    """Where the uncertainty of an ensemble comes from."""
    if not (case.sets and case.compared and case.baseline):
        return
    found = effect_split(case.baseline, case.first, case.sets)
    lang, parts = case.lang, []
    for part in PARTS:
        if np.isfinite(found.share(part)):
            key = "both" if part == "numbers" and not np.isfinite(found.luck) else part
            parts.append(label(f"split_{key}", lang, share=percent(found.share(part), lang)))
    if parts:
        yield label("split", lang, lever=case.first.label[lang], parts=", ".join(parts))


def _numbers(case: Case) -> Iterator[str]:
    lang, found = case.lang, grades(case.content, case.cards("levers"))
    yield label("graded", lang, all=sum(found.values()), share=percent(assumed(found), lang), **found)
    if case.compared:
        measured = leaning(case.results.folder, {"+".join(case.first.levers): case.first.label[lang]}, lang)
        if measured or case.crisis:
            crises = {str(card["id"]): str(card.get(f"label_{lang}") or card["id"]) for card in case.cards("crises")}
            yield measured or screened(crises, lang, plain=True)
        card = next((one for one in case.cards("levers") if one["id"] in case.first.levers), {})
        known = card.get("evidence") or {}
        text = str(known.get("text_fr" if lang == "fr" else "text") or known.get("text") or "").strip()
        if text:
            yield label("evidence", lang, lever=str(card.get(f"label_{lang}") or card["id"]), text=text,
                        grade=label(f"grade.{known.get('grade', 'assumption')}", lang))
        yield label("money", lang)


def _behaviour(case: Case) -> Iterator[str]:
    """The effect under each variant where several were played in the same scenarios, else which ones to play."""
    lang, told = case.lang, case.elsewhere or case.played
    if not case.compared:
        return
    rows = _by_variant(told, case.key(case.first, told)) if told else {}
    if told is None or len(rows) < SEVERAL:
        yield label("one_variant", lang, behaviour=variant(str(case.view.run["behaviour"]), lang))
        return
    change, base = told.change("loss", case.key(case.first, told)), told.values("loss", BASELINE)
    parts = []
    for name, points in rows.items():
        known = np.isfinite(change[points])
        share = float(change[points][known].mean() / base[points][known].mean())
        parts.append(f"{variant(name, lang)} {percent(share, lang, 1, True)}")
    yield label("variants", lang, lever=case.first.label[lang], parts=", ".join(parts))


def _by_variant(told: Played, arm: str) -> dict[str, list[int]]:
    """Behaviour variant to the points played with an arm and with nothing else that differs from variant to variant."""
    names = list(map(str, told.settings.get("behaviour", ())))
    played = np.isfinite(told.change("loss", arm)).any(axis=1)
    scenes: dict[tuple[str, ...], dict[str, int]] = {}
    for point, name in enumerate(names):
        if played[point]:
            scene = tuple(str(values[point]) for key, values in told.settings.items() if key != "behaviour")
            scenes.setdefault(scene, {})[name] = point
    every = [name for name in dict.fromkeys(names) if any(name in one for one in scenes.values())]
    whole = [one for one in scenes.values() if len(one) == len(every)]
    return {name: [one[name] for one in whole] for name in every} if whole else {}


def variant(name: str, lang: str) -> str:
    """The name of a behaviour variant in the reader's language."""
    return label(f"behaviour.{name}", lang) if name in VARIANTS else name


def _elsewhere(case: Case) -> Iterator[str]:
    """What the best portfolio of a search did in scenarios that were not part of the search."""
    told, lang = case.elsewhere, case.lang
    if told is None or not case.compared:
        return
    change, base = told.change("loss", case.key(case.first, told)), told.values("loss", BASELINE)
    mine = {str(view.run["context"]) for view in case.played.runs.values()} if case.played else set()
    shares = []
    for point in range(told.points):
        known = np.isfinite(change[point]) & (base[point] > 0)
        here = {str(view.run["context"]) for (_, where, _), view in told.runs.items() if where == point}
        if known.any() and not here & mine:
            shares.append(-float(change[point][known].sum() / base[point][known].sum()))
    if shares:
        low, high = (percent(end, lang) for end in (min(shares), max(shares)))
        yield label("elsewhere", lang, n=len(shares), lever=case.first.label[lang], low=low, high=high)


def _scenarios(case: Case) -> Iterator[str]:
    lang, told = case.lang, case.played
    if told is None or case.points < SEVERAL:
        return
    change = {arm: np.array([np.nanmean(row) if np.isfinite(row).any() else np.nan for row in told.change("loss", arm)])
              for arm in told.others}
    table = np.array([change[arm] for arm in told.others])
    known = np.flatnonzero(np.isfinite(table).sum(axis=0) >= min(SEVERAL, len(table)))
    leads = Counter(told.others[int(np.nanargmin(table[:, point]))] for point in known)
    name, arm = case.first.label[lang], case.key(case.first)
    if not len(known):
        pass
    elif leads[arm] == len(known):
        yield label("first_always", lang, lever=name, points=len(known))
    else:
        others = [told.arms[other][lang] for other, _ in leads.most_common() if other != arm]
        yield label("first_in", lang, lever=name, share=percent(leads[arm] / len(known), lang), points=len(known),
                    others=", ".join(others[:SEVERAL + 1]))
    if arm in change and (worse := int((change[arm] > 0).sum())):
        yield label("worse", lang, k=worse, points=len(known))
    yield label("analyse", lang, folder=case.results.folder.name)


def _open(case: Case) -> Iterator[str]:
    doubtful: list[Any] = [arm for arm, one in case.found if not one.settled]
    if case.compared and case.crisis and doubtful:
        yield label("not_settled", case.lang, levers=listed(doubtful, case.lang))
