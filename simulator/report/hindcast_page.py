"""The hindcast report (page, table, terminal): published figures of real crises beside the model's values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from ..analysis.hindcast.event_card import OMISSION_REASONS, EventCard
from ..analysis.hindcast.scoring import RowScore, count_met
from ..i18n.number_format import NO_VALUE, format_number
from ..i18n.translation import mark, translate
from ..i18n.typography import insert_nbsp
from .sheets.analysis_sheet import AnalysisSheet, format_sheet_csv, write_text_atomic

WIDTH, MARGIN = 150, 6
"""Width of the small axes and the margin at their ends, pixels."""

HINDCAST_TEXTS: dict[str, str] = {
    "title": mark("The model held against real crises"), "figure": mark("figure"), "published": mark("published"),
    "interval": mark("interval"), "model": mark("model"), "verdict": mark("verdict"), "source": mark("source"),
    "met": mark("met"), "missed": mark("missed"), "too_vague": mark("too vague"), "not_measured": mark("not measured"),
    "calibration": mark(" · used to calibrate"), "left_out": mark("Left out, and why"),
    "how": mark("Pale bar: the published interval, or a quarter either way of a single number and 8 points of a share, "
                "fixed before the first run. Dot: the model's median; line: nine runs in ten."),
}
"""Words of the report, by what they name; verdicts by their name."""


def format_hindcast(events: Sequence[EventCard], scores: Sequence[RowScore], lang: str) -> str:
    """The terminal's text: each event with its rows, and the count of rows met on the last line."""
    words, lines = _translate_words(lang), []
    for event in events:
        lines += [getattr(event, f"label_{lang}", event.label_en)]
        own = [score for score in scores if score.event == event.id]
        rows = [(_row_label(score, lang) + (words["calibration"] if score.row.use == "calibration" else ""),
                 _format_published(score, lang), _format_model(score, lang), words[score.verdict]) for score in own]
        widths = [max(len(row[k]) for row in rows) for k in range(3)] if rows else [0] * 3
        for row in rows:
            lines.append("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths)) + f"  {row[3]}")
        lines.append("")
    lines += [_format_uses(scores, lang), _format_met(scores, lang)]
    return "\n".join(lines) + "\n"


def write_hindcast_files(events: Sequence[EventCard], scores: Sequence[RowScore], folder: Path,
                         lang: str) -> list[Path]:
    """Write hindcast.html and hindcast.csv, each whole or not at all. The files."""
    return [write_text_atomic(folder / "hindcast.html", _render_page(events, scores, lang)),
            write_text_atomic(folder / "hindcast.csv", format_sheet_csv(build_hindcast_sheet(scores)))]


def build_hindcast_sheet(scores: Sequence[RowScore]) -> AnalysisSheet:
    """The scores as a table, numbers unrounded."""
    heads = ("event", "id", "what", "published", "low", "high", "unit", "median", "model_low", "model_high", "runs",
             "verdict", "use", "measure", "at", "source", "address")
    rows = [(s.event, s.row.id, s.row.quantity_en, s.row.value, s.low, s.high, s.row.unit, s.median, s.band_low,
             s.band_high, s.runs, s.verdict, s.row.use, s.row.measure, s.row.at, s.row.source, s.row.address)
            for s in scores]
    return AnalysisSheet("hindcast", "", heads, rows)


def _translate_words(lang: str) -> dict[str, str]:
    return {key: translate(text, lang) for key, text in HINDCAST_TEXTS.items()}


def _row_label(score: RowScore, lang: str) -> str:
    return score.row.quantity_fr if lang == "fr" else score.row.quantity_en


def _format_value(value: float, lang: str) -> str:
    """Three figures or so: no decimals from 100 on, one from 10 on, else two."""
    return format_number(value, lang, 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2)


def _format_published(score: RowScore, lang: str) -> str:
    interval = f"[{_format_value(score.low, lang)} – {_format_value(score.high, lang)}]"
    return f"{_format_value(score.row.value, lang)} {interval} {score.row.unit}"


def _format_model(score: RowScore, lang: str) -> str:
    if not score.runs:
        return NO_VALUE
    band = f"[{_format_value(score.band_low, lang)} – {_format_value(score.band_high, lang)}]"
    return f"{_format_value(score.median, lang)} {band}"


def _format_met(scores: Sequence[RowScore], lang: str) -> str:
    met, total = count_met(scores)
    return translate("{met} of {all} scored rows met", lang, met=met, all=total)


def _format_uses(scores: Sequence[RowScore], lang: str) -> str:
    """How many rows are met of those that set numbers of the model, and of the others."""
    calibrated, checked = count_met(scores, "calibration"), count_met(scores, "check")
    return translate("used to calibrate: {met} of {all}; not used: {met2} of {all2}", lang, met=calibrated[0],
                     all=calibrated[1], met2=checked[0], all2=checked[1])


def _render_page(events: Sequence[EventCard], scores: Sequence[RowScore], lang: str) -> str:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, finalize=insert_nbsp)
    template = environment.from_string((files(__package__) / "hindcast.html").read_text(encoding="utf-8"))
    words = {**_translate_words(lang), "heading": _format_met(scores, lang), "lead": _format_uses(scores, lang)}
    shown = [{"label": getattr(event, f"label_{lang}", event.label_en),
              "stand_in": getattr(event, f"stand_in_{lang}", event.stand_in_en),
              "rows": [_build_page_row(score, words, lang) for score in scores if score.event == event.id],
              "left_out": [{"what": row.quantity_fr if lang == "fr" else row.quantity_en,
                            "why": translate(OMISSION_REASONS[row.reason], lang)} for row in event.left_out]}
             for event in events]
    return template.render(lang=lang, w=words, events=shown, width=WIDTH)


def _build_page_row(score: RowScore, words: Mapping[str, str], lang: str) -> dict[str, Any]:
    """Texts of a row, and x coordinates of its small axis: a, b published interval; c, d, m model, in pixels."""
    values = {"a": score.low, "b": score.high}
    if score.runs:
        values |= {"c": score.band_low, "d": score.band_high, "m": score.median}
    least, most = min(0.0, *values.values()), max(values.values())
    scale = (WIDTH - 2 * MARGIN) / (most - least) if most > least else 0.0
    return {**{key: MARGIN + (value - least) * scale for key, value in values.items()}, "drawn": bool(score.runs),
            "label": _row_label(score, lang) + (words["calibration"] if score.row.use == "calibration" else ""),
            "published": _format_published(score, lang), "model": _format_model(score, lang),
            "verdict": words[score.verdict],
            "good": score.verdict == "met", "source": score.row.source, "address": score.row.address}
