"""Writes each notebook of notebooks/, a Python file, as .ipynb too: `python -m docs.printing.books`."""

from __future__ import annotations

import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"


def build_notebook(script: Path) -> str:
    """The same cells as Jupyter's JSON, without outputs; the same file gives the same text."""
    import jupytext

    book = jupytext.read(script)
    for number, cell in enumerate(book.cells, 1):
        cell["id"] = f"cell-{number}"
    book.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                     "language_info": {"name": "python"}}
    return json.dumps(book, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    for path in sorted(FOLDER.glob("*.py")):
        path.with_suffix(".ipynb").write_text(build_notebook(path), encoding="utf-8")
