"""Reference of the public names of the package, from their docstrings and declarations."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from importlib import import_module
from itertools import pairwise
from typing import Any

import simulator
from simulator.records.schema import TABLE_SCHEMAS

MAX_TYPED = 8
"""Arguments of a class from which on its signature shows no types: its table has them."""

SHOWN = ("scenario", "sample", "run", "run_many", "effects", "summarise", "compare", "describe", "load_card",
         "open_results", "Configuration", "RunResult", "Comparison", "Results", "mechanism", "Run", "Scenario",
         "Calendar", "Territory", "Model", "SiteCard", "Lever", "Crisis", "play", "Record", "open", "TerritoryModel",
         "Resident")


AGENTS = ("agents.model:TerritoryModel", "agents.residents:AgentViewSet", "agents.residents:Residents",
          "agents.site:Site", "agents.institution:Institution",
          "agents.default_decisions:Request", "agents.space:TerritorySpace")
"""Classes that one meets through a model and its decisions, by module of this package."""
INTERNAL = ("set_up", "retain_view", "get_view", "attach_host", "copy_host", "check", "refresh", "table_names",
            "place_agent", "base_with_levers", "add_columns")
"""Public methods that other parts of the program call and users do not: left off the page."""


def render_public_names() -> str:
    """Every public name: those of SHOWN in the order of use, then the others."""
    names = [*SHOWN, *(name for name in simulator.__all__ if name not in SHOWN)]
    return "\n".join(_render_name(f"simulator.{name}", simulator.load_public(name)) for name in names)


def render_agent_names() -> str:
    """The classes of AGENTS, with what they have beyond Mesa's."""
    parts = (path.partition(":")[::2] for path in AGENTS)
    return "\n".join(_render_name(f"simulator.{module}.{name}", getattr(import_module(f"simulator.{module}"), name))
                     for module, name in parts)


def render_record_tables() -> str:
    """The tables of a record: how many columns each has, and the first of them."""
    rows = [f'| `record.tables["{name}"]` | {len(columns)} | {", ".join(f"`{one}`" for one in list(columns)[:4])}, … |'
            for name, columns in TABLE_SCHEMAS.items()]
    return "\n".join(["| table | columns | the first of them |\n|---|---|---|", *rows]) + "\n"


def _render_name(path: str, value: Any) -> str:
    kind = "class" if inspect.isclass(value) else "function"
    body = [_render_docstring(value)]
    if kind == "class":
        body += list(_list_field_rows(value)) if is_dataclass(value) else []
        body += [_render_member(name_, member) for name_, member in _list_members(value)]
    text, name = "\n".join(body), path.rpartition(".")[2]
    twice = ":no-index:\n" if "." in path.removeprefix("simulator.") and name in simulator.__all__ else ""
    return f"\n## {name}\n\n:::::{{py:{kind}}} {path}{_format_signature(value)}\n{twice}\n{text}\n:::::\n"


def _list_members(cls: type) -> Iterator[tuple[str, Any]]:
    """The public methods and properties that a class defines itself, without the properties that read a column."""
    for name, value in vars(cls).items():
        reads_column = isinstance(value, property) and value.fget is not None and value.fget.__name__ == "read"
        if name.startswith("_") or name in INTERNAL or reads_column:
            continue
        if inspect.isfunction(value) or isinstance(value, property):
            yield name, value


def _render_member(name: str, value: Any) -> str:
    if isinstance(value, property):
        return f"\n::::{{py:property}} {name}\n\n{_render_docstring(value)}\n::::\n"
    return f"\n::::{{py:method}} {name}{_format_signature(value)}\n\n{_render_docstring(value)}\n::::\n"


def _format_signature(value: Any) -> str:
    """Arguments with types and defaults, and the type of the result; of a class with many entries their names only."""
    if inspect.isclass(value) and issubclass(value, BaseException):
        return ""
    signature = inspect.signature(value)
    given = [one for name, one in signature.parameters.items() if name != "self"]
    if inspect.isclass(value) and len(given) > MAX_TYPED:
        given = [one.replace(annotation=one.empty, default=one.empty if one.default is one.empty else ...)
                 for one in given]
    empty = inspect.Parameter.empty
    shown = [one.replace(default=empty if one.default is empty else _Shown(_format_value(one.default)),
                         annotation=empty if one.annotation is empty else _Shown(_format_type(one.annotation)))
             for one in given]
    result = empty if inspect.isclass(value) or signature.return_annotation is empty else _Shown(
        _format_type(signature.return_annotation))
    return str(signature.replace(parameters=shown, return_annotation=result))


class _Shown:
    """A text that a signature shows without quotes."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def _format_value(value: Any) -> str:
    """A default: short values as they are, others as …"""
    text = repr(value)
    return text if isinstance(value, (int, float, str, type(None), tuple)) and len(text) <= 24 else "…"


def _format_type(annotation: Any) -> str:
    """A type as it is written in the source."""
    return str(getattr(annotation, "__forward_arg__", annotation))


def _list_field_rows(cls: type) -> Iterator[str]:
    """A table of the fields of a dataclass: default, unit, meaning, or its type where nothing more is said."""
    texts = _read_field_texts(cls)
    rows = [(item.name, _format_default(item), item.metadata.get("unit") or item.metadata.get("entry_unit") or "",
             item.metadata.get("doc") or texts.get(item.name, "") or f"{item.type}") for item in fields(cls)]
    yield "| entry | default | unit | meaning |\n|---|---|---|---|"
    for name, default, unit, doc in rows:
        yield f"| `{name}` | {default} | {unit} | {doc.replace('|', '/').replace('*', chr(92) + '*')} |"
    yield ""


def _read_field_texts(cls: type) -> dict[str, str]:
    """Name of a field to the text below it in the source."""
    body = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0].body  # type: ignore[attr-defined]
    return {before.target.id: " ".join(after.value.value.split()) for before, after in pairwise(body)
            if isinstance(before, ast.AnnAssign) and isinstance(before.target, ast.Name)
            and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)}


def _format_default(item: Any) -> str:
    if item.default is not MISSING:
        return f"`{item.default!r}`"
    if item.default_factory is MISSING:
        return "needed"
    default = item.default_factory()
    return type(default).__name__ if is_dataclass(default) else f"`{default!r}`"


def _render_docstring(value: Any) -> str:
    """A docstring as Markdown: indented lines become code."""
    text = inspect.getdoc(value) or ""
    return re.sub(r"(?m)(?:^ {4}.*\n?(?:\n(?= {4}))*)+", _render_code, text + "\n").strip() + "\n"


def _render_code(block: re.Match[str]) -> str:
    lines = [line[4:] for line in block[0].rstrip().splitlines()]
    return "```python\n" + "\n".join(lines) + "\n```\n"
