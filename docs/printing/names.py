"""Reference of the public names of the package, from their docstrings and declarations."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

import simulator

SHOWN = ("scenario", "sample", "run", "run_many", "effects", "summarise", "compare", "describe", "load_card",
         "open_results", "Configuration", "RunResult", "Comparison", "Results", "mechanism", "Run", "Scenario",
         "Calendar", "Territory", "Model", "SiteCard", "Lever", "Crisis", "play", "Record", "open", "TerritoryModel",
         "Resident")


def render_public_names() -> str:
    """Every public name: those of SHOWN in the order of use, then the others."""
    names = [*SHOWN, *(name for name in simulator.__all__ if name not in SHOWN)]
    return "\n".join(_render_name(name, simulator.load_public(name)) for name in names)


def _render_name(name: str, value: Any) -> str:
    kind = "class" if inspect.isclass(value) else "function"
    body = [_render_docstring(value)]
    if kind == "class":
        body += list(_list_field_rows(value)) if is_dataclass(value) else []
        body += [_render_member(name_, member) for name_, member in _list_members(value)]
    text = "\n".join(body)
    return f"\n## {name}\n\n:::::{{py:{kind}}} simulator.{name}{_format_signature(value)}\n\n{text}\n:::::\n"


def _list_members(cls: type) -> Iterator[tuple[str, Any]]:
    """The public methods and properties that a class defines itself, without the properties that read a column."""
    for name, value in vars(cls).items():
        reads_column = isinstance(value, property) and value.fget is not None and value.fget.__name__ == "read"
        if not name.startswith("_") and not reads_column and (inspect.isfunction(value) or isinstance(value, property)):
            yield name, value


def _render_member(name: str, value: Any) -> str:
    if isinstance(value, property):
        return f"\n::::{{py:property}} {name}\n\n{_render_docstring(value)}\n::::\n"
    return f"\n::::{{py:method}} {name}{_format_signature(value)}\n\n{_render_docstring(value)}\n::::\n"


def _format_signature(value: Any) -> str:
    """Names of arguments, with =… where there is a default. Types are in the tables and in the text."""
    parts, star = [], False
    if inspect.isclass(value) and issubclass(value, BaseException):
        return ""
    for name, argument in inspect.signature(value).parameters.items():
        if name == "self":
            continue
        if argument.kind is argument.KEYWORD_ONLY and not star:
            parts.append("*")
            star = True
        parts.append(name if argument.default is argument.empty else f"{name}=…")
    return f"({', '.join(parts)})"


def _list_field_rows(cls: type) -> Iterator[str]:
    """A table of the fields of a card or parameter group: default, unit, meaning. Empty where none has a meaning."""
    rows = [(item.name, _format_default(item), item.metadata.get("unit") or item.metadata.get("entry_unit") or "",
             item.metadata.get("doc", "")) for item in fields(cls)]
    if not any(doc for *_, doc in rows):
        return
    yield "| entry | default | unit | meaning |\n|---|---|---|---|"
    for name, default, unit, doc in rows:
        yield f"| `{name}` | {default} | {unit} | {doc.replace('|', '/').replace('*', chr(92) + '*')} |"
    yield ""


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
