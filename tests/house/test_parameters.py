"""Every parameter has unit, range, source and grade, with its default in range; random streams are distinct."""

from __future__ import annotations

import dataclasses
import importlib
import math
import pkgutil

import pytest

import simulator.parameters
from simulator.kernel import random_streams
from simulator.parameters import GRADES, Model, ParameterGroup
from tests.house import tree

for _found in pkgutil.iter_modules(simulator.parameters.__path__, "simulator.parameters."):
    importlib.import_module(_found.name)
importlib.import_module("simulator.scenario.run")


def groups() -> list[type[ParameterGroup]]:
    """Every class of parameters."""
    found, stack = [], [ParameterGroup]
    while stack:
        for kind in stack.pop().__subclasses__():
            if kind.__module__.startswith("simulator."):
                found.append(kind)
                stack.append(kind)
    return sorted(set(found), key=lambda kind: kind.__qualname__)


@pytest.mark.parametrize("group", groups(), ids=lambda kind: kind.__name__)
def test_numbers_are_declared(group: type[ParameterGroup]) -> None:
    wrong = []
    for item in dataclasses.fields(group):
        number = type(item.default) in (int, float)
        meta = item.metadata
        if number and "unit" not in meta:
            wrong.append(f"{item.name}: no unit, range, source")
        elif "unit" in meta:
            complete = all(str(meta[word]).strip() for word in ("unit", "source", "doc")) and meta["grade"] in GRADES
            if not (complete and math.isfinite(meta["low"]) and meta["low"] <= item.default <= meta["high"]):
                wrong.append(f"{item.name} = {item.default}: {dict(meta)}")
    tree.nothing(wrong)


def test_defaults_pass_their_own_check() -> None:
    Model().check()


def test_measured_and_published_numbers_name_a_source() -> None:
    vague = [f"{group.__name__}.{item.name}" for group in groups() for item in dataclasses.fields(group)
             if item.metadata.get("grade") in ("measured", "published")
             and item.metadata["source"].startswith(("assumed", "model"))]
    tree.nothing(vague)


def test_streams_are_distinct_and_fit() -> None:
    numbers = random_streams.list_streams()
    assert len(set(numbers.values())) == len(numbers)
    assert all(0 < number < 1 << 16 for number in numbers.values())
