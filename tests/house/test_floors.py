"""A floor imports floors below it: the contracts of pyproject.toml hold, and cover every part of the package."""

from __future__ import annotations

import contextlib
import io
import tomllib

from importlinter.cli import lint_imports

from tests.house import tree
from tests.house.tree import ROOT


def settings() -> dict:
    """The import-linter part of pyproject.toml."""
    with open(ROOT / "pyproject.toml", "rb") as file:
        return tomllib.load(file)["tool"]["importlinter"]


def test_contracts_hold() -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert code == 0, said.getvalue()


def test_every_part_has_a_floor() -> None:
    floors = next(c["layers"] for c in settings()["contracts"] if c["type"] == "layers")
    named = {part.strip(" ()") for line in floors for part in line.split("|")}
    parts = {path.stem for path in (ROOT / "simulator").iterdir()
             if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").exists()}
    assert parts - named == set()


def test_every_folder_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "simulator").rglob("*.py")}
    tree.nothing(tree.name(folder) for folder in folders if not (folder / "__init__.py").exists())
