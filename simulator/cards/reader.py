"""Read YAML cards strictly into dataclasses, with messages that name the file and the line.

A card is a dataclass whose fields are declared with `card_entry`. `read_yaml_card` gives plain data and line numbers,
`build_card` checks the data against the dataclass.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import MISSING, field, fields, is_dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from ..i18n.system_reason import get_system_reason
from ..i18n.translation import Message
from .depth_limit import build_depth_limited_loader
from .errors import (
    CardError,
    CardLocation,
    EntryPath,
    describe_range,
    make_card_error,
    make_removed_card_error,
    make_renamed_card_error,
    quote_value,
)
from .renamed import CHOICES, FIELDS, NUMBERS_BEFORE, REMOVED
from .yaml_errors import describe_yaml_error, find_yaml_line
from .yaml_nodes import convert_yaml_node

Card = TypeVar("Card")
MAX_CARD_BYTES = 8 << 20
"""Size of a card at most."""
CACHED_CARD_CHARS = 50_000
"""Length of a card that is kept once parsed, at most."""
MAX_ID_LENGTH = 60
"""Characters of a card's id at most: results are named after it."""
RESERVED_IDS = ("all", "none", "baseline", "together")
"""Words of the command line and of results that no card may have as its id."""


def card_entry(default: Any = MISSING, *, doc: str, unit: str = "", low: float | None = None, high: float | None = None,
               choices: Sequence[Any] = ()) -> Any:
    """Declare one entry of a card: meaning, unit, allowed range or choices. A callable default is a default factory."""
    meta = {"doc": doc, "entry_unit": unit, "entry_low": low, "entry_high": high, "choices": tuple(choices)}
    if default is MISSING:
        return field(metadata=meta)
    if callable(default):
        return field(default_factory=default, metadata=meta)
    return field(default=default, metadata=meta)


def optional_text(*, doc: str) -> Any:
    """Declare a text that a card may leave out, though it stands among entries that it may not."""
    return field(metadata={"doc": doc, "optional": True})


def internal_field() -> Any:
    """Declare a field that no card can set: None until the program fills it in."""
    return field(default=None, metadata={"internal": True})


def read_yaml_card(path: str | Path) -> tuple[dict[str, Any], CardLocation]:
    """A YAML file as plain data, and the line of every entry. CardError if it cannot be read as a YAML mapping."""
    name = str(path)
    text = _read_card_text(Path(path), name)
    if len(text) > CACHED_CARD_CHARS:
        return _parse_card(text, name)
    mapping, where = _parse_small_card(text, name)
    return deepcopy(mapping), where


@lru_cache(maxsize=512)
def _parse_small_card(text: str, name: str) -> tuple[dict[str, Any], CardLocation]:
    """Cached, since every point of a sweep reads the same dozen cards."""
    return _parse_card(text, name)


def _parse_card(text: str, name: str) -> tuple[dict[str, Any], CardLocation]:
    """The text of a file as plain data, and the line of every entry. CardError if it is no YAML mapping."""
    import yaml

    lines = dict[EntryPath, int]()
    try:
        root = yaml.compose(text, Loader=build_depth_limited_loader(name))
        if not isinstance(root, yaml.MappingNode):
            raise CardError(Message("{where}: found no entries: expected entries such as 'id: …'; write the card",
                                    where=f"{name}:1"))
        return convert_yaml_node(root, (), lines, name, yaml), CardLocation(name, lines)
    except yaml.YAMLError as error:
        where = f"{name}:{line}" if (line := find_yaml_line(error)) else name
        raise CardError(Message("{where}: {problem}: expected YAML; correct the text there", where=where,
                                problem=describe_yaml_error(error))) from None


def _read_card_text(path: Path, name: str) -> str:
    """The text of a card. CardError if the path is no file, or the file is too large or not text."""
    try:
        if path.exists() and not path.is_file():
            raise CardError(Message("{file}: is not a file: expected a YAML file; check the path", file=name))
        if (size := path.stat().st_size) > MAX_CARD_BYTES:
            raise CardError(Message("{file}: {size} bytes: expected a card of at most {most}; shorten it", file=name,
                                    size=size, most=MAX_CARD_BYTES))
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CardError(Message("{file}: cannot be read ({why}): expected a YAML file; check the path", file=name,
                                why=get_system_reason(error))) from None
    except UnicodeDecodeError:
        raise CardError(Message("{file}: is not text in UTF-8: expected a YAML file; save it as UTF-8",
                                file=name)) from None


def check_id(location: CardLocation, text: str) -> None:
    """CardError for an id that cannot name results, or that is a reserved word."""
    expected = None
    if not text or not all(c.islower() or c.isdigit() or c == "_" for c in text) or len(text) > MAX_ID_LENGTH:
        expected = Message("small letters, digits and _, at most {most}", most=MAX_ID_LENGTH)
    elif text in RESERVED_IDS:
        expected = Message("another name than {names}", names=RESERVED_IDS)
    if expected:
        raise make_card_error(location, ("id",), quote_value(text), expected, Message("rename it"))


