"""The types of settings: what a dotted name such as model.joining.rate stands for, and where an older name went."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from ...cards.renamed import FIELDS, REMOVED
from ..errors import UsageError, make_renamed_error, suggest_names


def resolve_field_type(kind: Any, parts: list[str], name: str, parent: str) -> Any:
    """The type at the end of a dotted path. UsageError naming the first part that does not exist."""
    for k, part in enumerate(parts):
        if is_dataclass(kind) and isinstance(kind, type):
            declared = _get_field_types(kind)
            if part not in declared:
                renamed = _rename_parts(kind, parts[k:])
                if renamed:
                    raise make_renamed_error("setting", name, ".".join([*name.split(".")[:k - len(parts)], *renamed]))
                if part in REMOVED.get(kind.__name__, {}):
                    raise UsageError("unknown setting {name!r}: there is {instead} instead; write that", name=name,
                                     instead=REMOVED[kind.__name__][part])
                raise UsageError("unknown setting {name!r}: {parent} has no {part!r}; expected: {choices}",
                                 name=name, parent=parent, part=part,
                                 choices=suggest_names(part, declared))
            kind, parent = declared[part], part
        elif get_origin(kind) in (list, dict, tuple):
            kind = get_args(kind)[-1]
        else:
            raise UsageError("unknown setting {name!r}: {parent} has no {part!r}; expected: {choices}",
                             name=name, parent=parent, part=part, choices=f"{parent}=…")
    return kind


def _rename_parts(kind: Any, parts: list[str]) -> list[str]:
    """The parts of a dotted path under today's names; empty if one of them is and was no name."""
    renamed = []
    for part in parts:
        if is_dataclass(kind) and isinstance(kind, type):
            declared = _get_field_types(kind)
            part = part if part in declared else FIELDS.get(kind.__name__, {}).get(part, "")
            if not part:
                return []
            kind = declared[part]
        elif get_origin(kind) in (list, dict, tuple):
            kind = get_args(kind)[-1]
        renamed.append(part)
    return renamed


@cache
def _get_field_types(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {item.name: hints[item.name] for item in fields(kind)}  # type: ignore[arg-type]
