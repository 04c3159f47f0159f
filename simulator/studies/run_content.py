"""Rebuilds a Run from the settings that are stored with its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from ..i18n.translation import Message
from ..scenario.run import Run


def rebuild_run(content: Mapping[str, Any], run_id: str) -> Run:
    """The run with this content. ValueError if another version of the model wrote it, or its id is not `run_id`."""
    try:
        run = run_from_content(content)
        rebuilt_id = run.id
        if run.residents is not None:
            raise ValueError(Message("run {run} cannot be played again: of the class {name} that its residents follow, "
                                     "only a hash is stored", run=run_id, name=run.residents.name))
    except (TypeError, KeyError, AttributeError) as problem:
        raise ValueError(Message("run {run} cannot be played again: its settings are of another version ({why})",
                                 run=run_id, why=problem)) from None
    if rebuilt_id != run_id:
        stored, current = content.get("model_version"), run.content().get("model_version")
        why = Message("its settings do not give its key") if stored == current else Message(
            "model {stored}, this is {current}", stored=stored, current=current)
        raise ValueError(Message("run {run} cannot be played again: {why}; another version wrote it, so play anew",
                                 run=run_id, why=why))
    return run


def run_from_content(content: Mapping[str, Any]) -> Run:
    """The run with this content, whatever its id. TypeError, KeyError or AttributeError for other content."""
    run: Run = _build_value(Run, {name: value for name, value in content.items() if not name.endswith("_version")})
    return run


@cache
def _resolve_hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _build_value(kind: Any, value: Any) -> Any:
    """The value as an instance of its declared type. Numbers are not converted, so that the run's id stays the same."""
    origin, arguments = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: _build_value(_resolve_hints(kind)[name], entry) for name, entry in value.items()})
    if origin is tuple:
        return tuple(_build_value(arguments[0], entry) for entry in value)
    if origin is list:
        return [_build_value(arguments[0], entry) for entry in value]
    if origin is dict:
        return {name: _build_value(arguments[1], entry) for name, entry in value.items()}
    options = [option for option in arguments if option is not NoneType]
    if len(options) < len(arguments) and value is not None:
        return _build_value(options[0], value)
    return value
