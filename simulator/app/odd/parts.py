"""The tables of the ODD+D document, each printed from declarations."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from dataclasses import fields
from pathlib import Path
from typing import Any

from ...config.catalogue import every
from ...i18n.describe_texts import label
from ..cli.tables import table, text
from ..commands.describe import cards as describe_cards
from ..commands.describe import model as describe_model

COLUMNS = {group: tuple(key for key in keys if key != "file") for group, keys in describe_cards.COLUMNS.items()}
HEAD = re.compile(r"^(#+) ", re.MULTILINE)


def deeper(markdown: str, by: int) -> str:
    """Markdown with all its headings so many levels further down."""
    return HEAD.sub(lambda found: "#" * (len(found.group(1)) + by) + " ", markdown).strip()


def bare(markdown: str) -> str:
    """Markdown of one topic without its own heading."""
    return re.sub(r"\A#+ .*\n+", "", markdown).strip()


def entities(lang: str) -> str:
    """The tables of a world: what a row is, and its columns."""
    known = describe_model.known_tables()
    parts = [f"### `{name}`\n\n{doc_of_class(kind)}\n\n{bare(describe_model.columns(name, lang, True))}"
             for name, kind in known.items()]
    return "\n\n".join(parts)


def doc_of_class(kind: Any) -> str:
    """A class's documentation, unindented."""
    return inspect.cleandoc(kind.__doc__ or "")


def domains() -> str:
    """The four domains and their units."""
    from ...records.schema import DOMAIN_UNITS
    from ...rules import domain

    return table(("domain", "unit"), [(f"`{name}`", DOMAIN_UNITS[name]) for name in domain.DOMAINS], True)


def quantities(group: Any, name: str, lang: str) -> str:
    """Every number of a group of settings."""
    heads = [label(key, lang) for key in ("name", "default", "unit", "range", "grade", "doc", "source")]
    rows = [(f"`{name}.{item.name}`", getattr(group, item.name), item.metadata["unit"],
             f"{item.metadata['low']:g} - {item.metadata['high']:g}", item.metadata["grade"], item.metadata["doc"],
             item.metadata["source"]) for item in fields(group) if "unit" in item.metadata]
    return table(heads, rows, markdown=True)


def groups() -> dict[str, Any]:
    """Name of every group of numbers to the group with its defaults: those one can set, and how money is weighed."""
    from ...levers.cost import Discounting

    return {**describe_model.groups(), "discounting": Discounting()}


def parameters(lang: str) -> str:
    """Every number of the model, group by group."""
    return "\n\n".join(f"### `{name}`\n\n{doc_of_class(type(group))}\n\n{quantities(group, name, lang)}"
                       for name, group in groups().items() if name != "calendar")


def grades() -> Counter[str]:
    """How many numbers of the model have each grade."""
    return Counter(item.metadata["grade"] for group in groups().values() for item in fields(group)
                   if "unit" in item.metadata)


def streams() -> str:
    """The streams of luck, one per decision."""
    from ...kernel.stream import names

    return ", ".join(f"`{name}`" for name in names()) + "."


def outcomes() -> str:
    """The outcomes, with unit, direction and smallest difference of interest."""
    from ...analysis.effects.outcomes import OUTCOMES

    way = {-1: "less", 0: "neither", 1: "more"}
    rows = [(f"`{name}`", one.unit, one.doc, way[one.better], one.smallest) for name, one in OUTCOMES.items()]
    return table(("outcome", "unit", "meaning", "better", "smallest difference of interest"), rows, True)


def records() -> str:
    """The data dictionary."""
    from ...records.schema import dictionary

    return dictionary()


def cards(group: str, folders: list[Path], lang: str) -> str:
    """All cards of a group: a table of them, then each in full. Where their files lie is left out."""
    found = every(group, folders)
    parts = [table([label(key, lang) for key in COLUMNS[group]],
                   [[describe_cards.cell(one, key, lang) for key in COLUMNS[group]] for one in found], True)]
    if group in ("lever", "crisis"):
        parts += [_card(group, one.name, folders, lang) for one in found]
    return "\n\n".join(parts)


def _card(group: str, name: str, folders: list[Path], lang: str) -> str:
    lines = deeper(describe_cards.card(group, name, folders, lang, True), 1).splitlines()
    return "\n".join(line for line in lines if not line.startswith(f"| {label('file', lang)} |"))


def listed(names: Any) -> str:
    """Names as code, with commas."""
    return ", ".join(f"`{text(name)}`" for name in names)

