"""Reads arms={Name:[lever,lever],"Other name":{lever:dose}} as typed: names may have accents, spaces, + and quotes."""

from __future__ import annotations

import re
from typing import Any

TOKEN = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[{}\[\],:]|[^{}\[\],:"']+(?:['"][^{}\[\],:"']*)*)""")
ESCAPED = re.compile(r"\\(.)")


def parse_arm_words(text: str) -> dict[str, Any] | None:
    """Names to lists of levers, or to levers with doses; None for a text that is not written so."""
    tokens, at = [], 0
    text = text.strip()
    while at < len(text):
        found = TOKEN.match(text, at)
        if found is None:
            return None
        tokens.append(found[1].strip())
        at = found.end()
    try:
        value = _read_value(tokens)
    except (IndexError, ValueError):
        return None
    return value if not tokens and isinstance(value, dict) else None


def _read_value(tokens: list[str]) -> Any:
    """The value that the tokens begin with, which are taken away. ValueError or IndexError if they do not fit."""
    first = tokens.pop(0)
    if first not in ("{", "["):
        return _read_scalar(first)
    closing = "}" if first == "{" else "]"
    names: list[Any] = []
    values: list[Any] = []
    while tokens[0] != closing:
        names.append(_read_value(tokens))
        if first == "{":
            _expect(tokens, ":")
            values.append(_read_value(tokens))
        if tokens[0] != closing:
            _expect(tokens, ",")
    tokens.pop(0)
    if first == "[":
        return names
    if len({str(name) for name in names}) < len(names):
        raise ValueError("a name twice")
    return {str(name): value for name, value in zip(names, values)}


def _expect(tokens: list[str], sign: str) -> None:
    if tokens.pop(0) != sign:
        raise ValueError(sign)


def _read_scalar(token: str) -> Any:
    """A name, or a number where it is one."""
    if token in ("]", "}", ",", ":"):
        raise ValueError(token)
    if token[:1] in ("'", '"') and token[-1:] == token[:1] and len(token) > 1:
        return ESCAPED.sub(r"\1", token[1:-1])
    if token in ("true", "false", "null"):
        return {"true": True, "false": False, "null": None}[token]
    try:
        return int(token) if re.fullmatch(r"-?\d{1,9}", token) else float(token)
    except ValueError:
        return token
