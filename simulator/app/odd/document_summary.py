"""The summary of the ODD+D document, three pages at most: a short template filled from the same declarations."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from importlib import resources
from pathlib import Path
from typing import Any

from ...config.cards.catalogue import load_cards
from ...i18n.translation import translate
from ...parameters import GRADES
from ..cli.text_table import format_cli_table
from . import document_tables, submodels
from .chart_blocks import format_chart_blocks
from .document import collect_head, render_odd_template
from .headings import SUMMARY_HEADINGS, SUMMARY_NOTE, SUMMARY_TITLE
from .model_charts import flatten_rule_doc

SUMMARY_TEMPLATE = "odd_summary.md"
MAIN_EQUATIONS = (
    "apply_gain", "apply_loss", "joining_rate", "leaving_rate", "meeting_probability",
    "trust_after_hours", "tie_acceptance_probability", "acceptance_probability", "own_pace", "voice_probability",
    "promise_probability", "spare_hours", "scar_of_need", "given_up_amount", "return_rate",
    "follow_ceiling", "update_strain", "excess_at_home")
"""Rules that the summary names, in the order in which a step needs them; KeyError where one is gone."""


def render_odd_summary(folders: list[Path], lang: str) -> str:
    """The summary as Markdown. folders: folders of cards. lang: language of headings."""
    from ...analysis.effects.outcomes import OUTCOMES
    from ...kernel.random_streams import list_streams
    from ...rules.tie_kinds import MAX_TIES

    facts: dict[str, Any] = {
        **collect_head(lang), "title": translate(SUMMARY_TITLE, lang), "note": translate(SUMMARY_NOTE, lang),
        "h": {key: translate(text, lang, context="ODD summary") for key, text in SUMMARY_HEADINGS.items()},
        "slots": MAX_TIES, "streams": len(list_streams()),
        "outcomes": len(OUTCOMES), "entities": summarise_entities(), "charts": format_chart_blocks(lang),
        "equations": summarise_equations(), "decisions": summarise_decisions(), "sources": list_count_sources(),
        "graded_all": document_tables.format_grades(), "groups": summarise_groups(), "cards": count_cards(folders)}
    return render_odd_template(SUMMARY_TEMPLATE, facts)


def summarise_entities() -> str:
    """The tables of a world: what a row is, and how many columns there are."""
    rows = [(f"`{name}`", get_first_sentence(kind), len(kind.columns()))
            for name, kind in document_tables.describe_model.list_world_tables().items()]
    return format_cli_table(("table", "a row", "state variables"), rows, markdown=True)


def get_first_sentence(described: Any) -> str:
    """The first sentence of a docstring."""
    return document_tables.get_class_doc(described).partition(". ")[0].partition("\n\n")[0].rstrip(".") + "."


def summarise_equations() -> str:
    """The main equations in words, each with the rule that computes it."""
    known = {node.name: (name, module) for name, module, node in submodels.list_equations()}
    rows = []
    for rule in MAIN_EQUATIONS:
        file, module = known[rule]
        rows.append((f"`{file}.{rule}`", flatten_rule_doc(getattr(module, rule)).partition(" Source:")[0]))
    return format_cli_table(("rule", "what it gives"), rows, markdown=True)


def summarise_decisions() -> str:
    """The decisions of a resident, one sentence each."""
    from ...agents.decision_stages import STAGES_BY_DECISION
    from ...agents.resident import Resident

    rows = [(f"`{name}`", get_first_sentence(getattr(Resident, name))) for name in STAGES_BY_DECISION]
    return format_cli_table(("decision", "what is decided"), rows, markdown=True)


def summarise_groups() -> str:
    """How many numbers of each group have which grade."""
    rows = []
    for name, group in document_tables.list_documented_groups().items():
        count = Counter(item.metadata["grade"] for item in fields(group) if "unit" in item.metadata)
        rows.append((f"`{name}`", get_first_sentence(type(group)), *(count[grade] or "" for grade in GRADES)))
    return format_cli_table(("group", "about", *GRADES), rows, markdown=True)


def count_cards(folders: list[Path]) -> str:
    """How many cards of each kind there are."""
    groups = document_tables.describe_cards.GROUP_LABELS
    return ", ".join(f"{len(load_cards(group, folders))} {many}" for group, many in groups.items())


def list_count_sources() -> str:
    """The sources of the communes' counts, as the table beside the data names them."""
    data = resources.files("simulator.world.population").joinpath("data", "communes_source.md")
    lines = [line for line in data.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return "\n".join(f"- {line.strip('| ').rpartition(' | ')[2]}" for line in lines[1:])
