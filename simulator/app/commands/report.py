"""`resilience report FOLDER`: the brief of what was played, as one HTML page, and as PDF."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ...config.errors import UsageError, one_line, refused
from ..cli.results_folder import given as settings_of
from ..cli.results_folder import only, opened
from .map import outlines

if TYPE_CHECKING:
    from ..cli.main import Line

SETTINGS = ("lang", "study", "file", "to", "outlines")
FORMATS = ("html", "pdf")


def command(line: Line) -> int:
    """Read what was played and write the brief; its path is the last line printed. Nothing is played."""
    given = settings_of("report", line.words, SETTINGS)
    if given.get("to", "html") not in FORMATS:
        raise UsageError("wrong_type", name="to", value=one_line(given["to"]), expected=" or ".join(FORMATS))
    only(line.words, 1, "report")
    results = opened("report", line.words)
    kind = given.get("to", "html")
    if kind == "pdf":
        _printer()
    borders = outlines(given, line.lang)
    try:
        from ...report.brief.page import brief_html

        page = brief_html(results, line.labels, given.get("study"), borders)
    except ValueError as problem:
        raise refused(problem, str(results.folder)) from None
    file = Path(given.get("file") or results.folder / f"brief_{line.labels}.{kind}")
    _write(file, page, kind)
    print(file)
    return 0


def _printer() -> None:
    """UsageError that says how to print from the browser where WeasyPrint, or a library it needs, is missing."""
    try:
        import_module("weasyprint")
    except (ImportError, OSError):
        raise UsageError("no_pdf") from None


def _write(file: Path, page: str, kind: str) -> None:
    from ...report.analysis_sheet import write, write_bytes

    try:
        if kind == "html":
            write(file, page)
        else:
            from ...report.pdf import pdf

            write_bytes(file, pdf(page))
    except OSError as problem:
        raise UsageError("brief_write", path=one_line(file), why=problem.strerror or one_line(problem)) from None


