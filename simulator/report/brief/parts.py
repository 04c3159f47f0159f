"""The parts of a brief that stand in its annex or foot: tables, cards of levers, how to play it again."""

from __future__ import annotations

from dataclasses import dataclass

from ...i18n.brief_labels import GLOSSARY, OF_SETS, OUT
from ...i18n.calendar_day import day_text
from ...i18n.number import number
from ..figures.equity import Gain, label
from .assumptions import variant
from .case import SEVERAL, Case
from .reproduce import command
from .tables import Table, calm_table, cost_table, curve_table, effects_table, groups_table, inside_table, points_table

CARD = ("mechanism", "limits", "side", "data")
FIELDS = {"mechanism": "mechanism", "limits": "limits", "side": "side_effects", "data": "personal_data"}


@dataclass(frozen=True)
class LeverCard:
    """A lever in words. parts: heading and text."""

    name: str
    text: str
    parts: list[tuple[str, str]]


def tables(case: Case, found: list[Gain]) -> dict[str, Table]:
    """The tables of the annex by name, in order."""
    out = {}
    if case.compared and case.crisis:
        out["effects"], out["costs"] = effects_table(case), cost_table(case)
        if any(arm.inside for arm, _ in case.found):
            out["inside"] = inside_table(case)
    if found:
        out["groups"] = groups_table(case, found)
    if case.crisis:
        out["curve"] = curve_table(case)
    if case.compared and case.played and case.points >= SEVERAL:
        out["points"] = points_table(case, case.key(case.first))
    return out if case.crisis else {**out, "calm": calm_table(case)}


def cards(case: Case) -> list[LeverCard]:
    """What each lever is, by what it works, where it stops, and what it may do unasked."""
    lang = case.lang
    out = []
    for card in case.cards("levers"):
        def told(name: str, card: dict[str, object] = card) -> str:
            text = card.get(f"{name}_fr") if lang == "fr" else card.get(f"{name}_en") or card.get(name)
            return str(text or "").strip()

        parts = [(label(name, lang), told(FIELDS[name])) for name in CARD]
        out.append(LeverCard(told("label") or str(card["id"]), told("explanation"), [one for one in parts if one[1]]))
    return out


def settings(case: Case) -> list[tuple[str, str]]:
    """What has to be known to play it again, the command first."""
    lang, count = case.lang, case.count
    scenario = case.content["scenario"]
    crises = [label("crisis_date", lang, crisis=str(card.get(f"label_{lang}") or card["id"]),
                    days=card.get("days", "?"), day=day_text(card["start"], lang))
              for card in scenario.get("crises", ())]
    begun = day_text(scenario["calendar"]["levers"], lang)
    dates = label("dates_text", lang, levers=begun, crises=", ".join(crises)) if crises else label(
        "dates_calm", lang, levers=begun)
    runs = {name: number(value, lang) for name, value in count.items()}
    return [(label("command", lang), command(case)), (label("version", lang), str(case.view.run["model_version"])),
            (label("seeds", lang), ", ".join(map(str, case.draws))), *_sets(case), (label("dates", lang), dates),
            (label("variant", lang), ", ".join(variant(name, lang) for name in _variants(case))),
            (label("runs", lang), label("done", lang, **runs))]


def _sets(case: Case) -> list[tuple[str, str]]:
    """How many sets of numbers an ensemble has."""
    return [(label("sets", case.lang), number(len(case.seeds), case.lang))] if case.sets else []


def _variants(case: Case) -> list[str]:
    """Behaviour variants that were played, the first one first."""
    return list(dict.fromkeys(name for _, name in case.sets.values())) or [str(case.view.run["behaviour"])]


def costs_note(case: Case) -> str:
    """From when to when money was counted."""
    scenario, series = case.content["scenario"], case.view.series
    return label("cost_note", case.lang, first=day_text(scenario["calendar"]["levers"], case.lang),
                 last=day_text(str(series["date"][-1]), case.lang))


def left_out(lang: str) -> tuple[str, ...]:
    """What the model leaves out."""
    return OUT[lang]


def glossary(case: Case) -> tuple[tuple[str, str], ...]:
    """Words used, each with what it means here."""
    other = dict(OF_SETS[case.lang]) if case.sets else {}
    return (*((word, other.pop(word, told)) for word, told in GLOSSARY[case.lang]), *other.items())
