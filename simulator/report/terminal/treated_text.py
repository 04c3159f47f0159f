"""The effect on the treated on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from textwrap import fill

from ...analysis.chain.table import NONE, OPEN
from ...analysis.chain.treated import ReachPrice, TreatedEffect
from ...analysis.effects.cost_effectiveness import PricePerDay
from ...i18n.number_format import (
    NO_VALUE,
    decimals_for_error,
    decimals_for_size,
    format_euros,
    format_interval,
    format_number,
    format_significant,
)
from ...i18n.texts.chain_texts import SET_LABELS, TABLE_HEADS, format_chain_label
from ...i18n.translation import translate
from .text_table import format_fixed_width_table

WIDTH = 110
SET_LABEL = 30


def format_treated(effects: Sequence[TreatedEffect], prices: Sequence[ReachPrice], lang: str,
                   width: int = WIDTH) -> str:
    """Lever by lever: each set, how many they are, what the lever changes for them, and what reaching them costs."""
    parts = []
    for portfolio in dict.fromkeys(effect.arm.portfolio for effect in effects):
        mine = [effect for effect in effects if effect.arm.portfolio == portfolio]
        parts.append(f"{mine[0].arm.label[lang]}\n\n{format_sets(mine, lang, width)}")
        sentences = [_format_price(price, lang) for price in prices if price.arm.portfolio == portfolio]
        parts.append(fill(" ".join(sentences), width))
    parts.append(format_treated_note(lang, width))
    return "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n"


def format_sets(effects: Sequence[TreatedEffect], lang: str, width: int = WIDTH) -> str:
    """One line a set: persons, hit, the change of person-days, days until back and share lost for good of the hit."""
    found = {(effect.set, effect.measure): effect for effect in effects}
    heads = [format_chain_label(TABLE_HEADS, name, lang)
             for name in ("set", "people", "hit", "days_lost", "days_not_back", "better", "worse")]
    rows = []
    for name in dict.fromkeys(effect.set for effect in effects):
        everybody, hit, days = (found[name, measure] for measure in ("loss", "loss_hit", "days_not_back"))
        rows.append([format_chain_label(SET_LABELS, name, lang), format_number(everybody.persons, lang, 1),
                     format_number(hit.persons, lang, 1), _format_effect(hit, lang), _format_effect(days, lang),
                     format_number(hit.better, lang, 1), format_number(hit.worse, lang, 1)])
    return format_fixed_width_table(heads, rows, SET_LABEL, most=width if width < WIDTH else 0)


def _format_effect(effect: TreatedEffect, lang: str) -> str:
    """A change with its interval; alone where there is no interval; in brackets where its sign is not told."""
    if not isfinite(effect.difference):
        return NO_VALUE
    if not isfinite(effect.low) or effect.high == effect.low:
        places = decimals_for_size(effect.difference)
        return f"({format_number(effect.difference, lang, places, sign=True)})"
    half = (effect.high - effect.low) / 2
    places = max(decimals_for_error(half), decimals_for_size(effect.difference, 1))
    text = (f"{format_number(effect.difference, lang, places, sign=True)} "
            f"{format_interval(effect.low, effect.high, lang, places, sign=True)}")
    return f"({text})" if effect.sign in (OPEN, NONE) else text


def _format_price(price: ReachPrice, lang: str) -> str:
    """How many are reached, at what price each, and how many to reach for one who recovers sooner."""
    name = format_chain_label(SET_LABELS, price.set, lang)
    name = name[:1].upper() + name[1:]
    if not price.persons:
        return translate("{set}: nobody.", lang, set=name)
    cost = format_euros(price.euros.value, lang) if isfinite(price.euros.value) else translate("no cost", lang)
    number = format_number(price.persons, lang, 0 if price.persons >= 10 else 1)
    if price.set == "joined":  # too few stand for the whole effect: levers act through many others
        return translate("{set}: {n} people, {cost} each.", lang, set=name, n=number, cost=cost)
    return translate("{set}: {n} people, {cost} each; {reach}.", lang, set=name, n=number, cost=cost,
                     reach=_format_number_to_reach(price.to_reach, lang))


def _format_number_to_reach(number: PricePerDay, lang: str) -> str:
    if number.status == "not_better":
        return translate("on balance, nobody recovers sooner", lang)
    value = format_significant(number.value, lang)
    if number.status == "bounded":
        return translate("{n} for one who recovers sooner ({low} to {high})", lang, n=value,
                         low=format_significant(number.low, lang), high=format_significant(number.high, lang))
    return translate("{n} for one who recovers sooner, not settled", lang, n=value)


def format_treated_note(lang: str, width: int = WIDTH) -> str:
    """How to read the table."""
    return fill(translate("The same people with and without the lever, seed by seed; people per seed. Helped by one of "
                          "these: in the crisis, neither served nor joined themselves. Better, worse off: of the hit, "
                          "by a person-day or more. In brackets: sign not told, or fewer than 200 hit in all seeds "
                          "together. People are served where something came of it: see the table `reached` in "
                          "columns.md.", lang), width)
