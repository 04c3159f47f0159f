"""Cards of levers, crises, territories and sites, as a list or one in full."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any

from ....cards.card_texts import read_card_text
from ....config.cards.card_files import find_shipped_configs
from ....config.cards.catalogue import CatalogueCard, find_card, load_cards
from ....i18n.texts.describe_texts import DESCRIBE_LABELS
from ....i18n.translation import translate
from ...cli.text_table import format_cli_table, format_table_cell, format_table_title

GROUP_LABELS = {"lever": "levers", "crisis": "crises", "territory": "territories", "site": "sites"}
CARD_COLUMNS = {"lever": ("code", "name", "label", "modifiers", "cost", "grade", "mechanism"),
                "crisis": ("name", "start", "days", "mode", "label", "doc"),
                "territory": ("name", "label", "file"), "site": ("name", "label", "file")}
"""Columns of the list of a group's cards, by the keys of their headings."""


def format_card_list(group: str, folders: list[Path], lang: str, markdown: bool) -> str:
    """The cards of a group, one a line."""
    rows = [[get_card_entry(found, key, lang) for key in CARD_COLUMNS[group]] for found in load_cards(group, folders)]
    heads = [translate(DESCRIBE_LABELS[key], lang) for key in CARD_COLUMNS[group]]
    title = format_table_title(translate(DESCRIBE_LABELS[GROUP_LABELS[group]], lang), markdown)
    return title + format_cli_table(heads, rows, markdown)


def format_claim_table(folders: list[Path], lang: str, markdown: bool) -> str:
    """The claims of the field study, with what each is worth in the model."""
    from ....analysis.claims import list_claim_rows, read_claim_effects

    labels = {found.name: str(get_card_entry(found, "label", lang)) for found in load_cards("crisis", folders)}
    effects = read_claim_effects(find_shipped_configs() / "claims" / "claims.csv")
    title = format_table_title(translate("Claims of the field study, each with its channel switched off", lang),
                               markdown)
    return title + format_cli_table(*list_claim_rows(effects, lang, labels), markdown)


def get_card_entry(found: CatalogueCard, key: str, lang: str) -> object:
    """The cell of a card under one of CARD_COLUMNS."""
    card = found.card
    if key == "modifiers":
        return [f"{modifier.handle} {modifier.op} {modifier.value:g}" for modifier in card.modifiers]
    if key == "label":
        return read_card_text(card, "label", lang) or getattr(card, "name", "")
    if key == "doc":
        return read_card_text(card, "explanation", lang)
    if key == "cost":
        return [f"{price.value:g} {unit}" for price, unit in _prices(card.cost) if price.value]
    if key == "grade":
        return card.evidence.grade
    if key in ("name", "file"):
        return {"name": found.name, "file": found.file}[key]
    return getattr(card, f"{key}_{lang}", "") or getattr(card, key)


def _prices(cost: Any) -> Iterator[tuple[Any, str]]:
    """(price, its unit) of each price of a lever."""
    for item in fields(cost):
        value = getattr(cost, item.name)
        if is_dataclass(value):
            yield value, item.metadata.get("entry_unit", "EUR").replace("unit", cost.unit)


def format_card(group: str, name: str, folders: list[Path], lang: str, markdown: bool) -> str:
    """One card in full: label, explanation, and every entry that differs from its default."""
    found = find_card(group, name, folders)
    label = get_card_entry(found, "label", lang)
    body = [format_table_title(f"{name}: {format_table_cell(label)}", markdown)]
    explanation = read_card_text(found.card, "explanation", lang)
    if explanation:
        body.append(f"{format_table_cell(explanation)}\n\n")
    heads = [translate(DESCRIBE_LABELS[k], lang) for k in ("entry", "value", "unit", "doc")]
    other_language = "_en" if lang == "fr" else "_fr"
    rows = [row for row in _list_entries(found.card, "")
            if not row[0].startswith(("label_", "explanation_")) and not row[0].endswith(other_language)]
    with_french = {row[0].removesuffix("_fr") for row in rows if row[0].endswith("_fr")}
    rows = [row for row in rows if row[0] not in with_french]
    body.append(format_cli_table(heads, [*rows, (translate("file", lang), found.file, "", "")], markdown))
    return "".join(body)


def _list_entries(card: Any, prefix: str) -> Iterator[tuple[str, object, str, str]]:
    """(dotted name, value, unit, meaning) of every entry that differs from its default; grades always."""
    for item in fields(card):
        value, name = getattr(card, item.name), f"{prefix}{item.name}"
        if value == _get_default(item) and item.name != "grade":
            continue
        if is_dataclass(value):
            yield from _list_entries(value, f"{name}.")
        elif isinstance(value, list) and value and is_dataclass(value[0]):
            for place, part in enumerate(value):
                yield name + f".{place}", _format_part(part), "", item.metadata.get("doc", "")
        else:
            cell = [f"{k}: {v}" for k, v in value.items()] if isinstance(value, dict) else value
            yield name, cell, item.metadata.get("entry_unit", ""), item.metadata.get("doc", "")


def _format_part(part: Any) -> str:
    entries = [(item.name, getattr(part, item.name)) for item in fields(part)
               if item.name == "grade" or getattr(part, item.name) != _get_default(item)]
    return ", ".join(f"{name} {format_table_cell(value)}" for name, value in entries)


def _get_default(item: Any) -> Any:
    if item.default is not MISSING:
        return item.default
    return item.default_factory() if item.default_factory is not MISSING else MISSING
