"""Plain data of the nodes of a YAML text, strictly: every entry once, no references, numbers that are numbers."""

from __future__ import annotations

from typing import Any

from ..i18n.translation import Message
from .depth_limit import MAX_DEPTH, make_depth_error
from .errors import CardError, EntryPath

MAX_ENTRIES = 20_000
"""Entries of a card at most: a few lines of YAML aliases can stand for billions of them."""


def convert_yaml_node(node: Any, path: EntryPath, lines: dict[EntryPath, int], name: str, yaml: Any) -> Any:
    """Plain data of a node of the module `yaml`, at `path`; fills `lines` with the line of every entry.

    CardError for an entry written twice, or one that contains itself.
    """
    node_line = node.start_mark.line + 1
    lines.setdefault(path, node_line)
    if len(path) > MAX_DEPTH:
        raise make_depth_error(name, node)
    if len(lines) > MAX_ENTRIES:
        raise CardError(Message("{where}: more than {most} entries: expected a card; shorten it",
                                where=f"{name}:{node_line}", most=MAX_ENTRIES))
    if isinstance(node, yaml.MappingNode):
        out: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key, line = _read_key(key_node, name, yaml), key_node.start_mark.line + 1
            if key in out:
                raise CardError(Message("{where}: {key} is written twice: expected it once; remove one of the two",
                                        where=f"{name}:{line}", key=key))
            lines[(*path, key)] = line
            out[key] = convert_yaml_node(value_node, (*path, key), lines, name, yaml)
        return out
    if isinstance(node, yaml.SequenceNode):
        return [convert_yaml_node(item, (*path, index), lines, name, yaml) for index, item in enumerate(node.value)]
    value = _read_scalar(node, name, yaml)
    if isinstance(value, str) and "${" in value:
        raise CardError(Message("{where}: found a reference, {value!r}: expected the value itself, since a card looks "
                                "nothing up; write it out", where=f"{name}:{node_line}", value=value))
    return value


def _read_key(key_node: Any, name: str, yaml: Any) -> Any:
    """The name of an entry. CardError for a name that is a list or a mapping."""
    if not isinstance(key_node, yaml.ScalarNode):
        raise CardError(Message("{where}: an entry's name is a list or a mapping: expected a word; rename it",
                                where=f"{name}:{key_node.start_mark.line + 1}"))
    return _read_scalar(key_node, name, yaml)


def _read_scalar(node: Any, name: str, yaml: Any) -> Any:
    """A scalar as YAML 1.1 reads it, except that dates stay text. CardError for what only looks like a number."""
    if node.tag == "tag:yaml.org,2002:timestamp":
        return node.value
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node, deep=True)
    except (ValueError, LookupError):
        raise CardError(Message("{where}: {value!r} cannot be read as what it is marked or looks like: expected YAML; "
                                "correct it, or put it in quotes", where=f"{name}:{node.start_mark.line + 1}",
                                value=node.value)) from None
    finally:
        loader.dispose()
