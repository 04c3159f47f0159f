"""Cards: YAML files read strictly into dataclasses, with messages that name the file and the line."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Card = TypeVar("Card")
Path_ = tuple[Any, ...]
LONGEST = 160
"""Characters of what was found that a message repeats."""
DEEPEST = 12
"""Entries inside each other; deeper means a card that refers to itself."""
LARGEST, MOST = 8 << 20, 20_000
"""Bytes of a card, and entries in it, at most: a few lines of aliases can stand for billions of entries."""
LONGEST_NAME = 60
"""Characters of a card's id: results are named after it."""
TAKEN = ("all", "none", "baseline", "together")
"""Words that mean something else than a card."""


class CardError(ValueError):
    """A card cannot be used. One line: where, what was found, what was expected, what to do."""


def entry(default: Any = MISSING, *, doc: str, unit: str = "", low: float | None = None, high: float | None = None,
          choices: Sequence[Any] = ()) -> Any:
    """Declare one entry of a card: meaning, unit, allowed range or choices. Lists, dicts and dataclasses: a factory."""
    meta = {"doc": doc, "entry_unit": unit, "entry_low": low, "entry_high": high, "choices": tuple(choices)}
    if default is MISSING:
        return field(metadata=meta)
    if callable(default):
        return field(default_factory=default, metadata=meta)
    return field(default=default, metadata=meta)


def settled() -> Any:
    """Declare a field that no card can hold: None until the program itself fills it in."""
    return field(default=None, metadata={"settled": True})


@dataclass(frozen=True)
class Where:
    """Where a card comes from: a file (or another name) and the line of each entry, when known."""

    file: str = "card"
    lines: Mapping[Path_, int] = field(default_factory=dict)

    def at(self, path: Path_) -> str:
        """file:line of the entry, or of the nearest entry above it, or the file alone."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return f"{self.file}:{self.lines[path[:end]]}"
        return self.file


@dataclass(frozen=True)
class Finding:
    """What the harness has against a card. rule: which of its rules; text: one line as in CardError."""

    rule: str
    text: str

    def __str__(self) -> str:
        return self.text


def refuse(where: Where, path: Path_, found: str, expected: str, remedy: str) -> CardError:
    """The error in its one form."""
    name = ".".join(str(part) for part in path)
    if len(found) > LONGEST:
        found = found[:LONGEST] + "…"
    return CardError(f"{where.at(path)}: {name + ' ' if name else ''}{found}: expected {expected}; {remedy}"
                     .replace("\n", "\\n"))


def read(path: str | Path) -> tuple[dict[str, Any], Where]:
    """A YAML file as plain data, with the line of every entry. CardError if it is not a YAML mapping of its own."""
    import yaml

    name = str(path)
    text, lines = _text(Path(path), name), dict[Path_, int]()
    try:
        root = yaml.compose(text, Loader=_shallow(name))
        if not isinstance(root, yaml.MappingNode):
            raise CardError(f"{name}:1: found no entries: expected entries such as 'id: …'; write the card")
        return _plain(root, (), lines, name, yaml), Where(name, lines)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "unreadable text"
        raise CardError(f"{name}{line}: {problem}: expected YAML; correct the text there") from None


def _shallow(name: str) -> Any:
    """YAML's reader, which stops at nested brackets instead of following them: thousands would take it seconds."""
    import yaml

    class Shallow(yaml.SafeLoader):
        depth = 0

        def compose_node(self, parent: Any, index: Any) -> Any:
            self.depth += 1
            if self.depth > DEEPEST + 1:
                raise _deep(name, self.peek_event())
            node = super().compose_node(parent, index)
            self.depth -= 1
            return node

    return Shallow


def _deep(name: str, place: Any) -> CardError:
    return CardError(f"{name}:{place.start_mark.line + 1}: more than {DEEPEST} entries inside each other: expected a "
                     "flat card; remove the brackets or the loop")


def _text(path: Path, name: str) -> str:
    """The text of a card. CardError for what is no file, too large, or no text."""
    try:
        if path.exists() and not path.is_file():
            raise CardError(f"{name}: is not a file: expected a YAML file; check the path")
        if path.stat().st_size > LARGEST:
            raise CardError(f"{name}: {path.stat().st_size} bytes: expected a card of at most {LARGEST}; shorten it")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CardError(f"{name}: cannot be read ({error.strerror}): expected a YAML file; check the path") from None
    except UnicodeDecodeError:
        raise CardError(f"{name}: is not text in UTF-8: expected a YAML file; save it as UTF-8") from None


