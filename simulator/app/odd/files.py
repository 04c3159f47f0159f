"""Writes the ODD+D document and its summary, each as Markdown and as HTML: all files whole, or none."""

from __future__ import annotations

from pathlib import Path

from ...config.errors import UsageError, get_system_reason
from ...records.files.parquet import make_temporary_path, replace_atomically
from .chart_blocks import draw_chart_pictures
from .headings import get_odd_heading
from .html_page import render_html_page

ODD_FILE_NAME, SUMMARY_FILE_NAME = "ODD", "ODD_summary"


def write_odd_files(document: str, summary: str, to: str, lang: str) -> list[Path]:
    """Write the files into the folder `to`, which is made if missing; their paths. UsageError if that fails.

    document, summary: as Markdown.
    """
    folder, pictures = Path(to), draw_chart_pictures(lang)
    texts = {
        folder / f"{ODD_FILE_NAME}.md": document,
        folder / f"{ODD_FILE_NAME}.html": render_html_page(document, lang, get_odd_heading("contents", lang), pictures),
        folder / f"{SUMMARY_FILE_NAME}.md": summary,
        folder / f"{SUMMARY_FILE_NAME}.html": render_html_page(summary, lang, None, pictures)}
    temporary_files = {file: make_temporary_path(file) for file in texts}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in texts.items():
            temporary_files[file].write_text(text, encoding="utf-8")
        for file, temporary in temporary_files.items():
            replace_atomically(temporary, file)
    except (OSError, ValueError) as problem:
        why = get_system_reason(problem)
        raise UsageError("to = {path!r}: cannot be written ({why}); name a folder you may write to",
                         path=to, why=why) from None
    finally:
        for temporary in temporary_files.values():
            _unlink(temporary)
    return list(texts)


def _unlink(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except (OSError, ValueError):
        return
