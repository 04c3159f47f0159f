"""Labels of analyses, and names of settings and groups."""

from __future__ import annotations

from ..translation import mark, translate
from .figure_texts import FIGURE_LABELS
from .verdict_texts import VERDICT_LABELS

ANALYSIS_LABELS: dict[str, str] = {
    **VERDICT_LABELS, "kept": mark("kept"), "broken": mark("broken"),
    "lever": mark("lever"), "portfolio": mark("portfolio"), "change": mark("change [interval]"),
    "verdict": mark("verdict"), "best": mark("among the best"), "gain": mark("gain from shared luck"),
    "seeds": mark("seeds"), "setting": mark("setting"), "best_in": mark("best in"),
    "satisfied": mark("conditions met"), "fair": mark("no group worse off"), "worst_group": mark("worst group"),
    "first": mark("alone"), "total": mark("with its interactions"), "star": mark("mean effect"),
    "uneven": mark("unevenness"), "share": mark("share"), "pair": mark("pair"), "together": mark("together, beyond"),
    "cost": mark("total cost"), "saved": mark("loss avoided"), "marginal": mark("euros per further person-day"),
    "worst": mark("worst tenth"), "equity": mark("gap poor-rich"), "loss": mark("loss"),
    "stays": mark("stays on the front"), "spared_by": mark("more lost"),
    "box_met": mark("“{lever}” meets its conditions in every scenario ({text})"),
    "box_unmet": mark("“{lever}” meets its conditions in no scenario ({text})"),
}
"""Conclusions, states and heads of tables."""
SETTING_NAMES = {"severity": mark("strength of the crisis ({card})"), "dose": mark("dose of {card}")}


def format_setting_name(name: str, lang: str) -> str:
    """The display name of a setting; its dotted name where there is none."""
    parts = name.split(".")
    if len(parts) > 2 and parts[0] in ("crisis", "lever") and parts[-1] in SETTING_NAMES:
        return translate(SETTING_NAMES[parts[-1]], lang, card=parts[1])
    return translate("behaviour", lang) if name == "behaviour" else name.removeprefix("model.")


def format_group_key(key: str, lang: str) -> str:
    """The display name of a group such as income.1: its dimension and its label."""
    dimension, _, group = key.partition(".")
    label = translate(FIGURE_LABELS[key], lang) if key in FIGURE_LABELS else group
    head = translate(FIGURE_LABELS[dimension], lang) if dimension in FIGURE_LABELS else dimension
    return translate("{head}: {text}", lang, head=head, text=label)
