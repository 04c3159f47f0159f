"""The tables of the ODD+D document, each printed from declarations."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from dataclasses import fields
from pathlib import Path
from typing import Any

from ...config.cards.catalogue import load_cards
from ...i18n.texts.describe_texts import DESCRIBE_LABELS
from ...i18n.translation import translate
from ...parameters import GRADES
from ..cli.text_table import format_cli_table, format_table_cell
from ..commands.describe import cards as describe_cards
from ..commands.describe import model as describe_model

ODD_CARD_COLUMNS = {group: tuple(key for key in keys if key != "file")
                    for group, keys in describe_cards.CARD_COLUMNS.items()}
"""Columns of a group's table of cards. Files are left out: the document does not depend on where they lie."""
HEADING_PATTERN = re.compile(r"^(#+) ", re.MULTILINE)


def demote_headings(markdown: str, by: int) -> str:
    """Markdown with all its headings `by` levels further down."""
    return HEADING_PATTERN.sub(lambda found: "#" * (len(found.group(1)) + by) + " ", markdown).strip()


def strip_first_heading(markdown: str) -> str:
    """Markdown without its first heading."""
    return re.sub(r"\A#+ .*\n+", "", markdown).strip()


def document_entities(lang: str) -> str:
    """The tables of a world: what a row is, and its columns."""
    parts = []
    for name, kind in describe_model.list_world_tables().items():
        columns = strip_first_heading(describe_model.format_columns(name, lang, True))
        parts.append(f"### `{name}`\n\n{get_class_doc(kind)}\n\n{columns}")
    return "\n\n".join(parts)


def get_class_doc(kind: Any) -> str:
    """A class's docstring, unindented."""
    return inspect.cleandoc(kind.__doc__ or "")


def document_domains() -> str:
    """The four domains of needs and their units."""
    from ...records.schema import DOMAIN_UNITS
    from ...rules.need_domains import DOMAINS

    return format_cli_table(("domain", "unit"), [(f"`{name}`", DOMAIN_UNITS[name]) for name in DOMAINS], True)


def document_parameter_group(group: Any, name: str, lang: str) -> str:
    """Every number of a parameter group. group: its instance with defaults. name: its dotted name."""
    keys = ("name", "default", "unit", "range", "grade", "doc", "source")
    heads = [translate(DESCRIBE_LABELS[key], lang) for key in keys]
    rows = [(f"`{name}.{item.name}`", getattr(group, item.name), item.metadata["unit"],
             f"{item.metadata['low']:g} - {item.metadata['high']:g}", item.metadata["grade"], item.metadata["doc"],
             item.metadata["source"]) for item in fields(group) if "unit" in item.metadata]
    return format_cli_table(heads, rows, markdown=True)


def list_documented_groups() -> dict[str, Any]:
    """Name of every parameter group to its defaults: the groups one can set, and discounting."""
    from ...levers.cost import Discounting

    return {**describe_model.list_parameter_groups(), "discounting": Discounting()}


def document_parameters(lang: str) -> str:
    """Every parameter of the model, group by group."""
    return "\n\n".join(f"### `{name}`\n\n{get_class_doc(type(group))}\n\n{document_parameter_group(group, name, lang)}"
                       for name, group in list_documented_groups().items() if name != "calendar")


def count_grades() -> Counter[str]:
    """How many parameters of the model have each grade of evidence."""
    return Counter(item.metadata["grade"] for group in list_documented_groups().values() for item in fields(group)
                   if "unit" in item.metadata)


def format_grades() -> str:
    """How many parameters there are and how many of each grade, as a sentence."""
    counts = count_grades()
    return f"{sum(counts.values())} numbers: {', '.join(f'{counts[one]} {one}' for one in GRADES if counts[one])}."


def document_random_streams() -> str:
    """The streams of keyed random numbers, one per decision."""
    from ...kernel.random_streams import list_streams

    return ", ".join(f"`{name}`" for name in list_streams()) + "."


def document_outcomes() -> str:
    """The outcomes, with unit, direction and smallest difference of interest."""
    from ...analysis.effects.outcomes import OUTCOMES

    better = {-1: "less", 0: "neither", 1: "more"}
    rows = [(f"`{name}`", one.unit, one.doc, better[one.direction], one.smallest_effect)
            for name, one in OUTCOMES.items()]
    return format_cli_table(("outcome", "unit", "meaning", "better", "smallest difference of interest"), rows, True)


def document_channels() -> str:
    """The channels that `ablate` switches off, and what is so when one is cut."""
    from ...rules.channels import CHANNELS

    rows = [(f"`{name}`", text) for name, text in CHANNELS.items()]
    return format_cli_table(("channel", "when it is cut"), rows, markdown=True)


def document_records() -> str:
    """The data dictionary of the records."""
    from ...records.schema import format_data_dictionary

    return format_data_dictionary()


def document_cards(group: str, folders: list[Path], lang: str) -> str:
    """All cards of a group in a table; levers and crises then each in full."""
    keys, cards = ODD_CARD_COLUMNS[group], load_cards(group, folders)
    rows = [[describe_cards.get_card_entry(card, key, lang) for key in keys] for card in cards]
    parts = [format_cli_table([translate(DESCRIBE_LABELS[key], lang) for key in keys], rows, True)]
    if group in ("lever", "crisis"):
        parts += [_document_card(group, card.name, folders, lang) for card in cards]
    return "\n\n".join(parts)


def _document_card(group: str, name: str, folders: list[Path], lang: str) -> str:
    lines = demote_headings(describe_cards.format_card(group, name, folders, lang, True), 1).splitlines()
    return "\n".join(line for line in lines if not line.startswith(f"| {translate('file', lang)} |"))


def format_code_list(names: Any) -> str:
    """Names as Markdown code, separated by commas."""
    return ", ".join(f"`{format_table_cell(name)}`" for name in names)
