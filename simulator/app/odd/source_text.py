"""Reads the source of modules: docstrings, functions, and the names they import."""

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
COMPILING_DECORATORS = ("rule", "kernel", "parallel_kernel", "allocating_rule", "allocating_kernel",
                        "allocating_parallel_kernel")


@cache
def parse_module(module: ModuleType) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(inspect.getsource(module))


@cache
def _lines(module: ModuleType) -> list[str]:
    return inspect.getsource(module).splitlines()


def get_module_doc(module: ModuleType) -> str:
    """A module's docstring, unindented."""
    return inspect.cleandoc(module.__doc__ or "")


def list_public_functions(module: ModuleType) -> Iterator[ast.FunctionDef]:
    """Public functions of a module, in the order of the file."""
    return (node for node in parse_module(module).body if isinstance(node, ast.FunctionDef) and node.name[0] != "_")


def list_compiled_functions(module: ModuleType) -> Iterator[ast.FunctionDef]:
    """Compiled functions of a module, public or not, in the order of the file."""
    for node in parse_module(module).body:
        if isinstance(node, ast.FunctionDef) and any(isinstance(mark, ast.Name) and mark.id in COMPILING_DECORATORS
                                                     for mark in node.decorator_list):
            yield node


def format_signature(node: ast.FunctionDef) -> str:
    """The function's name and arguments: name(a, b)."""
    return f"{node.name}({', '.join(one.arg for one in node.args.args)})"


def format_function_code(module: ModuleType, node: ast.FunctionDef) -> str:
    """A function's code without decorators and docstring."""
    lines = _lines(module)
    first = node.body[1] if ast.get_docstring(node) is not None and len(node.body) > 1 else node.body[0]
    code = textwrap.dedent("\n".join(lines[first.lineno - 1:node.end_lineno]))
    return f"def {format_signature(node)}:\n{textwrap.indent(code, '    ')}"


def list_relative_imports(module: ModuleType) -> Iterator[tuple[str, str]]:
    """(full name of the module, name) of everything a module imports from another module of this package."""
    for node in ast.walk(parse_module(module)):
        if isinstance(node, ast.ImportFrom) and node.level and node.module:
            source = resolve_name("." * node.level + node.module, module.__package__)
            yield from ((source, alias.name) for alias in node.names)


def list_imports_from(module: ModuleType, package: str) -> list[tuple[str, str]]:
    """(module, name) of what a module imports from a subpackage, such as rules: `from ..rules.x import y`."""
    start = f"{PACKAGE}.{package}."
    return [(source.removeprefix(start), name) for source, name in list_relative_imports(module)
            if source.startswith(start)]


def list_sibling_imports(module: ModuleType) -> list[str]:
    """Full names of the modules in its own top-level subpackage that a module imports from, in order."""
    start = ".".join(module.__name__.split(".")[:2]) + "."
    return list(dict.fromkeys(source for source, _ in list_relative_imports(module) if source.startswith(start)))


def list_module_names(package: ModuleType) -> list[str]:
    """Names of a package's own modules, sorted."""
    folder = Path(str(package.__file__)).parent
    return sorted(file.stem for file in folder.glob("*.py") if file.stem != "__init__")
