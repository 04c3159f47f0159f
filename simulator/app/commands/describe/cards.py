"""Cards of levers, crises, territories and sites, as a list or one in full."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any

from ....config.catalogue import Found, every, one
from ....i18n.describe_texts import label
from ...cli.tables import table, text, title

MANY = {"lever": "levers", "crisis": "crises", "territory": "territories", "site": "sites"}
COLUMNS = {"lever": ("code", "name", "label", "turns", "cost", "grade", "mechanism"),
           "crisis": ("name", "start", "days", "mode", "label", "doc"),
           "territory": ("name", "label", "file"), "site": ("name", "label", "file")}


def cards(group: str, folders: list[Path], lang: str, markdown: bool) -> str:
    """The cards of a group, one a line."""
    rows = [[cell(found, key, lang) for key in COLUMNS[group]] for found in every(group, folders)]
    heads = [label(key, lang) for key in COLUMNS[group]]
    return title(label(MANY[group], lang), markdown) + table(heads, rows, markdown)


def cell(found: Found, key: str, lang: str) -> object:
    """What a card says under one of COLUMNS."""
    card = found.card
    if key == "turns":
        return [f"{turn.handle} {turn.op} {turn.value:g}" for turn in card.turns]
    if key == "label":
        return getattr(card, f"label_{lang}", "") or getattr(card, "name", "") or getattr(card, "label", "")
    if key == "doc":
        return getattr(card, f"explanation_{lang}")
    if key == "cost":
        return [f"{price.value:g} {unit}" for price, unit in _prices(card.cost) if price.value]
    if key == "grade":
        return card.evidence.grade
    if key in ("name", "file"):
        return {"name": found.name, "file": found.file}[key]
    return (getattr(card, f"{key}_fr", "") if lang == "fr" else "") or getattr(card, key)


def _prices(cost: Any) -> Iterator[tuple[Any, str]]:
    for item in fields(cost):
        value = getattr(cost, item.name)
        if is_dataclass(value):
            yield value, item.metadata.get("entry_unit", "EUR").replace("unit", cost.unit)


def card(group: str, name: str, folders: list[Path], lang: str, markdown: bool) -> str:
    """One card in full: label, explanation, and every entry that differs from the usual."""
    found = one(group, name, folders)
    head = cell(found, "label", lang)
    body = [title(f"{name}: {text(head)}", markdown)]
    told = getattr(found.card, f"explanation_{lang}", "")
    if told:
        body.append(f"{text(told)}\n\n")
    heads = [label(k, lang) for k in ("entry", "value", "unit", "doc")]
    other = "_en" if lang == "fr" else "_fr"
    rows = [row for row in _entries(found.card, "")
            if not row[0].startswith(("label_", "explanation_")) and not row[0].endswith(other)]
    doubled = {row[0].removesuffix("_fr") for row in rows if row[0].endswith("_fr")}
    rows = [row for row in rows if row[0] not in doubled]
    body.append(table(heads, [*rows, (label("file", lang), found.file, "", "")], markdown))
    return "".join(body)


def _entries(card: Any, before: str) -> Iterator[tuple[str, object, str, str]]:
    """Dotted name, value, unit and meaning of every entry that is not the usual one."""
    for item in fields(card):
        value, name = getattr(card, item.name), f"{before}{item.name}"
        if value == _usual(item) and item.name != "grade":
            continue
        if is_dataclass(value):
            yield from _entries(value, f"{name}.")
        elif isinstance(value, list) and value and is_dataclass(value[0]):
            for place, part in enumerate(value):
                yield name + f".{place}", _short(part), "", item.metadata.get("doc", "")
        else:
            shown = [f"{k}: {v}" for k, v in value.items()] if isinstance(value, dict) else value
            yield name, shown, item.metadata.get("entry_unit", ""), item.metadata.get("doc", "")


def _short(part: Any) -> str:
    given = [(item.name, getattr(part, item.name)) for item in fields(part)
             if item.name == "grade" or getattr(part, item.name) != _usual(item)]
    return ", ".join(f"{name} {text(value)}" for name, value in given)


def _usual(item: Any) -> Any:
    if item.default is not MISSING:
        return item.default
    return item.default_factory() if item.default_factory is not MISSING else MISSING
