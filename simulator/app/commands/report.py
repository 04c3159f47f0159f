"""`resilience report FOLDER`: the brief on stored runs, as one HTML page or as PDF."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ...config.errors import UsageError, get_system_reason, to_usage_error
from ..cli.results_arguments import check_argument_count, open_named_results, parse_text_settings
from ..jobs.workbook import WORKBOOK_FILE, save_workbook
from .map import read_named_outlines

if TYPE_CHECKING:
    from ..cli.main import CommandLine

SETTINGS = ("lang", "study", "file", "to", "outlines", "worth")
BRIEF_FORMATS = ("html", "pdf")


def command(line: CommandLine) -> int:
    """Write the brief, and the workbook where there is none; its path is the last line. Nothing is simulated."""
    options = parse_text_settings("report", line.arguments, SETTINGS)
    kind = options.get("to", "html")
    if kind not in BRIEF_FORMATS:
        raise UsageError("{name} = {value!r}: expected {expected}", name="to", value=kind,
                         expected=" or ".join(BRIEF_FORMATS))
    check_argument_count(line.arguments, 1, "report")
    results = open_named_results("report", line.arguments)
    if kind == "pdf":
        _check_pdf_library()
    outlines = read_named_outlines(options)
    try:
        from ...report.brief.page import render_brief

        page = render_brief(results, line.lang, options.get("study"), outlines, options.get("worth"))
    except ValueError as problem:
        raise to_usage_error(problem, str(results.folder)) from None
    file = Path(options.get("file") or results.folder / f"brief_{line.lang}.{kind}")
    _write_brief(file, page, kind)
    if "file" not in options and not (results.folder / WORKBOOK_FILE).exists():
        save_workbook(results.folder, line.lang, options.get("study"))
    print(file)
    return 0


def _check_pdf_library() -> None:
    """UsageError that says how to print from a browser if WeasyPrint, or a library it needs, is missing."""
    try:
        import_module("weasyprint")
    except (ImportError, OSError):
        raise UsageError("to=pdf needs WeasyPrint and its library Pango: pip install 'resilience-simulator[pdf]'; "
                         "or leave to=pdf out, open the page in a browser and print it to PDF (A4)") from None


def _write_brief(file: Path, page: str, kind: str) -> None:
    from ...report.sheets.analysis_sheet import write_bytes_atomic, write_text_atomic

    try:
        if kind == "html":
            write_text_atomic(file, page)
        else:
            from ...report.pdf import render_pdf

            write_bytes_atomic(file, render_pdf(page))
    except OSError as problem:
        why = get_system_reason(problem)
        raise UsageError("{path}: cannot be written ({why}); choose another file with file=…", path=file,
                         why=why) from None
