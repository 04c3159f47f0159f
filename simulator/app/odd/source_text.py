"""What the source says of itself: a module's documentation, its functions, and the rules it uses."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache
from importlib.util import resolve_name
from pathlib import Path
from types import ModuleType

PACKAGE = __name__.partition(".")[0]
COMPILED = ("rule", "kernel", "parallel", "making_rule", "making_kernel", "making_parallel")


@cache
def tree_of(module: ModuleType) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(inspect.getsource(module))


@cache
def _lines(module: ModuleType) -> list[str]:
    return inspect.getsource(module).splitlines()


def doc_of(module: ModuleType) -> str:
    """A module's documentation, unindented."""
    return inspect.cleandoc(module.__doc__ or "")


def functions(module: ModuleType) -> Iterator[ast.FunctionDef]:
    """Public functions of a module, in the order of the file."""
    return (node for node in tree_of(module).body if isinstance(node, ast.FunctionDef) and node.name[0] != "_")


def compiled(module: ModuleType) -> Iterator[ast.FunctionDef]:
    """Compiled functions of a module, public or not, in the order of the file."""
    for node in tree_of(module).body:
        if isinstance(node, ast.FunctionDef) and any(isinstance(mark, ast.Name) and mark.id in COMPILED
                                                     for mark in node.decorator_list):
            yield node


def signature(node: ast.FunctionDef) -> str:
    """name(a, b)."""
    return f"{node.name}({', '.join(one.arg for one in node.args.args)})"


def body(module: ModuleType, node: ast.FunctionDef) -> str:
    """A function's code without decorators and documentation."""
    lines = _lines(module)
    first = node.body[1] if ast.get_docstring(node) is not None and len(node.body) > 1 else node.body[0]
    code = textwrap.dedent("\n".join(lines[first.lineno - 1:node.end_lineno]))
    return f"def {signature(node)}:\n{textwrap.indent(code, '    ')}"


def imports(module: ModuleType) -> Iterator[tuple[str, str]]:
    """(module's full name, name) of everything a module takes from another module of this package."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.ImportFrom) and node.level and node.module:
            source = resolve_name("." * node.level + node.module, module.__package__)
            yield from ((source, alias.name) for alias in node.names)


def beside(module: ModuleType, room: str) -> list[tuple[str, str]]:
    """(module, name) of what a module takes from a room of the package, such as rules: `from ..rules.x import y`."""
    start = f"{PACKAGE}.{room}."
    return [(source.removeprefix(start), name) for source, name in imports(module) if source.startswith(start)]


def neighbours(module: ModuleType) -> list[str]:
    """Full names of the modules of its own room, helpers' folders included, that a module takes from."""
    room = ".".join(module.__name__.split(".")[:2]) + "."
    return list(dict.fromkeys(source for source, _ in imports(module) if source.startswith(room)))


def modules(package: ModuleType) -> list[str]:
    """Names of a package's modules, sorted."""
    folder = Path(str(package.__file__)).parent
    return sorted(file.stem for file in folder.glob("*.py") if file.stem != "__init__")
