"""What is wrong with a text that is not YAML, and where, in the reader's language: PyYAML says it in English."""

from __future__ import annotations

import re
from typing import Any

from ..i18n.translation import Message, mark

YAML_FAULTS = {
    "mapping values are not allowed": mark("a second ':' in one entry; put the text in quotes"),
    "could not find expected ':'": mark("a name without ':' and a value after it"),
    "sequence entries are not allowed|expected <block end>": mark(
        "this line is not indented like the lines that it belongs to"),
    "found character '.t'": mark("a tab at the beginning of an entry; indent with spaces"),
    "that cannot start any token": mark("a text may not begin with this sign; put it in quotes"),
    "unexpected end of stream": mark("a quote that is opened and not closed"),
    "unknown escape character|expected escape sequence": mark(
        "a backslash in double quotes before a sign that it does not go with; use single quotes"),
    "expected ',' or '[]}]'": mark("a bracket that is not closed, or a comma that is missing"),
    "undefined alias|alias|anchor": mark("a text may not begin with * or &; put it in quotes"),
    "expected the node content|did not find expected": mark("a value is missing here, or this sign is too much"),
    "special characters|unacceptable character": mark("a sign that no text may hold; delete it"),
    "could not determine a constructor|tag": mark("a text may not begin with !; put it in quotes"),
    "directive|document": mark("a text may not begin with % or ---; put it in quotes"),
}
"""Pattern of PyYAML's words to what is said instead, the first that fits."""


def describe_yaml_error(problem: BaseException) -> Message:
    """Which line and column of a text are not YAML, and why. problem: of yaml.YAMLError, or a ValueError of a value."""
    words = f"{getattr(problem, 'problem', None) or getattr(problem, 'reason', None) or ''}"
    fault = next((text for pattern, text in YAML_FAULTS.items() if re.search(pattern, words)),
                 mark("it is not written as YAML is"))
    line, column = _find_place(problem)
    return Message("line {line}, column {column}: {why}", line=line, column=column, why=Message(fault)) \
        if line else Message(fault)


def find_yaml_line(problem: BaseException) -> int:
    """The line of the fault, counted from 1; 0 where it is not known."""
    return _find_place(problem)[0]


def _find_place(problem: BaseException) -> tuple[int, int]:
    """(line, column) counted from 1; a bracket or quote that is never closed is where it is opened."""
    mark_there: Any = getattr(problem, "problem_mark", None)
    opened: Any = getattr(problem, "context_mark", None)
    if opened is not None and re.search("flow|quoted|simple key", str(getattr(problem, "context", ""))):
        mark_there = opened
    return (mark_there.line + 1, mark_there.column + 1) if mark_there is not None else (0, 0)
