"""JSON Schemas of cards, out of the dataclasses that declare them: editors complete and check a card with these."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, asdict, fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCALARS = {float: "number", int: "integer", str: "string", bool: "boolean"}

Schema = dict[str, Any]


def build_card_schema(cls: type, title: str, instead: Mapping[str, Schema] | None = None) -> Schema:
    """The schema of a kind of card: types, ranges, choices, defaults and meanings of all its entries.

    instead: schemas of entries that take more than their type says, such as a list or the name of a file.
    """
    definitions: dict[str, Schema] = {}
    schema = _build_object(cls, definitions)
    for name, entry in (instead or {}).items():
        schema["properties"][name] = {**schema["properties"].get(name, {}), **entry}
        if "anyOf" in entry:
            schema["properties"][name].pop("type", None)
            schema["properties"][name].pop("items", None)
    return {"$schema": DIALECT, "title": title, **schema, **({"$defs": definitions} if definitions else {})}


def format_schema(schema: Schema) -> str:
    """The schema as a file holds it."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _build_object(cls: type, definitions: dict[str, Schema]) -> Schema:
    hints = get_type_hints(cls)
    declared = [item for item in fields(cls) if not item.metadata.get("internal")]
    required = [item.name for item in declared if item.default is MISSING and item.default_factory is MISSING
                and not item.metadata.get("optional")]
    return {"description": " ".join((cls.__doc__ or "").split()), "type": "object", "additionalProperties": False,
            "properties": {item.name: _build_entry(item, hints[item.name], definitions) for item in declared},
            **({"required": required} if required else {})}


def _build_entry(item: Field[Any], kind: Any, definitions: dict[str, Schema]) -> Schema:
    """One entry: its meaning and unit, its default, and what it may hold."""
    doc, unit = item.metadata.get("doc", ""), item.metadata.get("entry_unit", "")
    schema: Schema = {"description": f"{doc} ({unit})" if doc and unit else doc} if doc else {}
    if item.default is not MISSING:
        schema["default"] = item.default
    elif item.default_factory is not MISSING and not is_dataclass(item.default_factory):
        default = item.default_factory()
        schema["default"] = asdict(default) if is_dataclass(default) and not isinstance(default, type) else default
    return schema | _build_type(kind, item.metadata, definitions)


def _build_type(kind: Any, limits: Mapping[str, Any], definitions: dict[str, Schema]) -> Schema:
    """What a value of this type may be; the range and the choices hold for each item of a list."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Union or type(kind).__name__ == "UnionType":
        options = [_build_type(one, limits, definitions) for one in inside if one is not type(None)]
        return {"anyOf": [*options, {"type": "null"}]}
    if origin is list:
        return {"type": "array", "items": _build_type(inside[0], limits, definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _build_type(inside[1], limits, definitions)}
    if is_dataclass(kind) and isinstance(kind, type):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}  # a name first: a card may hold its own kind
            definitions[kind.__name__] = _build_object(kind, definitions)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    if kind not in SCALARS:
        return {}
    limited = {"minimum": limits.get("entry_low"), "maximum": limits.get("entry_high")}
    return {"type": SCALARS[kind], **({"enum": list(limits["choices"])} if limits.get("choices") else {}),
            **{name: value for name, value in limited.items() if value is not None and kind in (int, float)}}
