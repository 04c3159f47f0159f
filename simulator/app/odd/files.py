"""The document as files: ODD.md and ODD.html, both there whole, or neither."""

from __future__ import annotations

from pathlib import Path

from ...config.errors import UsageError, one_line
from ...records.parquet import put, temporary
from .headings import heading
from .page import page

NAME = "ODD"


def written(markdown: str, to: str, lang: str) -> list[Path]:
    """Write both files into a folder, which is made if need be. UsageError if it cannot be written."""
    folder = Path(to)
    texts = {folder / f"{NAME}.md": markdown,
             folder / f"{NAME}.html": page(markdown, lang, heading("contents", lang))}
    halves = {file: temporary(file) for file in texts}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in texts.items():
            halves[file].write_text(text, encoding="utf-8")
        for file, half in halves.items():
            put(half, file)
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or one_line(problem)
        raise UsageError("to_folder", path=one_line(to), why=why) from None
    finally:
        for half in halves.values():
            _unlink(half)
    return list(texts)


def _unlink(half: Path) -> None:
    try:
        half.unlink(missing_ok=True)
    except (OSError, ValueError):
        return
