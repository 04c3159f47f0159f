"""The public names of the package, from their docstrings and declarations."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

import simulator

MANNERS = {"step", "run_model"}
SHOWN = ("Run", "Scenario", "Calendar", "Territory", "Model", "SiteCard", "Lever", "Crisis", "play", "Record", "open",
         "TerritoryModel", "Resident")


def public() -> str:
    """Every public name, in the order in which one meets them."""
    names = [*SHOWN, *(name for name in simulator.__all__ if name not in SHOWN)]
    return "\n".join(_entry(name, getattr(simulator, name)) for name in names)


def _entry(name: str, one: Any) -> str:
    kind = "class" if inspect.isclass(one) else "function"
    body = [_doc(one)]
    if kind == "class":
        body += list(_fields(one)) if is_dataclass(one) else []
        body += [_member(member, value) for member, value in _members(one)]
    text = "\n".join(body)
    return f"\n## {name}\n\n:::::{{py:{kind}}} simulator.{name}{_signature(one)}\n\n{text}\n:::::\n"


def _members(cls: type) -> Iterator[tuple[str, Any]]:
    """Public methods and properties of a class that are its own, not those that wear a column."""
    for name, value in vars(cls).items():
        worn = isinstance(value, property) and value.fget is not None and value.fget.__name__ == "read"
        if not name.startswith("_") and not worn and (inspect.isfunction(value) or isinstance(value, property)):
            yield name, value


def _member(name: str, value: Any) -> str:
    if isinstance(value, property):
        return f"\n::::{{py:property}} {name}\n\n{_doc(value)}\n::::\n"
    return f"\n::::{{py:method}} {name}{_signature(value)}\n\n{_doc(value)}\n::::\n"


def _signature(one: Any) -> str:
    """Names of arguments, with a mark where there is a default. Types stand in the tables and in the text."""
    parts, star = [], False
    for name, argument in inspect.signature(one).parameters.items():
        if name == "self":
            continue
        if argument.kind is argument.KEYWORD_ONLY and not star:
            parts.append("*")
            star = True
        parts.append(name if argument.default is argument.empty else f"{name}=…")
    return f"({', '.join(parts)})"


def _fields(cls: type) -> Iterator[str]:
    """A table of the entries of a card or setting: default, unit, meaning. None where nothing more is declared."""
    rows = [(item.name, _default(item), item.metadata.get("unit") or item.metadata.get("entry_unit") or "",
             item.metadata.get("doc", "")) for item in fields(cls)]
    if not any(doc for *_, doc in rows):
        return
    yield "| entry | default | unit | meaning |\n|---|---|---|---|"
    for name, default, unit, doc in rows:
        yield f"| `{name}` | {default} | {unit} | {doc.replace('|', '/').replace('*', chr(92) + '*')} |"
    yield ""


def _default(item: Any) -> str:
    if item.default is not MISSING:
        return f"`{item.default!r}`"
    if item.default_factory is MISSING:
        return "needed"
    made = item.default_factory()
    return type(made).__name__ if is_dataclass(made) else f"`{made!r}`"


def _doc(one: Any) -> str:
    """A docstring as Markdown: what is indented becomes code."""
    text = inspect.getdoc(one) or ""
    return re.sub(r"(?m)(?:^ {4}.*\n?(?:\n(?= {4}))*)+", _code, text + "\n").strip() + "\n"


def _code(block: re.Match[str]) -> str:
    lines = [line[4:] for line in block[0].rstrip().splitlines()]
    return "```python\n" + "\n".join(lines) + "\n```\n"
