"""`describe`: what the model has, as frames: its numbers, handles, phases, columns, outcomes and cards."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ..cards.card_texts import read_card_text
from ..config.cards.card_files import list_config_folders
from ..config.cards.catalogue import load_cards
from ..config.errors import UsageError, suggest_names
from ..parameters import Model
from ..scenario.run import Calendar
from .setting_error import as_setting_errors

if TYPE_CHECKING:
    import pandas

Row = dict[str, Any]


def describe(topic: str = "parameters", *, config_dir: str | Path | Sequence[str | Path] = ()) -> pandas.DataFrame:
    """What the model has, as a pandas frame with one row for each.

    topic: parameters (every number: default, unit, range, grade, meaning, source), handles, phases, columns (of the
    world's tables), tables (columns of the records), outcomes, levers, crises, territories or sites; or the dotted name
    of one number or of a group of numbers, such as model.asking.ask or model.asking. config_dir: folders with cards of
    one's own. SettingError for an unknown topic.
    """
    import pandas

    folders = [config_dir] if isinstance(config_dir, (str, Path)) else list(config_dir)
    with as_setting_errors():
        if topic in CARD_TOPICS:
            rows = list_card_rows(CARD_TOPICS[topic], [str(folder) for folder in folders])
        elif topic in TOPICS:
            rows = TOPICS[topic]()
        else:
            rows = [row for row in list_parameter_rows() if f"{row['name']}.".startswith(f"{topic}.")]
        if not rows:
            names = [*TOPICS, *CARD_TOPICS, *(row["name"] for row in list_parameter_rows())]
            raise UsageError("unknown {topic} {word!r}: expected {choices}", topic="topic", word=topic,
                             choices=suggest_names(topic, names))
    return pandas.DataFrame(rows)


def list_parameter_groups() -> dict[str, Any]:
    """Dotted name of each parameter group to the group with its defaults."""
    model = Model()
    values = {f"model.{item.name}": getattr(model, item.name) for item in fields(model)}
    return {**{name: group for name, group in values.items() if is_dataclass(group)}, "calendar": Calendar()}


def list_parameter_rows() -> list[Row]:
    """Every number of the model and of the calendar, as it is declared."""
    return [{"name": f"{name}.{item.name}", "default": getattr(group, item.name), "unit": item.metadata["unit"],
             "low": item.metadata["low"], "high": item.metadata["high"], "grade": item.metadata["grade"],
             "doc": item.metadata["doc"], "source": item.metadata["source"]}
            for name, group in list_parameter_groups().items() for item in fields(group) if "unit" in item.metadata]


def list_handle_rows() -> list[Row]:
    """Every handle: a quantity of a mechanism that levers and crises may modify."""
    from ..levers.handles import HANDLES

    return [{"name": one.name, "unit": one.unit, "low": one.low, "high": one.high,
             "operations": ", ".join(one.operations), "doc": one.doc} for one in HANDLES.values()]


def list_phase_rows() -> list[Row]:
    """The phases in order: the handles each reads, the columns it writes."""
    from ..phases.order import PHASES

    return [{"name": name, "handles": ", ".join(list_phase_handles(module)), "writes": ", ".join(module.WRITES),
             "doc": (module.__doc__ or "").strip().splitlines()[0]} for name, module in PHASES.items()]


def list_phase_handles(phase: ModuleType) -> list[str]:
    """The handles that a phase reads, as its docstring names them."""
    from ..levers.handles import HANDLES

    words = re.findall(r"\b(?:site|resident|institution|territory)\.\w+", phase.__doc__ or "")
    return [word for word in dict.fromkeys(words) if word in HANDLES]


def list_column_rows() -> list[Row]:
    """Every column of the world's tables."""
    return [{"name": f"{table}.{column}", "dtype": str(declared.dtype), "width": declared.width or 1,
             "unit": declared.unit, "low": declared.low, "high": declared.high, "doc": declared.doc}
            for table, kind in list_world_tables().items() for column, declared in kind.columns().items()]


def list_world_tables() -> dict[str, Any]:
    """Name of each table of a world to its class."""
    from ..world.places.place import Buildings, Communes, Households, Neighbourhoods
    from ..world.population.people import People, Ties
    from ..world.sites.site import Institutions, Sites

    return {"communes": Communes, "neighbourhoods": Neighbourhoods, "buildings": Buildings, "households": Households,
            "people": People, "ties": Ties, "sites": Sites, "institutions": Institutions}


def list_record_rows() -> list[Row]:
    """Every column of the tables of a record."""
    from ..records.schema import TABLE_SCHEMAS

    return [{"name": f"{table}.{column}", "dtype": spec.dtype, "unit": spec.unit, "doc": spec.doc}
            for table, schema in TABLE_SCHEMAS.items() for column, spec in schema.items()]


def list_outcome_rows() -> list[Row]:
    """Every outcome of a run. direction: -1 if less is better, 1 if more is, 0 if neither."""
    from ..analysis.effects.outcomes import OUTCOMES

    return [{"name": name, "unit": one.unit, "direction": one.direction, "smallest_effect": one.smallest_effect,
             "doc": one.doc} for name, one in OUTCOMES.items()]


def list_card_rows(group: str, user_folders: Sequence[str]) -> list[Row]:
    """The cards of a group: name, texts, file. UsageError for a faulty card."""
    return [{"name": found.name, "label": read_card_text(found.card, "label", "en"),
             "explanation": read_card_text(found.card, "explanation", "en"), "file": str(found.file)}
            for found in load_cards(group, list_config_folders(list(user_folders)))]


TOPICS: Mapping[str, Callable[[], list[Row]]] = {
    "parameters": list_parameter_rows, "handles": list_handle_rows, "phases": list_phase_rows,
    "columns": list_column_rows, "tables": list_record_rows, "outcomes": list_outcome_rows}
CARD_TOPICS = {"levers": "lever", "crises": "crisis", "territories": "territory", "sites": "site"}
"""Topic to the group of cards."""
