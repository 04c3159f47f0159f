"""Parameters, handles, phases and columns as tables, read from where they are declared."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields, is_dataclass
from typing import Any

from ....config.errors import UsageError, choices, one_line
from ....i18n.describe_texts import label
from ....parameters import GRADES, Model
from ....scenario.run import Calendar
from ...cli.tables import table, title


def groups() -> dict[str, Any]:
    """Dotted name of each group of numbers to the group with its defaults."""
    model = Model()
    found = {f"model.{item.name}": getattr(model, item.name) for item in fields(model)}
    return {**{name: group for name, group in found.items() if is_dataclass(group)}, "calendar": Calendar()}


def parameters(wanted: str | None, lang: str, markdown: bool) -> str:
    """Every number with default, unit, range, grade, source and meaning. UsageError for an unknown group."""
    known = groups()
    if wanted is not None:
        short = {name.removeprefix("model."): name for name in known}
        key = short.get(wanted.removeprefix("model."))
        if key is None:
            raise UsageError("topic_name", topic="group", word=one_line(wanted), choices=choices(wanted, short))
        known = {key: known[key]}
    heads = [label(k, lang) for k in ("name", "default", "unit", "range", "grade", "doc", "source")]
    rows = [(f"{name}.{item.name}", getattr(group, item.name), item.metadata["unit"],
             f"{item.metadata['low']:g} - {item.metadata['high']:g}", item.metadata["grade"], item.metadata["doc"],
             item.metadata["source"])
            for name, group in known.items() for item in fields(group) if "unit" in item.metadata]
    count = Counter(row[4] for row in rows)
    parts = ", ".join(f"{count[grade]} {grade}" for grade in GRADES if count[grade])
    told = f"{label('graded', lang, all=len(rows), parts=parts)}\n{label('write_so', lang)}\n"
    return title(label("parameters", lang), markdown) + table(heads, rows, markdown) + "\n" + told


def handles(lang: str, markdown: bool) -> str:
    """Every mechanism quantity that a lever or a crisis may turn."""
    from ....levers.catalogue import HANDLES

    heads = [label(k, lang) for k in ("name", "unit", "range", "ops", "doc")]
    rows = [(one.name, one.unit, f"{one.low:g} - {one.high:g}", one.ops, one.doc) for one in HANDLES.values()]
    return title(label("handles", lang), markdown) + table(heads, rows, markdown)


def phases(lang: str, markdown: bool) -> str:
    """The phases in order, with the columns each writes and the handles each reads."""
    from ....levers.catalogue import HANDLES
    from ....phases.order import PHASES

    heads = [label(k, lang) for k in ("phase", "reads", "writes", "doc")]
    rows = []
    for name, module in PHASES.items():
        doc = module.__doc__ or ""
        read = [one for one in re.findall(r"\b(?:site|resident|institution|territory)\.\w+", doc) if one in HANDLES]
        rows.append((name, list(dict.fromkeys(read)), list(module.WRITES), doc.strip().splitlines()[0]))
    return title(label("phases", lang), markdown) + table(heads, rows, markdown)


def columns(wanted: str | None, lang: str, markdown: bool) -> str:
    """Every column of the world's tables. UsageError for an unknown table."""
    known = known_tables()
    if wanted is not None and wanted not in known:
        raise UsageError("topic_name", topic="table", word=one_line(wanted), choices=choices(wanted, known))
    heads = [label(k, lang) for k in ("column", "type", "unit", "range", "doc")]
    rows = []
    for name in [wanted] if wanted else known:
        for column, declared in known[name].columns().items():
            kind = f"{declared.dtype}[{declared.width}]" if declared.width else str(declared.dtype)
            rows.append((f"{name}.{column}", kind, declared.unit, _span(declared.low, declared.high), declared.doc))
    return title(label("columns", lang), markdown) + table(heads, rows, markdown)


def _span(low: float | None, high: float | None) -> str | None:
    if low is None or high is None:
        return None if low is None else f"≥ {low:g}"
    return f"{low:g} - {high:g}"


def known_tables() -> dict[str, Any]:
    """Name of each table of a world to its class."""
    from ....world.places.place import Buildings, Communes, Households, Neighbourhoods
    from ....world.population.people import People, Ties
    from ....world.sites.site import Institutions, Sites

    return {"communes": Communes, "neighbourhoods": Neighbourhoods, "buildings": Buildings, "households": Households,
            "people": People, "ties": Ties, "sites": Sites, "institutions": Institutions}
