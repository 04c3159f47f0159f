"""How well the numbers of a comparison are known, and which assumed ones its conclusion leans on most."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from math import isfinite
from pathlib import Path
from textwrap import fill

from ...analysis.sensitivity.assumption_screening import Lean, Tried
from ...i18n.figure_texts import LANGUAGES
from ...i18n.number import NOTHING, decimals_of, interval, number, percent
from ...records.evidence import FACTOR, Known, graded
from ..analysis_sheet import Sheet
from ..evidence import assumed
from ..terminal.table import fixed

SHOWN, NAMED = 6, 3
"""Numbers and sets in the terminal, numbers in a sentence; lean.csv has all."""
WIDTH = 110

SAID: dict[str, tuple[str, str]] = {
    "share": ("Nombres dont cette comparaison peut dépendre, hors chiffres de population : {all} ; mesurés : "
              "{measured}, publiés : {published}, déduits : {derived}, supposés : {assumption} ({share}). Chacun est "
              "dans evidence.csv.",
              "Numbers this comparison can depend on, census counts apart: {all}; measured: {measured}, published: "
              "{published}, derived: {derived}, assumed: {assumption} ({share}). Each of them is in evidence.csv."),
    "head": ("Nombres supposés dont dépend le plus l'effet de « {lever} » ({effect} jour-personne par habitant avec "
             "les nombres retenus, {seeds} graines) :",
             "Assumed numbers on which the effect of “{lever}” depends most ({effect} person-days per resident at "
             "present values, {seeds} seeds):"),
    "name": ("nombre supposé", "assumed number"), "value": ("valeur", "value"), "at": ("essayé à", "tried at"),
    "then": ("effet alors", "effect then"), "change": ("écart [95 %]", "change [95%]"),
    "first": ("reste premier", "still first"), "yes": ("oui", "yes"), "no": ("non", "no"),
    "set": ("{n} nombres de {group}, ensemble ({a} … {z})", "{n} numbers of {group}, together ({a} … {z})"),
    "unclear": ("Avec {seeds} graines, aucun de ces écarts ne se distingue du hasard : un territoire plus peuplé, ou "
                "plus de points (lean), en dirait davantage.",
                "With {seeds} seeds none of these changes can be told apart from luck: more residents, or more points "
                "(lean), would tell more."),
    "brief": ("Nombres supposés qui changent le plus l'effet de « {lever} » : {parts}.",
              "Assumed numbers that change the effect of “{lever}” most: {parts}."),
    "part": ("{name} (à {at}, effet de {then} au lieu de {now} jour-personne par habitant)",
             "{name} (at {at}, an effect of {then} instead of {now} person-days per resident)"),
    "rest": ("Déplacés par groupes seulement : {n} nombres ; aucun de ces groupes ne change l'effet de plus de {most} "
             "(des changements contraires peuvent s'y annuler).",
             "Moved in groups only: {n} numbers; none of these groups changes the effect by more than {most} (opposite "
             "changes may cancel in them)."),
    "unplayed": ("Essais qui n'ont pas pu être joués : {n}.", "Trials that could not be played: {n}."),
    "flip": ("À l'une de ces valeurs au moins, « {lever} » ne réduit plus les pertes.",
             "At one of these values at least, “{lever}” no longer lowers losses."),
}


def said(key: str, lang: str, **facts: object) -> str:
    """A sentence, filled in. KeyError for an unknown key."""
    return SAID[key][LANGUAGES.index(lang)].format(**facts)


def share_text(known: Sequence[Known], lang: str) -> str:
    """How many numbers have which grade."""
    found = graded(known)
    return fill(said("share", lang, all=len(known), share=percent(assumed(found), lang), **found), WIDTH)


def evidence_sheet(known: Sequence[Known]) -> Sheet:
    """Every number with its range, grade and source."""
    rows = [(one.name, one.value, "" if one.low is None else one.low, "" if one.high is None else one.high, one.unit,
             one.grade, one.source) for one in known]
    return Sheet("evidence", "", ("name", "value", "low", "high", "unit", "grade", "source"), rows)


def lean_sheet(lean: Lean, known: Sequence[Known], labels: Mapping[str, str], lang: str) -> Sheet:
    """What was tried, the strongest first: in words, and as a table. labels: arm to its name."""
    by_name = {one.name: one for one in known}
    name = labels.get(lean.lead, lean.lead)
    rest = lean.rest()
    parts = [fill(said("head", lang, lever=name, effect=_change(float(lean.effect.mean()), lean, lang),
                       seeds=lean.effect.size), WIDTH),
             fixed([said(key, lang) for key in ("name", "value", "at", "then", "change", "first")],
                   [_row(one, lean, by_name, lang) for one in _strongest(lean)], label=46).rstrip("\n")]
    if rest:
        most = number(max(one.size for one in rest), lang, _places(lean))
        parts.append(fill(said("rest", lang, n=len({key for one in rest for key in one.moves}), most=most), WIDTH))
    if any(one.change.size and (lean.effect + one.change).mean() >= 0 > lean.effect.mean() for one in lean.tried):
        parts.append(fill(said("flip", lang, lever=name), WIDTH))
    if lean.effect.size > 1 and not any(one.is_clear for one in lean.tried):
        parts.append(fill(said("unclear", lang, seeds=lean.effect.size), WIDTH))
    if failed := sum(not one.change.size for one in lean.tried):
        parts.append(said("unplayed", lang, n=failed))
    heads = ("numbers", "count", "group", "value", "tried", "unit", "grade", "change", "low", "high", "effect",
             "effect_then", "leads", "arm", "seeds", "source")
    return Sheet("lean", "\n\n".join(parts), heads, [_cells(one, lean, by_name) for one in _ordered(lean)])


def leaning(folder: Path, labels: Mapping[str, str], lang: str) -> str:
    """One sentence out of the lean.csv of a comparison's folder, for its brief; empty where nothing was measured, or
    where it was for an arm that is not in labels (arm to name)."""
    file = folder / "lean.csv"
    if not file.is_file():
        return ""
    with open(file, encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["count"] == "1" and row["change"] and row["arm"] in labels]
    best = {row["numbers"]: row for row in reversed(rows)}
    chosen = sorted(best.values(), key=lambda row: -abs(float(row["change"])))[:NAMED]
    parts = [said("part", lang, name=row["numbers"].removeprefix("model."), at=plain_number(float(row["tried"]), lang),
                  then=plain_number(float(row["effect_then"]), lang), now=plain_number(float(row["effect"]), lang))
             for row in chosen]
    return said("brief", lang, lever=labels[chosen[0]["arm"]], parts=" ; ".join(parts)) if chosen else ""


def plain_number(value: float, lang: str) -> str:
    """A number with the digits it has."""
    return number(value, lang, decimals_of(value) if value else 0)


def _ordered(lean: Lean) -> list[Tried]:
    return sorted(lean.tried, key=lambda one: (len(one.moves) > 1, -one.size))


def _strongest(lean: Lean) -> list[Tried]:
    """Numbers tried alone, each at its stronger end first, and sets never halved, by how far they move the effect."""
    found = [(ends[0].size if len(ends) == 1 else max(one.size for one in ends), ends)
             for ends in (*lean.singles().values(), *([one] for one in lean.rest()))]
    found = sorted(found, key=lambda item: -item[0])[:SHOWN]
    return [one for _, ends in found for one in sorted(ends, key=lambda one: -one.size)]


def _row(one: Tried, lean: Lean, known: Mapping[str, Known], lang: str) -> list[str]:
    first = known[next(iter(one.moves))]
    low, high = one.mean - one.half, one.mean + one.half
    then = _change(float(lean.effect.mean()) + one.mean, lean, lang) if one.change.size else NOTHING
    change = f"{_change(one.mean, lean, lang)} {interval(low, high, lang, _places(lean), True)}".strip()
    tail = [then, change if one.change.size else NOTHING, said("yes" if one.leads else "no", lang)]
    if len(one.moves) > 1:
        group = first.group.removeprefix("model.")
        names = [name.removeprefix(f"{first.group}.") for name in one.moves]
        return [said("set", lang, n=len(names), group=group, a=names[0], z=names[-1]), "", "", *tail]
    return [first.name.removeprefix("model."), *(_value(value, first, lang)
                                                 for value in (first.value, one.moves[first.name])), *tail]


def _value(value: float, one: Known, lang: str) -> str:
    """A value with its unit; a factor on a card as times."""
    text = number(value, lang, decimals_of(value) if value else 0)
    if one.unit == FACTOR:
        return f"× {text}"
    return f"{text} {one.unit}" if one.unit not in ("-", "") else text


def _places(lean: Lean) -> int:
    return decimals_of(float(lean.effect.mean()) or 1.0)


def _change(value: float, lean: Lean, lang: str) -> str:
    return number(value, lang, _places(lean), True)


def _cells(one: Tried, lean: Lean, known: Mapping[str, Known]) -> list[object]:
    first, alone = known[next(iter(one.moves))], len(one.moves) == 1
    effect, half = float(lean.effect.mean()), one.half if isfinite(one.half) else float("nan")
    return ["+".join(one.moves), len(one.moves), first.group, first.value if alone else "",
            one.moves[first.name] if alone else "", first.unit if alone else "", first.grade, one.mean,
            one.mean - half, one.mean + half, effect, effect + one.mean, int(one.leads), lean.lead, lean.effect.size,
            first.source if alone else ""]