def _plain(node: Any, path: Path_, lines: dict[Path_, int], name: str, yaml: Any) -> Any:
    """Plain data of a YAML node; fills `lines`. CardError for an entry written twice, or one that holds itself."""
    lines.setdefault(path, node.start_mark.line + 1)
    if len(path) > DEEPEST:
        raise _deep(name, node)
    if len(lines) > MOST:
        raise CardError(f"{name}:{node.start_mark.line + 1}: more than {MOST} entries: expected a card; shorten it")
    if isinstance(node, yaml.MappingNode):
        out: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise CardError(f"{name}:{line}: an entry's name is a list or a mapping: expected a word; rename it")
            key = _scalar(key_node, yaml)
            if key in out:
                raise CardError(f"{name}:{line}: {key} is written twice: expected it once; remove one of the two")
            lines[(*path, key)] = line
            out[key] = _plain(value_node, (*path, key), lines, name, yaml)
        return out
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, place), lines, name, yaml) for place, item in enumerate(node.value)]
    value = _scalar(node, yaml)
    if isinstance(value, str) and "${" in value:
        raise CardError(f"{name}:{node.start_mark.line + 1}: found a reference, {value[:LONGEST]!r}: expected the "
                        "value itself, since a card looks nothing up; write it out")
    return value


def _scalar(node: Any, yaml: Any) -> Any:
    """A scalar as YAML 1.1 reads it, except that dates stay text."""
    if node.tag == "tag:yaml.org,2002:timestamp":
        return node.value
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node, deep=True)
    finally:
        loader.dispose()


def check_id(where: Where, text: str) -> None:
    """CardError for an id that cannot name results, or that means something else."""
    if not text or not all(c.islower() or c.isdigit() or c == "_" for c in text) or len(text) > LONGEST_NAME:
        raise refuse(where, ("id",), f"= {text!r}", f"small letters, digits and _, at most {LONGEST_NAME}", "rename it")
    if text in TAKEN:
        raise refuse(where, ("id",), f"= {text!r}", f"another name than {', '.join(TAKEN)}", "rename it")


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def build(cls: type[Card], mapping: Mapping[str, Any], where: Where | str = "card", path: Path_ = ()) -> Card:
    """An instance of the dataclass from plain data. CardError for an unknown, missing, wrong or out-of-range entry."""
    place = Where(where) if isinstance(where, str) else where
    if not isinstance(mapping, Mapping):
        raise refuse(place, path, f"= {mapping!r}", f"entries of {cls.__name__}", "write it as a mapping")
    declared = {item.name: item for item in fields(cls) if not item.metadata.get("settled")}  # type: ignore[arg-type]
    for key in mapping:
        if key not in declared:
            raise refuse(place, (*path, key), "is not known", f"one of {', '.join(declared)}", "remove or rename it")
    given: dict[str, Any] = {}
    hints = _hints(cls)  # type: ignore[arg-type]
    for name, item in declared.items():
        if name in mapping:
            given[name] = _value(hints[name], mapping[name], item.metadata, place, (*path, name))
        elif item.default is MISSING and item.default_factory is MISSING:
            doc = item.metadata.get("doc", "an entry")
            raise refuse(place, (*path, name), "is missing", doc, f"add '{name}: …'")
    return cls(**given)


def _value(kind: Any, value: Any, meta: Mapping[str, Any], where: Where, path: Path_) -> Any:
    """The value as the declared type, checked."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Union or type(kind).__name__ == "UnionType":
        if value is None and type(None) in inside:
            return None
        kind = next(one for one in inside if one is not type(None))
        return _value(kind, value, meta, where, path)
    if origin is list:
        if not isinstance(value, list):
            raise refuse(where, path, f"= {value!r}", "a list", "write it between [ and ], or one item a line")
        return [_value(inside[0], item, meta, where, (*path, place)) for place, item in enumerate(value)]
    if origin is dict:
        if not isinstance(value, Mapping):
            raise refuse(where, path, f"= {value!r}", "named entries", "write it as a mapping")
        return {str(key): _value(inside[1], item, meta, where, (*path, key)) for key, item in value.items()}
    if is_dataclass(kind) and isinstance(kind, type):
        return value if isinstance(value, kind) else build(kind, value, where, path)
    return _simple(kind, value, meta, where, path)


NAMES = {float: "a number", int: "a whole number", str: "a text", bool: "true or false"}


def _simple(kind: type, value: Any, meta: Mapping[str, Any], where: Where, path: Path_) -> Any:
    """A text, a number or a truth value, in its range."""
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if number and abs(value) > sys.float_info.max or value != value:
        number = False
    fits = {float: number, int: number and float(value).is_integer(), str: isinstance(value, str),
            bool: isinstance(value, bool)}[kind]
    if not fits:
        raise refuse(where, path, f"= {value!r}", NAMES[kind], "correct this entry")
    value = kind(value)
    choices, unit = meta.get("choices"), meta.get("entry_unit") or ""
    if choices and value not in choices:
        raise refuse(where, path, f"= {value!r}", f"one of {', '.join(map(str, choices))}", "choose one of these")
    low, high = meta.get("entry_low"), meta.get("entry_high")
    if number and ((low is not None and value < low) or (high is not None and value > high)):
        span = f"{low:g} to {high:g}" if low is not None and high is not None else (
            f"{low:g} or more" if low is not None else f"{high:g} or less")
        raise refuse(where, path, f"= {value:g}", f"{span} {unit}".rstrip(), "correct this number")
    return value
