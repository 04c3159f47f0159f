"""The validation report (page, tables, terminal): published figures beside the model's values, and model checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

from ..analysis.validation.pattern_checks import NOT_MEASURED, PatternCheck
from ..i18n.number_format import NO_VALUE, format_number, format_percent
from ..i18n.translation import Message, localise, mark, translate
from ..i18n.typography import insert_nbsp
from .sheets.analysis_sheet import AnalysisSheet, format_sheet_csv, write_text_atomic

RATIOS = ("gradient", "contact_ratio", "alone_ratio")
WIDTH, MARGIN = 130, 6
"""Width of the small axes and the margin at their ends, pixels."""

VALIDATION_TEXTS: dict[str, str] = {
    "title": mark("Validation of the model"), "figures": mark("Published figures"), "pattern": mark("pattern"),
    "published": mark("published"), "interval": mark("interval"), "model": mark("model"), "verdict": mark("verdict"),
    "source": mark("source"), "checks": mark("Checks"), "good": mark("holds"), "bad": mark("fails"),
    "pass": mark("met"), "fail": mark("missed"), NOT_MEASURED: mark("not measured"),
    "known": mark(" · not calibrated"),
    "how": mark("Pale bar: the published interval, with its margin. Dot: the model's median; line: nine seeds "
                "in ten."),
    "checks_how": mark("Tried on this machine, in a village of 500 residents."),
    "limits": mark("Surveys are of France or other countries, of other years, and self-reported; "
                   "Seine-Saint-Denis may differ."),
}
"""Words of the report, by what they name; verdicts by their state."""


class ModelCheckResult(Protocol):
    """A check of the model, as engine.verification gives it."""

    @property
    def id(self) -> str:
        """Its number in the list of checks."""

    @property
    def text(self) -> Message:
        """What must hold."""

    @property
    def passed(self) -> bool:
        """True if it holds."""


class PlaceLabels(Protocol):
    """The territory in which the model was run."""

    label_en: str
    label_fr: str


def format_validation(checks: Sequence[ModelCheckResult], verdicts: Sequence[PatternCheck], lang: str) -> str:
    """The terminal's text: one line a figure, and the checks that fail."""
    words = _translate_words(lang)
    rows = [(translate(pattern.target.label, lang), _format_range(pattern, lang), _format_model_value(pattern, lang),
             words[pattern.status]) for pattern in verdicts]
    widths = [max(len(row[k]) for row in rows) for k in range(3)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)) + f"  {row[3]}" for row in rows]
    failing = [f"{check.id} {localise(check.text, lang)}: {words['bad']}" for check in checks if not check.passed]
    return "\n".join([_format_heading(checks, verdicts, lang), "", *lines, *failing]) + "\n"


def write_validation_files(checks: Sequence[ModelCheckResult], verdicts: Sequence[PatternCheck], place: PlaceLabels,
                           seeds: int, folder: Path, lang: str) -> list[Path]:
    """Write validation.html, validation.csv and checks.csv atomically. seeds: number of seeds played. The files."""
    checked = AnalysisSheet("checks", "", ("check", "what", "holds"),
                            [(check.id, str(check.text), int(check.passed)) for check in checks])
    return [write_text_atomic(folder / "validation.html", _render_page(checks, verdicts, place, seeds, lang)),
            write_text_atomic(folder / "validation.csv", format_sheet_csv(build_validation_sheet(verdicts))),
            write_text_atomic(folder / "checks.csv", format_sheet_csv(checked))]


def build_validation_sheet(verdicts: Iterable[PatternCheck]) -> AnalysisSheet:
    """The figures as a table, numbers unrounded."""
    heads = ("id", "pattern", "what", "published", "source", "use", "low", "high", "median", "model_low", "model_high",
             "seeds_inside", "seeds", "verdict")
    rows = [(pattern.target.id, pattern.target.pattern, pattern.target.label, pattern.target.published,
             pattern.target.source, pattern.target.use, pattern.target.low, pattern.target.high, pattern.median,
             pattern.low, pattern.high, pattern.seeds_inside, pattern.seeds, pattern.status) for pattern in verdicts]
    return AnalysisSheet("validation", "", heads, rows)


