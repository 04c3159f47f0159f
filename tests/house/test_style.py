"""Public names have docstrings, numbers stand in simulator/parameters, file names say something."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house import tree

ALLOWED = {0, 1, 2}
VAGUE = {"utils", "util", "common", "helpers", "helper", "constants", "misc"}


def undocumented(path: Path) -> Iterator[str]:
    """Public modules, classes, functions and methods without a docstring."""
    module = tree.parsed(path)
    if ast.get_docstring(module) is None:
        yield tree.name(path)
    stack: list[ast.AST] = [module]
    while stack:
        for node in getattr(stack.pop(), "body", []):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            if node.name.startswith("_"):
                continue
            if ast.get_docstring(node) is None and not _overload(node):
                yield f"{tree.name(path)}:{node.lineno} {node.name}"
            if isinstance(node, ast.ClassDef):
                stack.append(node)


def _overload(node: ast.AST) -> bool:
    """True for a property's setter, which its getter documents."""
    return any(isinstance(item, ast.Attribute) and item.attr in ("setter", "overload")
               for item in getattr(node, "decorator_list", []))


def test_public_names_have_docstrings() -> None:
    tree.nothing([line for path in tree.sources("simulator", "experiments") for line in undocumented(path)])


def structural_integers(path: Path) -> set[ast.AST]:
    """Integers of module-level names in capitals: days of a week, widths in bits, sizes of blocks. Never a float."""
    lines = [node for node in tree.parsed(path).body if isinstance(node, ast.Assign | ast.AnnAssign)]
    capital = [node for node in lines for target in getattr(node, "targets", None) or [node.target]  # type: ignore
               if all(name.id.isupper() for name in ast.walk(target) if isinstance(name, ast.Name))]
    return {part for node in capital for part in ast.walk(node)
            if isinstance(part, ast.Constant) and type(part.value) is int}


def literals(path: Path) -> Iterator[str]:
    """Numbers in a phase other than 0, 1 and 2 (so -1 is allowed). Booleans are not numbers here."""
    structure = structural_integers(path)
    for node in ast.walk(tree.parsed(path)):
        number = isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value not in ALLOWED
        if number and node not in structure:
            yield f"{tree.name(path)}:{node.lineno} {node.value}"


def test_phases_hold_no_numbers() -> None:
    """Numbers come from simulator/parameters, where they have a unit, a range and a source."""
    tree.nothing([line for path in tree.sources("simulator/phases") for line in literals(path)])


def test_file_names_say_something() -> None:
    everything = tree.sources("simulator", "tests", "experiments")
    tree.nothing(tree.name(path) for path in everything if path.stem in VAGUE)


def test_no_star_import_and_no_bare_except() -> None:
    found = []
    for path in tree.sources("simulator", "tests", "experiments"):
        for node in ast.walk(tree.parsed(path)):
            star = isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
            bare = isinstance(node, ast.ExceptHandler) and node.type is None
            if star or bare:
                found.append(f"{tree.name(path)}:{node.lineno}")  # type: ignore[attr-defined]
    tree.nothing(found)
