"""Formulas of cards: they count what they say, and can do nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.survey.formula import FormulaError, evaluate_formula, parse_formula

PEOPLE = {"age": np.array([10, 30, 70]), "ties": np.array([0, 2, 5]), "far_kin": np.array([4, 3, 0]),
          "near_far": np.array([0.5, 0.5, 0.1])}


@pytest.mark.parametrize(("text", "values"), [
    ("ties + far_kin >= 5", [0, 1, 1]), ("18 <= age < 65", [0, 1, 0]), ("not ties", [1, 0, 0]),
    ("age > 18 and ties > 2 or far_kin == 4", [1, 0, 1]), ("1 - (1 - near_far) ** far_kin", [0.9375, 0.875, 0.0]),
    ("-ties / 2", [0, -1, -2.5]), ("ties", [0, 2, 5]), ("1", [1, 1, 1])])
def test_a_formula_counts_what_it_says(text: str, values: list[float]) -> None:
    assert evaluate_formula(text, PEOPLE).tolist() == values


@pytest.mark.parametrize("text", [
    "__import__('os').system('x')", "age.real", "age[0]", "nobody > 1", "lambda: 1", "'text' == age", "age >",
    "run == 1", "[1, 2]", "age if 1 else 2", "age := 3", "True", "1 + " * 200 + "1", "age // 2", "f'{age}'",
    "(" * 150 + ")" * 150])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        parse_formula(text)
