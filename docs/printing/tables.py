"""Reference tables, read from where numbers, handles, columns and cards are declared."""

from __future__ import annotations

from dataclasses import fields

from simulator.app.commands.describe import model
from simulator.cards.reader import read
from simulator.config.source import home
from simulator.records.schema import EFFECTS, TABLES

from .words import grade

CONFIGS = ("territory", "site", "behaviour", "study", "executor")


def parameters() -> str:
    """Every number of the model, one section a group."""
    parts = []
    for name, group in model.groups().items():
        doc = (type(group).__doc__ or "").strip().splitlines()[0]
        rows = [_number(name, item, getattr(group, item.name)) for item in fields(group) if "unit" in item.metadata]
        if rows:
            parts += [f"\n## {name}\n\n{doc}\n", "| name | default | unit | range | grade | meaning and source |",
                      "|---|---|---|---|---|---|", *rows, ""]
    return "\n".join(parts)


def _number(group: str, item: object, value: float) -> str:
    meta = item.metadata  # type: ignore[attr-defined]
    return (f"| `{item.name}` | {value:g} | {meta['unit']} | {meta['low']:g} – {meta['high']:g} | "  # type: ignore[attr-defined]
            f"{grade(meta['grade'], 'en')} | {_cell(meta['doc'])} *({_cell(meta['source'])})* |")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "/").replace("*", "\\*")


def handles() -> str:
    """What a lever or a crisis may turn."""
    return model.handles("en", True).partition("\n")[2]


def phases() -> str:
    """What happens in a step, in order."""
    return model.phases("en", True).partition("\n")[2]


def columns() -> str:
    """Every column of the world, one section a table."""
    parts = []
    for name in model.known_tables():
        table = model.columns(name, "en", True).partition("\n")[2].strip()
        parts += [f"\n## {name}\n", table.replace(f"| {name}.", "| "), ""]
    return "\n".join(parts)


def dictionary() -> str:
    """Every column of every table that is written, one section a table."""
    parts = []
    for table, columns_ in {**TABLES, "effects": EFFECTS}.items():
        parts += [f"\n## {table}\n", "| column | type | unit | meaning |", "|---|---|---|---|"]
        parts += [f"| `{name}` | {one.dtype} | {one.unit} | {one.doc} |" for name, one in columns_.items()]
    return "\n".join(parts) + "\n"


def configs() -> str:
    """The cards that come with the project, other than levers and crises."""
    parts = []
    for group in CONFIGS:
        parts += [f"\n## {group}\n", "| name | label | what it says |", "|---|---|---|"]
        for file in sorted((home() / group).glob("*.yaml")):
            card, text = read(file)[0], file.read_text(encoding="utf-8")
            told = card.get("question_en") or " ".join(
                line[2:] for line in text.splitlines() if line.startswith("# ") and "@package" not in line)
            parts.append(f"| `{file.stem}` | {card.get('label_en', card.get('label_fr', ''))} | {_cell(told)} |")
    return "\n".join(parts) + "\n"


