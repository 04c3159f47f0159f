"""A run back from the settings that are stored with its records, value for value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from ..scenario.run import Run


def rebuilt(content: Mapping[str, Any], run_id: str) -> Run:
    """The run of this content. ValueError if it is one of another version of the model, or not that run."""
    try:
        run = made(content)
        key = run.id
    except (TypeError, KeyError, AttributeError) as problem:
        raise ValueError(f"run {run_id} cannot be played again: its settings are of another version ({problem})"
                         ) from None
    if key != run_id:
        was, now = (one.get("model_version") for one in (content, run.content()))
        why = f"model {was}, this is {now}" if was != now else "its settings do not give its key"
        raise ValueError(f"run {run_id} cannot be played again: {why}; another version wrote it, so play anew")
    return run


def made(content: Mapping[str, Any]) -> Run:
    """The run of this content, whatever its key. TypeError, KeyError or AttributeError if it is not one's content."""
    run: Run = _made(Run, {name: value for name, value in content.items() if not name.endswith("_version")})
    return run


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _made(kind: Any, value: Any) -> Any:
    """The value as its declared type; nothing is converted, so that the key stays what it was."""
    origin, inside = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: _made(_hints(kind)[name], one) for name, one in value.items()})
    if origin is tuple:
        return tuple(_made(inside[0], one) for one in value)
    if origin is list:
        return [_made(inside[0], one) for one in value]
    if origin is dict:
        return {name: _made(inside[1], one) for name, one in value.items()}
    options = [one for one in inside if one is not NoneType]
    if len(options) < len(inside) and value is not None:
        return _made(options[0], value)
    return value
