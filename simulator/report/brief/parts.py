"""The annex and foot of a brief: tables, cards of levers, how to reproduce it."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from ...i18n.date_format import format_date
from ...i18n.number_format import format_number
from ...i18n.texts.brief_labels import ENSEMBLE_GLOSSARY, EXCLUSIONS, GLOSSARY
from ...i18n.translation import mark, translate
from ..figures.equity import GroupEffect
from .assumptions import format_variant
from .case import SEVERAL, Case
from .reproduce import command, format_folder_command
from .tables import (
    BriefTable,
    build_contents_table,
    build_cost_table,
    build_curve_table,
    build_groups_table,
    build_lever_effects_table,
    build_no_crisis_table,
    build_scenarios_table,
)

CARD = {"mechanism": mark("Mechanism"), "limits": mark("Limits"), "side_effects": mark("Side effects"),
        "personal_data": mark("Personal data")}
"""Entries of a lever's card that are shown, each with its heading."""


@dataclass(frozen=True)
class LeverCard:
    """A lever in words. parts: (heading, text) pairs."""

    name: str
    text: str
    parts: list[tuple[str, str]]


def build_annex_tables(case: Case, group_effects: list[GroupEffect]) -> dict[str, BriefTable]:
    """The tables of the annex by name, in order."""
    out = {}
    if case.is_comparable and case.crisis:
        out["effects"], out["costs"] = build_lever_effects_table(case), build_cost_table(case)
        if any(arm.lever_list for arm, _ in case.effects):
            out["inside"] = build_contents_table(case)
    if group_effects:
        out["groups"] = build_groups_table(case, group_effects)
    if case.crisis:
        out["curve"] = build_curve_table(case)
    if case.is_comparable and case.outcomes and case.scenario_count >= SEVERAL:
        out["points"] = build_scenarios_table(case, case.outcome_key(case.best_arm))
    return out if case.crisis else {**out, "calm": build_no_crisis_table(case)}


def build_lever_cards(case: Case) -> list[LeverCard]:
    """What each lever is, how it works, what limits it, its side effects and the personal data it needs."""
    lang, out = case.lang, []
    for card in case.cards("levers"):
        parts = [(translate(head, lang), _read_card_text(card, entry, lang)) for entry, head in CARD.items()]
        name = _read_card_text(card, "label", lang) or str(card["id"])
        explanation = _read_card_text(card, "explanation", lang)
        out.append(LeverCard(name, explanation, [(heading, text) for heading, text in parts if text]))
    return out


def _read_card_text(card: Mapping[str, object], name: str, lang: str) -> str:
    text = card.get(f"{name}_fr") if lang == "fr" else card.get(f"{name}_en") or card.get(name)
    return str(text or "").strip()


def list_reproduction_settings(case: Case) -> list[tuple[str, str]]:
    """(name, value) of all that is needed to play the runs again, the command first."""
    lang, variants = case.lang, [format_variant(name, case.lang) for name in _list_variants(case)]
    runs = {name: format_number(value, lang) for name, value in case.run_counts.items()}
    return [(translate("Command", lang), command(case)),
            (translate("All of it again, compared to the byte", lang), format_folder_command(case)),
            *_list_analysis_command(case),
            (translate("Model version", lang), str(case.sample_run.run["model_version"])),
            (translate("Draws (seeds)", lang), ", ".join(map(str, case.draws))),
            *_list_set_counts(case),
            (translate("Dates of the scenario", lang), _format_dates(case)),
            (translate("Behaviour variant", lang), ", ".join(variants)),
            (translate("Runs", lang), translate("{done} played, {failed} failed, {missing} to play", lang, **runs))]


def _list_analysis_command(case: Case) -> list[tuple[str, str]]:
    """The command that analyses a folder of several scenarios; nothing for one scenario."""
    if case.outcomes is None or case.scenario_count < SEVERAL:
        return []
    return [(translate("To go further (sensitivity, regret, scenarios in which the lever fails)", case.lang),
             f"resilience analyse {shlex.quote(case.results.folder.name)}")]


def _format_dates(case: Case) -> str:
    """When levers and crises begin."""
    lang, scenario = case.lang, case.content["scenario"]
    crises = [translate("{crisis} on {day}, {days} days", lang, crisis=str(card.get(f"label_{lang}") or card["id"]),
                        days=card.get("days", "?"), day=format_date(card["start"], lang))
              for card in scenario.get("crises", ())]
    levers = format_date(scenario["calendar"]["levers"], lang)
    if not crises:
        return translate("levers from {levers}; no crisis", lang, levers=levers)
    return translate("levers from {levers}; {crises}", lang, levers=levers, crises=", ".join(crises))


def _list_set_counts(case: Case) -> list[tuple[str, str]]:
    """The number of parameter sets of an ensemble; nothing for anything else."""
    if not case.parameter_sets:
        return []
    return [(translate("Calibrated sets of numbers", case.lang), format_number(len(case.seeds), case.lang))]


def _list_variants(case: Case) -> list[str]:
    """Behaviour variants that were played, in the order of first use."""
    variants = list(dict.fromkeys(name for _, name in case.parameter_sets.values()))
    return variants or [str(case.sample_run.run["behaviour"])]


def format_no_crisis_uncertainty(case: Case, assumed: str) -> str:
    """What differences in everyday life count. assumed: the share of assumed numbers, as a percentage."""
    if case.parameter_sets:
        return translate("These differences say nothing of losses avoided. They count the model's luck and the doubt "
                         "about its calibrated numbers, not about the others: {assumed} of its numbers are "
                         "assumptions.", case.lang, assumed=assumed)
    return translate("These differences say nothing of losses avoided and count only the model's luck: "
                     "{assumed} of its numbers are assumptions.", case.lang, assumed=assumed)


def format_costs_note(case: Case) -> str:
    """The first and last day of the costs counted."""
    first, last = case.content["scenario"]["calendar"]["levers"], str(case.sample_run.series["date"][-1])
    return translate("Costs from {first} to {last}, beyond no lever; range of prices below. Days gained: the "
                     "{days} days after the crisis began.", case.lang, first=format_date(first, case.lang),
                     last=format_date(last, case.lang),
                     days=format_number(float(case.sample_run.run["horizon"]), case.lang))


def list_exclusions(lang: str) -> tuple[str, ...]:
    """What the model leaves out."""
    return tuple(translate(text, lang) for text in EXCLUSIONS)


def build_glossary(case: Case) -> tuple[tuple[str, str], ...]:
    """Terms used, each with its meaning; an ensemble replaces some meanings and adds terms."""
    terms = {**GLOSSARY, **ENSEMBLE_GLOSSARY} if case.parameter_sets else GLOSSARY
    return tuple((translate(term, case.lang, context="glossary"), translate(meaning, case.lang))
                 for term, meaning in terms.items())
