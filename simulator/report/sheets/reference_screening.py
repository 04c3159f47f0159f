"""On which assumed numbers conclusions depend most, as measured once for every crisis in a small territory."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources

from ...i18n.number_format import format_number
from ...i18n.translation import mark, translate
from .assumptions import NAMED, format_plain_number

MAX_CRISES = 2
"""Number of crises for which a comparison without a screening of its own reports the reference screening."""
SCREENING_COLUMNS = ("crisis", "arm", "lever_fr", "lever_en", "numbers", "group", "value", "tried", "unit", "grade",
                     "effect", "effect_then", "change", "low", "high", "leads", "seeds", "territory", "model_version")
"""Columns of configs/screening/leaning.csv, which experiments/leaning writes."""

GROUP_MEANINGS: dict[str, str] = {
    "crisis": mark("the crisis itself"), "lever": mark("the lever itself"),
    "start": mark("the state residents start from"), "population": mark("the make-up of the population"),
    "needing": mark("everyday needs"), "coping": mark("own means and the household's"),
    "asking": mark("who asks for help, and whom"), "aiding": mark("who accepts to help, and how much"),
    "functioning": mark("health and recovery"), "contact": mark("time spent together"),
    "tie_formation": mark("new ties"), "hearing": mark("who hears of a site"), "joining": mark("who joins a site"),
    "meeting": mark("what happens at sites"), "funding": mark("money of sites"),
    "providing": mark("what levers bring"),
}
"""Group of parameters to what its numbers are about, for readers who set none."""


def format_reference_screening(crises: Mapping[str, str], lang: str, plain: bool = False) -> str:
    """The reference screening of the first of these crises, for a comparison without a screening of its own; how to
    measure it where none of them was screened.

    crises: id to name. plain: say what numbers are about instead of their names, for readers who set none.
    """
    table = _read_screening_table()
    parts: list[str] = []
    for crisis, name in crises.items():
        rows = [row for row in table if row["crisis"] == crisis]
        if not rows or len(parts) == MAX_CRISES:
            continue
        if plain:
            rows = [row for k, row in enumerate(rows) if row["group"] not in {other["group"] for other in rows[:k]}]
        effects = ", ".join(_format_parameter_effect(row, lang, plain) for row in rows[:NAMED])
        parts.append(translate("{crisis}, effect of “{lever}” times {parts}", lang, crisis=name, parts=effects,
                               lever=rows[0][f"lever_{lang}"]))
    if parts:
        known = translate("Assumed numbers that such a conclusion leans on most, measured once in a small trial "
                          "territory (model {version}, {seeds} seeds: an order of magnitude) and not for this "
                          "comparison: {crises}.", lang, version=table[0]["model_version"], seeds=table[0]["seeds"],
                          crises=translate("; ", lang).join(parts))
    else:
        known = translate("Which of them its conclusion leans on most has not been measured.", lang)
    if plain:
        return f"{known} {translate('Playing the comparison with 40 other sets of numbers would measure it.', lang)}"
    return translate("{known} lean=40 measures it here, by playing the comparison again with 40 other sets of numbers.",
                     lang, known=known)


def _format_parameter_effect(row: Mapping[str, str], lang: str, plain: bool) -> str:
    """A number, or a set of numbers, and the factor by which it multiplies the effect."""
    factor = format_number(float(row["effect_then"]) / float(row["effect"]), lang, 1)
    clear = float(row["low"]) > 0 or float(row["high"]) < 0
    sure = "" if clear else translate(" (perhaps luck)", lang)
    names, group = row["numbers"].split("+"), row["group"].removeprefix("model.")
    meaning = GROUP_MEANINGS.get(group.partition(".")[0])
    if plain and meaning:
        return translate("{factor}{sure} with other numbers for {what}", lang, factor=factor, sure=sure,
                         what=translate(meaning, lang))
    if len(names) == 1 and not row["tried"]:  # one entry of a card that holds several numbers
        return translate("{factor}{sure} with other numbers for {what}", lang, factor=factor, sure=sure, what=names[0])
    if len(names) == 1:
        return translate("{factor}{sure} with {name} at {at}", lang, factor=factor, sure=sure,
                         name=names[0].removeprefix("model."), at=format_plain_number(float(row["tried"]), lang))
    short = [name.removeprefix(f"{row['group']}.") for name in names]
    listed = ", ".join(short) if len(short) <= NAMED else f"{short[0]} … {short[-1]}"
    return translate("{factor}{sure} with {n} numbers of {group} together ({names})", lang, factor=factor, sure=sure,
                     n=len(names), names=listed, group=group)


@cache
def _read_screening_table() -> list[dict[str, str]]:
    """Rows of the shipped table, the strongest of each crisis first."""
    file = resources.files("configs") / "screening" / "leaning.csv"
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
