"""Phases know nothing of each other: what several need stands in the helper folders."""

from __future__ import annotations

import ast
from pathlib import Path

from simulator.phases import order
from simulator.phases.order import PHASES


def test_no_phase_imports_another() -> None:
    folder = Path(order.__file__).parent
    for path in sorted(folder.rglob("*.py")):
        imported = {node.module or alias.name for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                    if isinstance(node, ast.ImportFrom) and node.level == len(path.relative_to(folder).parts)
                    for alias in node.names}
        assert path == folder / "order.py" or not imported & set(PHASES), path.name


def test_each_phase_says_first_what_happens_in_a_step() -> None:
    for phase in PHASES.values():
        defined = [node.name for node in ast.parse(Path(phase.__file__ or "").read_text(encoding="utf-8")).body
                   if isinstance(node, ast.FunctionDef)]
        assert defined[0] == "step", phase.__name__