@cache
def _cached_type_hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def build_card(cls: type[Card], mapping: Mapping[str, Any], location: CardLocation | str = "card",
               path: EntryPath = ()) -> Card:
    """A card from plain data. CardError for an entry that is unknown, missing, of a wrong type or out of range.

    cls: the card's dataclass; path: of the mapping within the card, () for the whole card.
    """
    location = CardLocation(location) if isinstance(location, str) else location
    if not isinstance(mapping, Mapping):
        expected = (Message("{names}", names=NUMBERS_BEFORE[cls.__name__]) if cls.__name__ in NUMBERS_BEFORE
                    else Message("entries of {kind}", kind=cls.__name__))
        raise make_card_error(location, path, quote_value(mapping), expected, Message("write it as a mapping"))
    declared = {item.name: item for item in fields(cls) if not item.metadata.get("internal")}  # type: ignore[arg-type]
    for key in mapping:
        if key not in declared:
            if key in FIELDS.get(cls.__name__, {}):
                raise make_renamed_card_error(location, (*path, key), FIELDS[cls.__name__][key])
            if key in REMOVED.get(cls.__name__, {}):
                raise make_removed_card_error(location, (*path, key), REMOVED[cls.__name__][key])
            expected = Message("one of {names}", names=tuple(declared))
            raise make_card_error(location, (*path, key), Message("is not known"), expected,
                                  Message("remove or rename it"))
    values: dict[str, Any] = {}
    hints = _cached_type_hints(cls)  # type: ignore[arg-type]
    for name, item in declared.items():
        if name in mapping:
            values[name] = _convert_value(hints[name], mapping[name], item.metadata, location, (*path, name))
        elif item.metadata.get("optional"):
            values[name] = ""
        elif item.default is MISSING and item.default_factory is MISSING:
            raise make_card_error(location, (*path, name), Message("is missing"),
                                  Message(item.metadata.get("doc", "an entry")), Message("add '{name}: …'", name=name))
    return cls(**values)


def _convert_value(kind: Any, value: Any, meta: Mapping[str, Any], location: CardLocation, path: EntryPath) -> Any:
    """The value converted to its declared type (optional, list, dict, dataclass or scalar) and checked."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Union or type(kind).__name__ == "UnionType":
        if value is None and type(None) in inner:
            return None
        kind = next(option for option in inner if option is not type(None))
        return _convert_value(kind, value, meta, location, path)
    if origin is list:
        if not isinstance(value, list):
            raise make_card_error(location, path, quote_value(value), Message("a list"),
                                  Message("write it between [ and ], or one item a line"))
        return [_convert_value(inner[0], item, meta, location, (*path, index)) for index, item in enumerate(value)]
    if origin is dict:
        if not isinstance(value, Mapping):
            raise make_card_error(location, path, quote_value(value), Message("named entries"),
                                  Message("write it as a mapping"))
        return {str(key): _convert_value(inner[1], item, meta, location, (*path, key)) for key, item in value.items()}
    if is_dataclass(kind) and isinstance(kind, type):
        return value if isinstance(value, kind) else build_card(kind, value, location, path)
    return _convert_scalar(kind, value, meta, location, path)


CARD_TYPE_NAMES = {float: Message("a number"), int: Message("a whole number"), str: Message("a text"),
                   bool: Message("true or false")}
"""What messages call the types of scalars."""


def _convert_scalar(kind: type, value: Any, meta: Mapping[str, Any], location: CardLocation, path: EntryPath) -> Any:
    """The value as a text, a number or a truth value, checked against its choices or range."""
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if number and abs(value) > sys.float_info.max or value != value:
        number = False
    fits = {float: number, int: number and float(value).is_integer(), str: isinstance(value, str),
            bool: isinstance(value, bool)}[kind]
    choices, unit = meta.get("choices"), meta.get("entry_unit") or ""
    if not fits:
        expected = Message("one of {names}", names=tuple(choices)) if choices else CARD_TYPE_NAMES[kind]
        raise make_card_error(location, path, quote_value(value), expected, Message("correct this entry"))
    value = kind(value)
    if choices and value not in choices:
        if CHOICES.get(str(value)) in choices:
            raise make_renamed_card_error(location, path, CHOICES[str(value)], str(value))
        raise make_card_error(location, path, quote_value(value), Message("one of {names}", names=tuple(choices)),
                              Message("choose one of these"))
    low, high = meta.get("entry_low"), meta.get("entry_high")
    if number and ((low is not None and value < low) or (high is not None and value > high)):
        raise make_card_error(location, path, Message("= {value:g}", value=value), describe_range(low, high, unit),
                              Message("correct this number"))
    return value
