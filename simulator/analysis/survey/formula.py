"""Formulas of cards over columns of the table `people`: numbers, names, arithmetic, comparisons, and, or, not.

Nothing else is read: no call, no attribute, no index, so a card from a stranger can do nothing but count.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np

from ...i18n.translation import Message
from ...records.observed.schema import PEOPLE_SCHEMA

MAX_LENGTH = 400
"""Characters of a formula; its depth is bounded by them."""
_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: np.divide,
    ast.Pow: lambda base, power: np.power(np.asarray(base, np.float64), power)}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Eq: operator.eq,
    ast.NotEq: operator.ne}


class FormulaError(ValueError):
    """A formula cannot be used. expected: what it should be."""

    def __init__(self, expected: Message) -> None:
        super().__init__(expected)
        self.expected = expected


def parse_formula(text: str) -> ast.expr:
    """The checked tree of a formula. FormulaError for anything but arithmetic and comparisons of known columns."""
    try:
        tree = ast.parse(text, mode="eval").body if len(text) <= MAX_LENGTH else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        tree = None
    if tree is None:
        raise FormulaError(Message("a formula such as age >= 18 and ties > 2"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and (node.id not in PEOPLE_SCHEMA or PEOPLE_SCHEMA[node.id].dtype == "str"):
            raise FormulaError(Message("columns of numbers of the table people, not {name}", name=node.id))
        if not _is_allowed(node):
            raise FormulaError(Message("numbers, columns, + - * / **, comparisons, and, or, not"))
    return tree


def _is_allowed(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
    return isinstance(node, (ast.Name, ast.Load, ast.BinOp, *_BINARY, ast.UnaryOp, ast.USub, ast.Not, ast.BoolOp,
                             ast.And, ast.Or, ast.Compare, *_COMPARISONS))


def evaluate_formula(text: str, people: Mapping[str, np.ndarray]) -> np.ndarray:
    """float64[n]: the value for each resident, 1 where a condition holds and 0 where not. FormulaError as above."""
    with np.errstate(all="ignore"):
        values = _evaluate(parse_formula(text), people)
    return np.broadcast_to(np.asarray(values, np.float64), people["age"].shape)


def _evaluate(node: ast.AST, people: Mapping[str, np.ndarray]) -> Any:
    if isinstance(node, ast.Constant):
        return float(node.value)  # type: ignore[arg-type]
    if isinstance(node, ast.Name):
        return people[node.id]
    if isinstance(node, ast.BinOp):
        return _BINARY[type(node.op)](_evaluate(node.left, people), _evaluate(node.right, people))
    if isinstance(node, ast.UnaryOp):
        value = _evaluate(node.operand, people)
        return -np.asarray(value, np.float64) if isinstance(node.op, ast.USub) else np.equal(value, 0)
    if isinstance(node, ast.BoolOp):
        parts = [np.not_equal(_evaluate(part, people), 0) for part in node.values]
        return reduce(np.logical_and if isinstance(node.op, ast.And) else np.logical_or, parts)
    assert isinstance(node, ast.Compare)
    sides = [_evaluate(side, people) for side in (node.left, *node.comparators)]
    return reduce(np.logical_and, [_COMPARISONS[type(sign)](sides[k], sides[k + 1])
                                   for k, sign in enumerate(node.ops)])
