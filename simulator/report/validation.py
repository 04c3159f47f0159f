"""The validation page: published figures beside what the model gives, and the model's own checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

from ..analysis.validation.scores import UNKNOWN, Verdict
from ..i18n.number import NOTHING, number, percent
from ..i18n.typography import held
from .analysis_sheet import Sheet, csv_text, write

RATIOS = ("gradient", "contact_ratio", "alone_ratio")
WIDTH, MARGIN = 130, 6
"""Pixels of the little axes."""

WORDS = {
    "fr": {
        "title": "Validation du modèle", "figures": "Chiffres publiés", "pattern": "constat", "published": "publié",
        "interval": "intervalle", "model": "modèle", "verdict": "verdict", "source": "source", "checks": "Contrôles",
        "good": "tenu", "bad": "en défaut", "pass": "atteint", "fail": "manqué", UNKNOWN: "non mesuré",
        "known": " · non calé",
        "heading": "{passed} chiffres publiés sur {count} atteints ; {good} contrôles sur {checks} tenus",
        "lead": "{seeds} graines, {place}. Un chiffre est atteint si la médiane sur les graines tombe dans "
                "l'intervalle. Seize nombres du modèle ont été réglés sur ces chiffres, sauf mention « non calé » : "
                "que le modèle les atteigne ne prouve pas qu'il prévoit.",
        "how": "Barre claire : intervalle publié, avec sa marge. Point : médiane du modèle ; trait : neuf graines sur "
               "dix.",
        "checks_how": "Éprouvés sur cette machine, dans un village de 500 habitants.",
        "limits": "Les enquêtes portent sur la France ou d'autres pays, à d'autres dates, par déclaration ; la "
                  "Seine-Saint-Denis peut s'en écarter.",
    },
    "en": {
        "title": "Validation of the model", "figures": "Published figures", "pattern": "pattern",
        "published": "published", "interval": "interval", "model": "model", "verdict": "verdict", "source": "source",
        "checks": "Checks", "good": "holds", "bad": "fails", "pass": "met", "fail": "missed", UNKNOWN: "not measured",
        "known": " · not calibrated",
        "heading": "{passed} of {count} published figures met; {good} of {checks} checks hold",
        "lead": "{seeds} seeds, {place}. A figure is met if the median over seeds lies in the interval. Sixteen "
                "numbers of the model were set by these figures, unless marked “not calibrated”: that it meets them "
                "does not prove that it predicts.",
        "how": "Pale bar: the published interval, with its margin. Dot: the model's median; line: nine seeds in ten.",
        "checks_how": "Tried on this machine, in a village of 500 residents.",
        "limits": "Surveys are of France or other countries, of other years, and self-reported; Seine-Saint-Denis may "
                  "differ.",
    },
}


class Tried(Protocol):
    """A check of the model, as engine.verification gives it."""

    @property
    def id(self) -> str:
        """Its number in the model's list."""

    @property
    def en(self) -> str:
        """What was to be seen, in English."""

    @property
    def fr(self) -> str:
        """The same in French."""

    @property
    def good(self) -> bool:
        """Whether it was."""


class Place(Protocol):
    """Where it was played."""

    label_en: str
    label_fr: str


def validation_text(checks: Sequence[Tried], verdicts: Sequence[Verdict], lang: str) -> str:
    """What the terminal shows: one line a figure, and the checks that failed."""
    w = WORDS[lang]
    rows = [(getattr(one.target, lang), _range(one, lang), _model(one, lang), w[one.verdict]) for one in verdicts]
    widths = [max(len(row[k]) for row in rows) for k in range(3)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)) + f"  {row[3]}" for row in rows]
    bad = [f"{check.id} {getattr(check, lang)}: {w['bad']}" for check in checks if not check.good]
    return "\n".join([_heading(checks, verdicts, lang), "", *lines, *bad]) + "\n"


