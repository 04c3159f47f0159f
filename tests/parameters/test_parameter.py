"""Parameters: one declaration serves the check and compiled code."""

from __future__ import annotations

import pickle
import subprocess
import sys
from dataclasses import fields

import pytest

from simulator.parameters import Model, ParameterGroup, parameter


def groups() -> list[ParameterGroup]:
    model = Model()
    return [getattr(model, item.name) for item in fields(model) if item.name != "behaviour"]


def test_numbers_are_the_declared_ones_in_order() -> None:
    for group in groups():
        assert group.numbers == tuple(float(getattr(group, name)) for name in group.numbers._fields)


def test_compiled_code_finds_the_tuples_of_another_process() -> None:
    """Cached kernels refer to these types: a new process must find them before it has read any number."""
    data = pickle.dumps([type(getattr(group.numbers, "_values", group.numbers)) for group in groups()])
    code = f"import pickle, simulator.parameters; print(len(pickle.loads({data!r})))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(found.stdout) == len(groups())


def test_a_number_out_of_range_is_named_with_its_range_and_source() -> None:
    model = Model()
    model.joining.rate = 99.0
    with pytest.raises(ValueError, match=r"model\.joining\.rate = 99.0 1/yr: expected 0.05 to 0.5 \(derived, source: "):
        model.check()


@pytest.mark.parametrize("value", ["much", True, None, float("nan")])
def test_what_is_no_number_is_refused(value: object) -> None:
    model = Model()
    model.contact.visit = value  # type: ignore[assignment]
    with pytest.raises(ValueError, match=r"model\.contact\.visit"):
        model.check()


def test_a_grade_must_be_one_of_four() -> None:
    with pytest.raises(ValueError, match="expected one of measured"):
        parameter(1.0, unit="-", low=0, high=2, source="x", doc="y", grade="guess")
