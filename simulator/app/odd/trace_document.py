"""The TRACE document: on one page, what was checked between the problem and the output, from what the code declares."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields
from importlib import resources
from pathlib import Path
from typing import Any

from ...config.cards.catalogue import load_cards
from ...i18n.translation import translate
from ...parameters import GRADES
from ..cli.text_table import format_cli_table
from . import document_tables, submodels
from .document import collect_head, render_odd_template
from .headings import TRACE_HEADINGS, TRACE_NOTE, TRACE_TITLE

TRACE_TEMPLATE = "trace.md"
CALIBRATED = "calibrated"
"""A source with this word says that calibration set the number."""


def render_trace_document(folders: list[Path], lang: str) -> str:
    """The document as Markdown. folders: folders of cards. lang: language of headings."""
    from ...analysis.validation.pattern_targets import TARGETS
    from ...parameters.model import BEHAVIOURS

    cards = {group: [found.card for found in load_cards(group, folders)] for group in ("lever", "crisis", "site")}
    fitted = [target for target in TARGETS if target.use == "calibration"]
    checks, calibrated = list_verification_checks(), list_calibrated_numbers()
    return render_odd_template(TRACE_TEMPLATE, {
        **collect_head(lang), "title": translate(TRACE_TITLE, lang), "note": translate(TRACE_NOTE, lang),
        "h": {key: translate(text, lang) for key, text in TRACE_HEADINGS.items()},
        "lever_count": len(cards["lever"]), "crisis_count": len(cards["crisis"]),
        "grades": _format_grade_table(cards), "behaviour_count": len(BEHAVIOURS),
        "behaviours": document_tables.format_code_list(BEHAVIOURS),
        "equation_count": len(list(submodels.list_equations())), "check_count": len(checks),
        "checks": "; ".join(text for _, text in checks),
        "fitted_count": len(fitted), "fitted": _format_targets(fitted),
        "held_back": _format_targets(target for target in TARGETS if target.use != "calibration"),
        "calibrated_count": len(calibrated), "calibrated": document_tables.format_code_list(calibrated)})


def list_verification_checks() -> list[tuple[str, str]]:
    """(id, what must hold) of every check of `resilience validate`, as its code declares them."""
    code = resources.files("simulator.engine").joinpath("verification.py").read_text(encoding="utf-8")
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)
             and isinstance(node.func, ast.Name) and node.func.id == "VerificationCheck"]
    return [(ast.literal_eval(call.args[0]), ast.literal_eval(_get_message_text(call.args[1])))
            for call in sorted(calls, key=lambda call: call.lineno)]


def _get_message_text(node: ast.expr) -> ast.expr:
    """The text of a message in code: its first argument. TypeError for another expression."""
    if not isinstance(node, ast.Call) or not node.args:
        raise TypeError(f"{ast.unparse(node)}: expected Message(text)")
    return node.args[0]


def list_calibrated_numbers() -> list[str]:
    """Names of the model's numbers that calibration set, without the prefix `model.`."""
    return [f"{name.removeprefix('model.')}.{item.name}"
            for name, group in document_tables.list_documented_groups().items() for item in fields(group)
            if CALIBRATED in item.metadata.get("source", "")]


def list_card_grades(cards: dict[str, list[Any]]) -> Iterator[str]:
    """The grade of every graded number or group of numbers of lever, crisis and site cards."""
    for card in cards["lever"]:
        yield card.cost.grade
        yield from (modifier.grade for modifier in card.modifiers)
    for card in cards["crisis"]:
        yield from card.grades.values()
    for card in cards["site"]:
        yield from (text.partition(":")[0].strip() for text in card.sources.values())


def _format_grade_table(cards: dict[str, list[Any]]) -> str:
    """How many numbers of the model, and entries of cards, have each grade."""
    of_model, of_cards = document_tables.count_grades(), Counter(list_card_grades(cards))
    rows = [(name, *(count[grade] for grade in GRADES), sum(count.values()))
            for name, count in (("numbers of the model", of_model), ("entries of cards", of_cards))]
    return format_cli_table(("", *GRADES, "all"), rows, markdown=True)


def _format_targets(targets: Iterable[Any]) -> str:
    """Patterns with their intervals, as a list in one line."""
    return "; ".join(f"{target.label} ({target.low:g} to {target.high:g})" for target in targets)
