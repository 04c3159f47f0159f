"""A layer imports only layers below it: the contracts of pyproject.toml hold, and cover every part of the package."""

from __future__ import annotations

import ast
import contextlib
import io
import tomllib
from collections.abc import Iterator
from importlib.util import resolve_name
from pathlib import Path

import networkx as nx
from importlinter.cli import lint_imports

from tests.house import tree
from tests.house.tree import ROOT


def import_linter_settings() -> dict:
    """The import-linter part of pyproject.toml."""
    with open(ROOT / "pyproject.toml", "rb") as file:
        return tomllib.load(file)["tool"]["importlinter"]


def test_contracts_hold() -> None:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert code == 0, output.getvalue()


def test_every_part_belongs_to_a_layer() -> None:
    layers = next(c["layers"] for c in import_linter_settings()["contracts"] if c["type"] == "layers")
    named = {part.strip(" ()") for line in layers for part in line.split("|")}
    parts = {path.stem for path in (ROOT / "simulator").iterdir()
             if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").exists()}
    assert parts - named == set()


def test_every_folder_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "simulator").rglob("*.py")}
    tree.nothing(tree.name(folder) for folder in folders if not (folder / "__init__.py").exists())


def imported_modules(path: Path) -> Iterator[Path]:
    """The modules that a module imports when it runs, at its top or in a function; for annotations alone left out."""
    module = tree.parsed(path)
    package = ".".join(path.relative_to(ROOT).parent.parts)
    annotations = {id(node) for check in ast.walk(module)
                   if isinstance(check, ast.If) and ast.unparse(check.test) == "TYPE_CHECKING"
                   for node in ast.walk(check)}
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.level and id(node) not in annotations:
            base = ROOT.joinpath(*resolve_name("." * node.level + (node.module or ""), package).split("."))
            for name in node.names:
                found = [one.with_suffix(".py") for one in (base / name.name, base) if one.with_suffix(".py").is_file()]
                yield from found[:1]


def test_no_modules_import_one_another() -> None:
    """Circles hide which module comes first. Annotations may: an agent knows its model, and a model its agents."""
    graph = nx.DiGraph((path, target) for path in tree.sources("simulator") for target in imported_modules(path)
                       if target != path)
    circles = [sorted(map(tree.name, part)) for part in nx.strongly_connected_components(graph) if len(part) > 1]
    assert not circles, circles
