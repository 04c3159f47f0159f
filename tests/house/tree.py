"""The project's own source, parsed once, for the tests that count and read it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Function = ast.FunctionDef | ast.AsyncFunctionDef
COMPILED = {"rule", "kernel", "parallel_kernel", "allocating_rule", "allocating_kernel", "allocating_parallel_kernel"}
"""Names of the decorators of simulator/kernel/compiled.py."""


def sources(*folders: str) -> list[Path]:
    """Python files of the given top folders, sorted."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name(path: Path) -> str:
    """A file's path as written in DESIGN.md."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of a file, nested ones too."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def classes(path: Path) -> Iterator[ast.ClassDef]:
    """Every class of a file."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ClassDef):
            yield node


def body_lines(function: Function) -> int:
    """Lines of a function's body, without its signature and docstring."""
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    if not body:
        return 0
    return (function.end_lineno or 0) - body[0].lineno + 1


def arguments(function: Function) -> int:
    """Number of arguments a caller sees: without self and cls, *args and **kwargs not counted."""
    listed = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return sum(1 for argument in listed if argument.arg not in ("self", "cls"))


def is_compiled(function: Function) -> bool:
    """True for a function that numba compiles."""
    decorators = {node.id for decorator in function.decorator_list for node in ast.walk(decorator)
                  if isinstance(node, ast.Name)}
    return bool(decorators & COMPILED)


@cache
def exceptions() -> frozenset[tuple[str, str]]:
    """(rule, subject) of each exception written in DESIGN.md, as `- file: subject; limit; reason`."""
    text = (ROOT / "DESIGN.md").read_text(encoding="utf-8")
    part = text.partition("## Exceptions")[2].partition("\n## ")[0]
    return frozenset(re.findall(r"^- (\w+): `([^`]+)`", part, flags=re.MULTILINE))


def excused(rule: str, subject: str) -> bool:
    """True if DESIGN.md lists this exception."""
    return (rule, subject) in exceptions()


def nothing(found: Iterable[str]) -> None:
    """Fail if anything was found: AssertionError that lists every finding, one a line."""
    lines = sorted(set(found))
    assert not lines, f"{len(lines)} found\n" + "\n".join(lines)
