"""Reference tables of parameters, handles, phases, columns and cards, from their declarations."""

from __future__ import annotations

from dataclasses import Field, fields
from typing import Any

from simulator.app.commands.describe import model
from simulator.cards.reader import read_yaml_card
from simulator.config.cards.card_files import find_shipped_configs
from simulator.records.schema import EFFECTS_SCHEMA, TABLE_SCHEMAS

from .words import render_grade

CONFIGS = ("territory", "site", "behaviour", "study", "executor")


def render_parameters() -> str:
    """Every number of the model, one section a group."""
    parts = []
    for name, group in model.list_parameter_groups().items():
        doc = (type(group).__doc__ or "").strip().splitlines()[0]
        rows = [_render_number(item, getattr(group, item.name)) for item in fields(group) if "unit" in item.metadata]
        if rows:
            parts += [f"\n## {name}\n\n{doc}\n", "| name | default | unit | range | grade | meaning and source |",
                      "|---|---|---|---|---|---|", *rows, ""]
    return "\n".join(parts)


def _render_number(item: Field[Any], value: float) -> str:
    meta = item.metadata
    return (f"| `{item.name}` | {value:g} | {meta['unit']} | {meta['low']:g} – {meta['high']:g} | "
            f"{render_grade(meta['grade'], 'en')} | {_cell(meta['doc'])} *({_cell(meta['source'])})* |")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "/").replace("*", "\\*")


def render_handles() -> str:
    """The handles that a lever or a crisis may modify."""
    return model.format_handles("en", True).partition("\n")[2]


def render_phases() -> str:
    """The phases of a step, in order."""
    return model.format_phases("en", True).partition("\n")[2]


def render_columns() -> str:
    """Every column of the world, one section a table."""
    parts = []
    for name in model.list_world_tables():
        table = model.format_columns(name, "en", True).partition("\n")[2].strip()
        parts += [f"\n## {name}\n", table.replace(f"| {name}.", "| "), ""]
    return "\n".join(parts)


def render_dictionary() -> str:
    """Every column of every output table, one section a table."""
    parts = []
    for table, schema in {**TABLE_SCHEMAS, "effects": EFFECTS_SCHEMA}.items():
        parts += [f"\n## {table}\n", "| column | type | unit | meaning |", "|---|---|---|---|"]
        parts += [f"| `{name}` | {column.dtype} | {column.unit} | {column.doc} |" for name, column in schema.items()]
    return "\n".join(parts) + "\n"
def render_configs() -> str:
    """The shipped cards other than levers and crises."""
    parts = []
    for group in CONFIGS:
        parts += [f"\n## {group}\n", "| name | label | what it says |", "|---|---|---|"]
        for file in sorted((find_shipped_configs() / group).glob("*.yaml")):
            card, text = read_yaml_card(file)[0], file.read_text(encoding="utf-8")
            description = card.get("question_en") or " ".join(
                line[2:] for line in text.splitlines() if line.startswith("# ") and "@package" not in line)
            parts.append(f"| `{file.stem}` | {card.get('label_en', card.get('label_fr', ''))} | {_cell(description)} |")
    return "\n".join(parts) + "\n"