def validation_files(checks: Sequence[Tried], verdicts: Sequence[Verdict], place: Place, seeds: int, folder: Path,
                     lang: str) -> list[Path]:
    """Write validation.html, validation.csv and checks.csv, each whole or not at all."""
    return [write(folder / "validation.html", _page(checks, verdicts, place, seeds, lang)),
            write(folder / "validation.csv", csv_text(table(verdicts))),
            write(folder / "checks.csv", csv_text(Sheet("checks", "", ("check", "what", "holds"), [
                (check.id, check.en, int(check.good)) for check in checks])))]


def table(verdicts: Iterable[Verdict]) -> Sheet:
    """The figures as a table, numbers unrounded."""
    heads = ("id", "pattern", "what", "published", "source", "use", "low", "high", "median", "model_low", "model_high",
             "seeds_inside", "seeds", "verdict")
    rows = [(one.target.id, one.target.pattern, one.target.en, one.target.published, one.target.source, one.target.use,
             one.target.low, one.target.high, one.median, one.low, one.high, one.inside, one.seeds, one.verdict)
            for one in verdicts]
    return Sheet("validation", "", heads, rows)


def _page(checks: Sequence[Tried], verdicts: Sequence[Verdict], place: Place, seeds: int, lang: str) -> str:
    from jinja2 import Environment, StrictUndefined

    own = Environment(autoescape=True, undefined=StrictUndefined, finalize=_signs)
    template = own.from_string((files(__package__) / "validation.html").read_text(encoding="utf-8"))
    words = WORDS[lang]
    lead = words["lead"].format(seeds=seeds, place=getattr(place, f"label_{lang}") or place.label_en)
    shown = [{"id": check.id, "label": getattr(check, lang), "good": check.good} for check in checks]
    return template.render(lang=lang, w={**words, "heading": _heading(checks, verdicts, lang), "lead": lead},
                           rows=[_row(one, lang) for one in verdicts], checks=shown)


def _signs(value: Any) -> Any:
    """Texts with their signs held to their words; numbers and markup as they are."""
    return held(value) if type(value) is str else value


def _heading(checks: Sequence[Tried], verdicts: Sequence[Verdict], lang: str) -> str:
    return WORDS[lang]["heading"].format(passed=sum(one.verdict == "pass" for one in verdicts), count=len(verdicts),
                                         good=sum(check.good for check in checks), checks=len(checks))


def _row(one: Verdict, lang: str) -> dict[str, Any]:
    target, w = one.target, WORDS[lang]
    drawn = one.verdict != UNKNOWN
    top = max(target.high, one.high if drawn else 0.0) * 1.1
    axis = dict(zip("abcdm", (MARGIN + value / top * (WIDTH - 2 * MARGIN) if drawn else 0.0 for value in (
        target.low, target.high, one.low, one.high, one.median))))
    return {"id": target.id, "label": getattr(target, lang), "use": w["known"] if target.use == "known" else "",
            "published": _published(target.published, lang), "interval": _range(one, lang), "model": _model(one, lang),
            "drawn": drawn, "verdict": one.verdict, "told": w[one.verdict], "source": target.source,
            **{name: round(value, 1) for name, value in axis.items()}}


def _published(text: str, lang: str) -> str:
    return text if lang == "fr" else text.replace(" %", "%").replace("1/3", "one third").replace(",", ".")


def value_text(value: float, pattern: str, lang: str) -> str:
    """A pattern's value as people read it: a ratio, or a share in per cent."""
    return number(value, lang, 2) if pattern in RATIOS else percent(value, lang)


def _range(one: Verdict, lang: str) -> str:
    target = one.target
    return f"{value_text(target.low, target.pattern, lang)} – {value_text(target.high, target.pattern, lang)}"


def _model(one: Verdict, lang: str) -> str:
    if one.verdict == UNKNOWN:
        return NOTHING
    pattern = one.target.pattern
    low, high = value_text(one.low, pattern, lang), value_text(one.high, pattern, lang)
    return f"{value_text(one.median, pattern, lang)} [{low} – {high}]"