def _render_page(checks: Sequence[ModelCheckResult], verdicts: Sequence[PatternCheck], place: PlaceLabels, seeds: int,
                 lang: str) -> str:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, finalize=insert_nbsp)
    template = environment.from_string((files(__package__) / "validation.html").read_text(encoding="utf-8"))
    lead = translate("{seeds} seeds, {place}. A figure is met if the median over seeds lies in the interval. Sixteen "
                     "numbers of the model were set by these figures, unless marked “not calibrated”: that it meets "
                     "them does not prove that it predicts.", lang, seeds=seeds,
                     place=getattr(place, f"label_{lang}") or place.label_en)
    shown = [{"id": check.id, "label": localise(check.text, lang), "good": check.passed} for check in checks]
    words = {**_translate_words(lang), "heading": _format_heading(checks, verdicts, lang), "lead": lead}
    return template.render(lang=lang, w=words,
                           rows=[_build_page_row(pattern, lang) for pattern in verdicts], checks=shown)


def _translate_words(lang: str) -> dict[str, str]:
    return {key: translate(text, lang) for key, text in VALIDATION_TEXTS.items()}


def _format_heading(checks: Sequence[ModelCheckResult], verdicts: Sequence[PatternCheck], lang: str) -> str:
    passed = sum(pattern.status == "pass" for pattern in verdicts)
    return translate("{passed} of {count} published figures met; {good} of {checks} checks hold", lang, passed=passed,
                     count=len(verdicts), good=sum(check.passed for check in checks), checks=len(checks))


def _build_page_row(pattern: PatternCheck, lang: str) -> dict[str, Any]:
    """Texts of a row, and the x coordinates of its small axes: a, b published interval; c, d, m model, in pixels."""
    target, words = pattern.target, _translate_words(lang)
    drawn = pattern.status != NOT_MEASURED
    top = max(target.high, pattern.high if drawn else 0.0) * 1.1
    values = {"a": target.low, "b": target.high, "c": pattern.low, "d": pattern.high, "m": pattern.median}
    axis = {name: MARGIN + value / top * (WIDTH - 2 * MARGIN) if drawn else 0.0 for name, value in values.items()}
    return {"id": target.id, "label": translate(target.label, lang),
            "use": words["known"] if target.use == "known" else "",
            "published": _translate_published(target.published, lang), "interval": _format_range(pattern, lang),
            "model": _format_model_value(pattern, lang), "drawn": drawn, "verdict": pattern.status,
            "verdict_text": words[pattern.status], "source": target.source,
            **{name: round(value, 1) for name, value in axis.items()}}


def _translate_published(text: str, lang: str) -> str:
    """A published figure as written in the source; in English with English number format."""
    return text if lang == "fr" else text.replace(" %", "%").replace("1/3", "one third").replace(",", ".")


def format_pattern_value(value: float, pattern: str, lang: str) -> str:
    """A pattern's value with two decimals if it is a ratio, else as a percentage. pattern: its name."""
    return format_number(value, lang, 2) if pattern in RATIOS else format_percent(value, lang)


def _format_range(pattern: PatternCheck, lang: str) -> str:
    low, high = (format_pattern_value(end, pattern.target.pattern, lang)
                 for end in (pattern.target.low, pattern.target.high))
    return f"{low} – {high}"


def _format_model_value(pattern: PatternCheck, lang: str) -> str:
    """Median and range over seeds."""
    if pattern.status == NOT_MEASURED:
        return NO_VALUE
    median, low, high = (format_pattern_value(value, pattern.target.pattern, lang)
                         for value in (pattern.median, pattern.low, pattern.high))
    return f"{median} [{low} – {high}]"
