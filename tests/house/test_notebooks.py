"""Notebooks run from the first cell to the last, and are stored without outputs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docs.printing.books import build_notebook
from tests.house.tree import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SCRIPTS = sorted((ROOT / "notebooks").glob("*.py"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_outputs_are_kept(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert not [cell for cell in cells if cell["cell_type"] == "code" and (cell["outputs"] or cell["execution_count"])]


def test_each_notebook_ships_in_both_forms() -> None:
    """`python -m docs.printing.books` writes the .ipynb again after a change."""
    nbformat = pytest.importorskip("nbformat")
    assert [path.stem for path in NOTEBOOKS] == [path.stem for path in SCRIPTS]
    for book, script in zip(NOTEBOOKS, SCRIPTS):
        assert book.read_text(encoding="utf-8") == build_notebook(script), f"{book.name} is older than {script.name}"
        nbformat.validate(nbformat.read(book, as_version=4))


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One Jupyter kernel for all: starting it and loading compiled code takes longer than most notebooks."""
    manager = pytest.importorskip("jupyter_client").KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(tmp_path_factory.mktemp("notebooks")))
    yield manager
    manager.shutdown_kernel(now=True)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_notebook_runs(path: Path, kernel: Any) -> None:
    """From an empty namespace to the last cell."""
    jupytext, client = pytest.importorskip("jupytext"), pytest.importorskip("nbclient")
    book = jupytext.read(path)
    nbformat = pytest.importorskip("nbformat")
    book.cells.insert(0, nbformat.v4.new_code_cell("%reset -f"))
    player = client.NotebookClient(book, timeout=600, km=kernel)
    try:
        player.execute()
    finally:
        player.kc.stop_channels()
    assert book.cells[-1]["cell_type"] == "markdown" or book.cells[-1]["execution_count"]
