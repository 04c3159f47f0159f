"""How well the numbers of a comparison are known, and on which assumed ones its conclusion depends most."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from textwrap import fill
from typing import Any

from ...analysis.sensitivity.assumption_screening import AssumptionScreening, ScreenedSet
from ...i18n.number_format import NO_VALUE, decimals_for_size, format_interval, format_number, format_percent
from ...i18n.translation import translate
from ...records.parameter_sources import CARD_FACTOR_UNIT, SourcedNumber, count_by_grade
from ..evidence_grades import compute_assumed_share
from ..terminal.text_table import format_fixed_width_table
from .analysis_sheet import AnalysisSheet

SHOWN, NAMED = 6, 3
"""Numbers and sets shown in the terminal; numbers named in a sentence. lean.csv has all."""
WIDTH = 110
"""Characters a line."""


def format_grade_shares(numbers: Sequence[SourcedNumber], lang: str) -> str:
    """How many numbers have which evidence grade."""
    grades: dict[str, Any] = count_by_grade(numbers)
    share = format_percent(compute_assumed_share(grades), lang)
    return fill(translate("Numbers this comparison can depend on, census counts apart: {all}; measured: {measured}, "
                          "published: {published}, derived: {derived}, assumed: {assumption} ({share}). Each of them "
                          "is in evidence.csv.", lang, all=len(numbers), share=share, **grades), WIDTH)


def build_evidence_sheet(numbers: Sequence[SourcedNumber]) -> AnalysisSheet:
    """Every number with its range, grade and source."""
    rows = [(number.name, number.value, "" if number.low is None else number.low,
             "" if number.high is None else number.high, number.unit, number.grade, number.source)
            for number in numbers]
    return AnalysisSheet("evidence", "", ("name", "value", "low", "high", "unit", "grade", "source"), rows)


def build_assumption_sheet(screening: AssumptionScreening, numbers: Sequence[SourcedNumber],
                           labels: Mapping[str, str], lang: str) -> AnalysisSheet:
    """What a screening tried, the strongest first, as text and table. labels: arm to its name."""
    by_name = {number.name: number for number in numbers}
    heads = ("numbers", "count", "group", "value", "tried", "unit", "grade", "change", "low", "high", "effect",
             "effect_then", "leads", "arm", "seeds", "source")
    parts = _list_sheet_parts(screening, by_name, labels.get(screening.leading_arm, screening.leading_arm), lang)
    rows = [_list_cells(tried, screening, by_name) for tried in _sort_by_size(screening)]
    return AnalysisSheet("lean", "\n\n".join(parts), heads, rows)


def _list_sheet_parts(screening: AssumptionScreening, by_name: Mapping[str, SourcedNumber], lever: str,
                      lang: str) -> Iterator[str]:
    """The paragraphs of the text: a heading, the table of the strongest, then what remains to be said."""
    effect, tried = screening.effect, screening.screened_sets
    yield fill(translate("Assumed numbers on which the effect of “{lever}” depends most ({effect} person-days per "
                         "resident at present values, {seeds} seeds):", lang, lever=lever, seeds=effect.size,
                         effect=_format_effect(float(effect.mean()), screening, lang)), WIDTH)
    heads = [translate("assumed number", lang), translate("value", lang), translate("tried at", lang),
             translate("effect then", lang), translate("change [95%]", lang), translate("still first", lang)]
    rows = [_build_row(one, screening, by_name, lang) for one in _list_strongest_trials(screening)]
    yield format_fixed_width_table(heads, rows, label=46).rstrip("\n")
    rest = screening.list_unsplit_sets()
    if rest:
        most = format_number(max(one.size for one in rest), lang, _effect_decimals(screening))
        names = {name for one in rest for name in one.moves}
        yield fill(translate("Moved in groups only: {n} numbers; none of these groups changes the effect by more than "
                             "{most} (opposite changes may cancel in them).", lang, n=len(names), most=most), WIDTH)
    if any(one.change.size and (effect + one.change).mean() >= 0 > effect.mean() for one in tried):
        yield fill(translate("At one of these values at least, “{lever}” no longer lowers losses.", lang, lever=lever),
                   WIDTH)
    if effect.size > 1 and not any(one.is_clear for one in tried):
        yield fill(translate("With {seeds} seeds none of these changes can be told apart from luck: more residents, or "
                             "more points (lean), would tell more.", lang, seeds=effect.size), WIDTH)
    if failed := sum(not one.change.size for one in tried):
        yield translate("Trials that could not be played: {n}.", lang, n=failed)


def read_assumption_note(folder: Path, labels: Mapping[str, str], lang: str) -> str:
    """One sentence for a brief from the lean.csv in the folder of its comparison.

    labels: arm to its name. Empty where there is no such file, or where it measured none of these arms.
    """
    file = folder / "lean.csv"
    if not file.is_file():
        return ""
    with open(file, encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["count"] == "1" and row["change"] and row["arm"] in labels]
    strongest = {row["numbers"]: row for row in reversed(rows)}
    chosen = sorted(strongest.values(), key=lambda row: -abs(float(row["change"])))[:NAMED]
    if not chosen:
        return ""
    parts = [_format_change(row, lang) for row in chosen]
    return translate("Assumed numbers that change the effect of “{lever}” most: {parts}.", lang,
                     lever=labels[chosen[0]["arm"]], parts=" ; ".join(parts))


def _format_change(row: Mapping[str, str], lang: str) -> str:
    """A row of lean.csv in words: the number, the value tried, the effect then and the effect at present values."""
    tried, then, now = (format_plain_number(float(row[name]), lang) for name in ("tried", "effect_then", "effect"))
    return translate("{name} (at {at}, an effect of {then} instead of {now} person-days per resident)", lang,
                     name=row["numbers"].removeprefix("model."), at=tried, then=then, now=now)


def format_plain_number(value: float, lang: str) -> str:
    """A number with at least two significant digits."""
    return format_number(value, lang, decimals_for_size(value) if value else 0)


def _sort_by_size(screening: AssumptionScreening) -> list[ScreenedSet]:
    """Numbers tried alone, then sets, each by how far they move the effect."""
    return sorted(screening.screened_sets, key=lambda tried: (len(tried.moves) > 1, -tried.size))


def _list_strongest_trials(screening: AssumptionScreening) -> list[ScreenedSet]:
    """Numbers tried alone, each at its stronger end first, and sets never halved, by how far they move the effect."""
    trials = [*screening.list_single_parameters().values(), *([tried] for tried in screening.list_unsplit_sets())]
    trials.sort(key=lambda ends: -max(tried.size for tried in ends))
    return [tried for ends in trials[:SHOWN] for tried in sorted(ends, key=lambda tried: -tried.size)]


def _build_row(tried: ScreenedSet, screening: AssumptionScreening, by_name: Mapping[str, SourcedNumber],
               lang: str) -> list[str]:
    """Name, value, value tried, effect then, change with its interval, whether the leading arm stays first."""
    first = by_name[next(iter(tried.moves))]
    tail = [NO_VALUE, NO_VALUE, translate("yes", lang) if tried.keeps_lead else translate("no", lang)]
    if tried.change.size:
        low, high = tried.mean - tried.half_width, tried.mean + tried.half_width
        interval = format_interval(low, high, lang, _effect_decimals(screening), True)
        tail[0] = _format_effect(float(screening.effect.mean()) + tried.mean, screening, lang)
        tail[1] = f"{_format_effect(tried.mean, screening, lang)} {interval}".strip()
    if len(tried.moves) > 1:
        group = first.group.removeprefix("model.")
        names = [name.removeprefix(f"{first.group}.") for name in tried.moves]
        name = translate("{n} numbers of {group}, together ({a} … {z})", lang, n=len(names), group=group, a=names[0],
                         z=names[-1])
        return [name, "", "", *tail]
    values = [_format_value(value, first, lang) for value in (first.value, tried.moves[first.name])]
    return [first.name.removeprefix("model."), *values, *tail]


def _format_value(value: float, number: SourcedNumber, lang: str) -> str:
    """A value with its unit; "× value" for a factor on the numbers of a card."""
    text = format_plain_number(value, lang)
    if number.unit == CARD_FACTOR_UNIT:
        return f"× {text}"
    return f"{text} {number.unit}" if number.unit not in ("-", "") else text


def _effect_decimals(screening: AssumptionScreening) -> int:
    return decimals_for_size(float(screening.effect.mean()) or 1.0)


def _format_effect(value: float, screening: AssumptionScreening, lang: str) -> str:
    return format_number(value, lang, _effect_decimals(screening), True)


def _list_cells(tried: ScreenedSet, screening: AssumptionScreening,
                by_name: Mapping[str, SourcedNumber]) -> list[object]:
    """A row of lean.csv."""
    first, alone = by_name[next(iter(tried.moves))], len(tried.moves) == 1
    effect, half = float(screening.effect.mean()), tried.half_width if isfinite(tried.half_width) else float("nan")
    return ["+".join(tried.moves), len(tried.moves), first.group, first.value if alone else "",
            tried.moves[first.name] if alone else "", first.unit if alone else "", first.grade, tried.mean,
            tried.mean - half, tried.mean + half, effect, effect + tried.mean, int(tried.keeps_lead),
            screening.leading_arm, screening.effect.size, first.source if alone else ""]
