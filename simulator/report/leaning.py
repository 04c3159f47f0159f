"""How well the numbers of a comparison are known, and which assumed ones its conclusion leans on most."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from math import isfinite
from pathlib import Path
from textwrap import fill

from ..analysis.lean import Lean, Tried
from ..records.evidence import FACTOR, Known, graded
from .evidence import assumed
from .number import NOTHING, decimals_of, interval, number, percent
from .sheet import Sheet
from .table import fixed
from .words import LANGUAGES

SHOWN, NAMED = 6, 3
"""Numbers and sets in the terminal, numbers in a sentence; lean.csv has all."""
CRISES = 2
"""Crises of which a comparison that did not measure it says what was found elsewhere."""
WIDTH = 110
SCREENED = ("crisis", "arm", "lever_fr", "lever_en", "numbers", "group", "value", "tried", "unit", "grade", "effect",
            "effect_then", "change", "low", "high", "leads", "seeds", "territory", "model_version")
"""Columns of what was measured once for every crisis, by experiments/leaning."""

SAID: dict[str, tuple[str, str]] = {
    "share": ("Nombres dont cette comparaison peut dépendre, hors chiffres de population : {all} ; mesurés : "
              "{measured}, publiés : {published}, déduits : {derived}, supposés : {assumption} ({share}). Chacun est "
              "dans evidence.csv.",
              "Numbers this comparison can depend on, census counts apart: {all}; measured: {measured}, published: "
              "{published}, derived: {derived}, assumed: {assumption} ({share}). Each of them is in evidence.csv."),
    "screened": ("Nombres supposés sur lesquels une telle conclusion s'appuie le plus, mesurés une fois sur un petit "
                 "territoire d'essai (modèle {version}, {seeds} graines : un ordre de grandeur) et non pour cette "
                 "comparaison-ci : {crises}. lean=40 le mesure ici même, en rejouant la comparaison avec 40 autres "
                 "jeux de nombres.",
                 "Assumed numbers that such a conclusion leans on most, measured once in a small trial territory "
                 "(model {version}, {seeds} seeds: an order of magnitude) and not for this comparison: {crises}. "
                 "lean=40 measures it here, by playing the comparison again with 40 other sets of numbers."),
    "crisis": ("{crisis}, effet de «\u00a0{lever}\u00a0» multiplié par {parts}",
               "{crisis}, effect of “{lever}” times {parts}"),
    "moved": ("{factor}{sure} avec {name} à {at}", "{factor}{sure} with {name} at {at}"),
    "moved_set": ("{factor}{sure} avec {n} nombres de {group} ensemble ({names})",
                  "{factor}{sure} with {n} numbers of {group} together ({names})"),
    "about": ("{factor}{sure} avec d'autres nombres pour {what}", "{factor}{sure} with other numbers for {what}"),
    "unsure": (" (peut-être du hasard)", " (perhaps luck)"),
    "unmeasured": ("Ceux sur lesquels sa conclusion s'appuie le plus n'ont pas été mesurés ; lean=40 le fait, en "
                   "rejouant la comparaison avec 40 autres jeux de nombres.",
                   "Which of them its conclusion leans on most has not been measured; lean=40 does it, by playing the "
                   "comparison again with 40 other sets of numbers."),
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

ABOUT = {
    "crisis": ("la crise elle-même", "the crisis itself"), "lever": ("le levier lui-même", "the lever itself"),
    "start": ("la situation de départ", "the state residents start from"),
    "population": ("la composition de la population", "the make-up of the population"),
    "needing": ("les besoins de tous les jours", "everyday needs"),
    "coping": ("les moyens propres et ceux du ménage", "own means and the household's"),
    "asking": ("qui demande de l'aide et à qui", "who asks for help, and whom"),
    "aiding": ("qui accepte d'aider et combien", "who accepts to help, and how much"),
    "living": ("les effets sur la santé et la reprise", "health and recovery"),
    "contact": ("le temps passé ensemble", "time spent together"), "binding": ("la naissance des liens", "new ties"),
    "hearing": ("qui entend parler d'un lieu", "who hears of a site"),
    "joining": ("qui rejoint un lieu", "who joins a site"),
    "meeting": ("ce qui se passe dans les lieux", "what happens at sites"),
    "funding": ("l'argent des lieux", "money of sites"),
    "providing": ("ce qu'apportent les leviers", "what levers bring"),
}
"""What the numbers of a group are about, for readers who set none."""


def said(key: str, lang: str, **facts: object) -> str:
    """A sentence, filled in. KeyError for an unknown key."""
    return SAID[key][LANGUAGES.index(lang)].format(**facts)


def share_text(known: Sequence[Known], lang: str) -> str:
    """How many numbers have which grade."""
    found = graded(known)
    return fill(said("share", lang, all=len(known), share=percent(assumed(found), lang), **found), WIDTH)


def screened(crises: Mapping[str, str], lang: str, plain: bool = False) -> str:
    """What a comparison that did not measure it itself leans on: what was measured once for its crises, the first ones.

    crises: id to name. plain: what numbers are about instead of their names, for readers who set none. Without a crisis
    that was screened, how to measure it.
    """
    rows = _screening()
    parts = []
    for crisis, name in [one for one in crises.items() if any(row["crisis"] == one[0] for row in rows)][:CRISES]:
        mine = [row for row in rows if row["crisis"] == crisis]
        if plain:
            mine = [row for k, row in enumerate(mine) if row["group"] not in {one["group"] for one in mine[:k]}]
        mine = mine[:NAMED]
        told = ", ".join(_moved(row, lang, plain) for row in mine)
        parts.append(said("crisis", lang, crisis=name, lever=mine[0][f"lever_{lang}"], parts=told))
    if not parts:
        return said("unmeasured", lang)
    return said("screened", lang, version=rows[0]["model_version"], seeds=rows[0]["seeds"], crises="; ".join(parts))


def _moved(row: Mapping[str, str], lang: str, plain: bool) -> str:
    """A number, or a set of them, and by how much it multiplies the effect."""
    factor = number(float(row["effect_then"]) / float(row["effect"]), lang, 1)
    names, clear = row["numbers"].split("+"), float(row["low"]) > 0 or float(row["high"]) < 0
    sure = "" if clear else said("unsure", lang)
    about = ABOUT.get(row["group"].removeprefix("model.").partition(".")[0])
    if plain and about:
        return said("about", lang, factor=factor, sure=sure, what=about[LANGUAGES.index(lang)])
    if len(names) == 1:
        return said("moved", lang, factor=factor, sure=sure, name=names[0].removeprefix("model."),
                    at=_plain(float(row["tried"]), lang))
    short = [name.removeprefix(f"{row['group']}.") for name in names]
    listed = ", ".join(short) if len(short) <= NAMED else f"{short[0]} … {short[-1]}"
    return said("moved_set", lang, factor=factor, sure=sure, n=len(names), names=listed,
                group=row["group"].removeprefix("model."))


@cache
def _screening() -> list[dict[str, str]]:
    """The shipped table, the strongest of each crisis first."""
    file = resources.files("configs") / "screening" / "leaning.csv"
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


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
    parts = [said("part", lang, name=row["numbers"].removeprefix("model."), at=_plain(float(row["tried"]), lang),
                  then=_plain(float(row["effect_then"]), lang), now=_plain(float(row["effect"]), lang))
             for row in chosen]
    return said("brief", lang, lever=labels[chosen[0]["arm"]], parts=" ; ".join(parts)) if chosen else ""


def _plain(value: float, lang: str) -> str:
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
