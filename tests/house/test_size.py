"""Files, functions and classes stay readable. Exceptions need a line in DESIGN.md."""

from __future__ import annotations

from pathlib import Path

from tests.house import tree

FILE, FUNCTION, USUAL, CLASS, ARGUMENTS = 250, 40, 20, 150, 6
ALL = tree.sources("simulator", "tests", "experiments", "configs")
PROGRAM = tree.sources("simulator", "experiments")


def over(rule: str, found: list[tuple[str, int]], most: int) -> list[str]:
    """What is over the limit and not listed in DESIGN.md."""
    return [f"{subject}: {size} (at most {most}, or a line '- {rule}: `{subject}`' in DESIGN.md)"
            for subject, size in found if size > most and not tree.excused(rule, subject)]


def lines(path: Path) -> int:
    """Number of lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def test_files_are_short() -> None:
    tree.nothing(over("file", [(tree.name(path), lines(path)) for path in ALL], FILE))


def test_function_bodies_are_short() -> None:
    sizes = [(f"{tree.name(path)}:{function.name}", tree.body_lines(function))
             for path in ALL for function in tree.functions(path)]
    tree.nothing(over("function", sizes, FUNCTION))


def test_nine_functions_in_ten_are_very_short() -> None:
    sizes = [tree.body_lines(function) for path in PROGRAM for function in tree.functions(path)]
    long = sum(1 for size in sizes if size > USUAL)
    assert long <= len(sizes) / 10, f"{long} of {len(sizes)} bodies are longer than {USUAL} lines"


def test_classes_are_short() -> None:
    sizes = [(f"{tree.name(path)}:{item.name}", (item.end_lineno or 0) - item.lineno + 1)
             for path in ALL for item in tree.classes(path)]
    tree.nothing(over("class", sizes, CLASS))


def test_arguments_are_few() -> None:
    """Of public functions and constructors. Compiled loops are exempt (DESIGN.md): numba takes columns one by one."""
    sizes = [(f"{tree.name(path)}:{function.name}", tree.arguments(function))
             for path in PROGRAM for function in tree.functions(path)
             if not tree.is_compiled(function) and (function.name == "__init__" or function.name[0] != "_")]
    tree.nothing(over("arguments", sizes, ARGUMENTS))


def test_every_exception_is_needed() -> None:
    """A line in DESIGN.md whose subject is gone is removed."""
    known = {tree.name(path) for path in ALL}
    known |= {f"{tree.name(path)}:{node.name}" for path in ALL
              for node in [*tree.functions(path), *tree.classes(path)]}
    gone = [subject for _, subject in tree.exceptions() if subject not in known]
    tree.nothing(gone)
