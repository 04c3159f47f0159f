"""Which assumed numbers conclusions lean on most, as measured once for every crisis on a small territory."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources

from ...i18n.figure_texts import LANGUAGES
from ...i18n.number import number
from ..figures.assumptions import NAMED, plain_number

CRISES = 2
"""Crises of which a comparison that did not measure it says what was found elsewhere."""
SCREENED = ("crisis", "arm", "lever_fr", "lever_en", "numbers", "group", "value", "tried", "unit", "grade", "effect",
            "effect_then", "change", "low", "high", "leads", "seeds", "territory", "model_version")
"""Columns of what was measured once for every crisis, by experiments/leaning."""

SAID: dict[str, tuple[str, str]] = {
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
    between = " ; " if lang == "fr" else "; "
    return said("screened", lang, version=rows[0]["model_version"], seeds=rows[0]["seeds"], crises=between.join(parts))


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
                    at=plain_number(float(row["tried"]), lang))
    short = [name.removeprefix(f"{row['group']}.") for name in names]
    listed = ", ".join(short) if len(short) <= NAMED else f"{short[0]} … {short[-1]}"
    return said("moved_set", lang, factor=factor, sure=sure, n=len(names), names=listed,
                group=row["group"].removeprefix("model."))


@cache
def _screening() -> list[dict[str, str]]:
    """The shipped table, the strongest of each crisis first."""
    file = resources.files("configs") / "screening" / "leaning.csv"
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
