"""Packaging: versions agree, everything imported is declared and pinned, the wheel holds configuration and data."""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from pathlib import Path

import simulator
from simulator.scenario.run import MODEL_VERSION
from tests.house import tree
from tests.house.tree import ROOT

NAMES = {"hydra": "hydra-core", "omegaconf": "hydra-core", "yaml": "hydra-core", "importlinter": "import-linter",
         "markdown_it": "markdown-it-py"}
"""Modules whose distribution has another name, or that come with the dependency named."""
BESIDE = {"pandas": "mesa", "scipy": "networkx", "antlr4": "hydra-core", "llvmlite": "numba", "PIL": "matplotlib",
          "altair": "streamlit", "tqdm": "mesa"}
"""Modules that come with a dependency, which is declared in their place."""
UNPINNED = {"peers"}
"""Extras that a benchmark installs for itself, in the latest published versions."""


def project() -> dict:
    """The project part of pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def distribution_name(requirement: str) -> str:
    """A requirement's normalised name."""
    return re.split(r"[<>=!\[; ~]", requirement)[0].lower().replace("_", "-")


def imported(paths: list[Path]) -> dict[str, str]:
    """Third-party module to the first file that imports it."""
    seen: dict[str, str] = {}
    for path in paths:
        for node in ast.walk(tree.parsed(path)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names = [node.module]
            for item in names:
                seen.setdefault(item.partition(".")[0], tree.name(path))
    own = {"simulator", "configs", "tests", "experiments"}
    return {item: where for item, where in seen.items() if item not in sys.stdlib_module_names and item not in own}


def test_versions_agree() -> None:
    version, log = simulator.__version__, (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "version" in project()["dynamic"] and "version" not in project()
    releases = re.findall(r"^## \[(\d+)\.(\d+)\.(\d+)\] - (\d{4}-\d\d-\d\d)$", log, re.MULTILINE)
    numbers = [tuple(map(int, release[:3])) for release in releases]
    assert numbers == sorted(set(numbers), reverse=True)
    assert [release[3] for release in releases] == sorted((release[3] for release in releases), reverse=True)
    assert ".".join(map(str, numbers[0])) == version and len(re.findall(r"^## ", log, re.MULTILINE)) - len(releases) < 2
    citation, meta = (ROOT / "CITATION.cff").read_text(), json.loads((ROOT / "codemeta.json").read_text())
    assert f'version: "{version}"' in citation and f"date-released: {releases[0][3]}" in citation
    assert (meta["version"], meta["dateModified"]) == (version, releases[0][3])


def test_one_number_moves_with_the_model() -> None:
    assert MODEL_VERSION == simulator.MODEL_VERSION
    assert MODEL_VERSION.split(".")[:2] == simulator.__version__.split(".")[:2] and MODEL_VERSION.endswith(".0")
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"MODEL_VERSION {MODEL_VERSION}" in log, "a changed model needs a 'Changes results' line"


def test_what_is_imported_is_declared() -> None:
    core = {distribution_name(item) for item in project()["dependencies"]}
    dashboard = core | {distribution_name(item) for item in project()["optional-dependencies"]["dashboard"]}
    of_dashboard = [path for path in tree.sources("simulator") if path.stem == "dashboard" or "dashboard" in path.parts]
    rest = [path for path in tree.sources("simulator") if path not in of_dashboard]
    tree.nothing(f"{where}: {item}" for paths, declared in ((rest, core), (of_dashboard, dashboard))
                 for item, where in imported(paths).items()
                 if NAMES.get(item, item) not in declared and BESIDE.get(item) not in declared)


def test_core_dependencies_are_used() -> None:
    used = {NAMES.get(item, item) for item in imported(tree.sources("simulator"))}
    used |= {BESIDE[item] for item in used & set(BESIDE)}
    tree.nothing({distribution_name(item) for item in project()["dependencies"]} - used)


def test_everything_is_pinned_with_hashes() -> None:
    extras = [item for extra, group in project()["optional-dependencies"].items() if extra not in UNPINNED
              for item in group if distribution_name(item) != project()["name"]]
    for file, wanted in (("requirements.txt", project()["dependencies"]),
                         ("requirements-dev.txt", project()["dependencies"] + extras)):
        text = (ROOT / file).read_text(encoding="utf-8")
        pinned = {distribution_name(line) for line in text.splitlines() if "==" in line and not line.startswith(" ")}
        assert {distribution_name(item) for item in wanted} <= pinned, file
        assert "://" not in text
        assert all("--hash=sha256:" in block for block in re.split(r"\n(?=\w)", text.strip()))


def test_core_and_development_pins_agree() -> None:
    def pins(file: str) -> set[str]:
        return set(re.findall(r"^\w\S*==.*?(?= \\)", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE))

    assert pins("requirements.txt") <= pins("requirements-dev.txt")


def test_configuration_and_data_are_in_the_wheel() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    patterns = tool["package-data"]
    for package in ("simulator", "configs"):
        packaged = {path for pattern in patterns[package] for path in (ROOT / package).glob(pattern)}
        files = {path for path in (ROOT / package).rglob("*") if path.is_file() and path.suffix != ".py"
                 and "__pycache__" not in path.parts}
        tree.nothing(tree.name(path) for path in files - packaged)
