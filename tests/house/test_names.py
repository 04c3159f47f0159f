"""One word, one meaning; and the questions of CONTRIBUTING.md are answered where it says."""

from __future__ import annotations

import ast
import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import resolve_name
from pathlib import Path

import pytest

from simulator.rules.need_domains import DOMAINS
from tests.house import tree
from tests.house.tree import ROOT

SHARED = ("command", "step", "show", "main")
"""Names that stand for one role in many modules: a command's entry, a phase's step."""
MOST = 0.03
"""Share of public names that may be defined in more than one module."""
ANSWER = re.compile(r"\| `(simulator/[\w/]+\.py):(\w+)` \|")
QUESTIONS = ANSWER.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
STARTS = ("simulator/phases/order.py", *(tree.name(path) for path in tree.sources("simulator/app/commands")))


def public_names(path: Path) -> Iterator[str]:
    """Top-level public functions and classes of a module."""
    for node in tree.parsed(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_" and node.name not in SHARED:
            yield node.name


def test_a_public_name_means_one_thing() -> None:
    """The reference implementation is left out: it repeats the names of the stages it mirrors."""
    where: dict[str, set[str]] = defaultdict(set)
    for path in tree.sources("simulator"):
        if "by_hand" not in path.parts:
            for name in public_names(path):
                where[name].add(tree.name(path))
    twice = {name: files for name, files in where.items() if len(files) > 1}
    assert len(twice) <= MOST * len(where), twice


def imported_files(path: Path) -> set[Path]:
    """The files of the package that a file imports, wherever in it."""
    package = ".".join(path.relative_to(ROOT).parent.parts)
    found = set()
    for node in ast.walk(tree.parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = ROOT.joinpath(*resolve_name("." * node.level + (node.module or ""), package).split("."))
            names = [base, *(base / alias.name for alias in node.names)]
            found |= {file for one in names for file in (one.with_suffix(".py"), one / "__init__.py") if file.is_file()}
    return found


@pytest.fixture(scope="module")
def reached() -> set[Path]:
    """Every file that the phases or a command lead to."""
    seen, todo = set(), [ROOT / start for start in STARTS]
    while todo:
        path = todo.pop()
        if path not in seen:
            seen.add(path)
            todo += imported_files(path)
    return seen


def test_there_are_ten_questions() -> None:
    assert len(QUESTIONS) >= 10 and len(set(QUESTIONS)) == len(QUESTIONS)


@pytest.mark.parametrize(("file", "function"), QUESTIONS)
def test_the_function_that_answers_is_there_and_used(file: str, function: str, reached: set[Path]) -> None:
    path = ROOT / file
    assert function in set(public_names(path)), f"{file} has no {function}"
    assert path in reached, f"neither a phase nor a command leads to {file}"
    users = [one for one in reached for node in ast.walk(tree.parsed(one))
             if isinstance(node, ast.Name) and node.id == function
             or isinstance(node, ast.Attribute) and node.attr == function]
    assert users, f"nobody calls {function}"


def test_the_glossary_has_the_nouns_of_the_model() -> None:
    with open(ROOT / "docs" / "glossary.csv", encoding="utf-8", newline="") as file:
        terms = {row["en"].casefold() for row in csv.DictReader(file)}
    nouns = {"grade", "resident", "household", "building", "commune", "neighbourhood", "project site", "institution",
             "tie", "phase", "stage", "step", "handle", "record", "ledger", "run", "scenario", "study", "store", "card",
             "aftermath", "lodging", "promise", "acquaintance", "hit", "permanent loss", "channel switched off",
             "event", "given up", "displaced", "hindcast", "survey", "claim", "mechanism", "extension",
             "group born of the crisis",
             *(name.replace("_", "-") for name in DOMAINS)}
    tree.nothing(noun for noun in nouns - {"food"} if noun not in terms)
