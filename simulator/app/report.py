"""`resilience report FOLDER`: the brief of what was played, as one HTML page, and as PDF."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import UsageError, choices, one_line, refused
from .results_folder import only, opened
from .words import LANGUAGES

if TYPE_CHECKING:
    from .main import Line

SETTINGS = ("lang", "study", "file", "to")
FORMATS = ("html", "pdf")


def command(line: Line) -> int:
    """Read what was played and write the brief; its path is the last line printed. Nothing is played."""
    given = _given(line.words)
    only(line.words, 1, "report")
    results = opened("report", line.words)
    kind = given.get("to", "html")
    if kind == "pdf":
        _printer()
    try:
        from ..report.brief import brief_html

        page = brief_html(results, line.labels, given.get("study"))
    except ValueError as problem:
        raise refused(problem, str(results.folder)) from None
    file = Path(given.get("file") or results.folder / f"brief_{line.labels}.{kind}")
    _write(file, page, kind)
    print(file)
    return 0


def _given(words: list[str]) -> dict[str, str]:
    """Settings written name=value. UsageError for another name or value."""
    given: dict[str, str] = {}
    for name, _, value in (word.partition("=") for word in words if "=" in word):
        if name not in SETTINGS:
            raise UsageError("unknown_setting", name=one_line(name), command="report", choices=choices(name, SETTINGS))
        if name in given:
            raise UsageError("twice", name=name)
        given[name] = value
    for name, known in (("lang", LANGUAGES), ("to", FORMATS)):
        if name in given and given[name] not in known:
            raise UsageError("wrong_type", name=name, value=one_line(given[name]), expected=" or ".join(known))
    return given


def _printer() -> None:
    """UsageError that says how to print from the browser where WeasyPrint, or a library it needs, is missing."""
    try:
        import_module("weasyprint")
    except (ImportError, OSError):
        raise UsageError("no_pdf") from None


def _write(file: Path, page: str, kind: str) -> None:
    from ..report.sheet import write, write_bytes

    try:
        if kind == "html":
            write(file, page)
        else:
            from ..report.pdf import pdf

            write_bytes(file, pdf(page))
    except OSError as problem:
        raise UsageError("brief_write", path=one_line(file), why=problem.strerror or one_line(problem)) from None


