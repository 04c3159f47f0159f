"""The workbook that a comparison or a study leaves in its folder."""

from __future__ import annotations

import sys
from pathlib import Path

from ...config.errors import get_system_reason
from ...i18n.translation import translate

WORKBOOK_FILE = "results.xlsx"


def save_workbook(folder: Path, lang: str, study: str | None = None) -> None:
    """Write results.xlsx. A file that cannot be replaced, open in Excel say, costs a line and not the results."""
    from ...records.results import open as open_results
    from ...report.workbook.content import write_results_workbook

    try:
        write_results_workbook(open_results(folder), lang, folder / WORKBOOK_FILE, study)
    except OSError as problem:
        line = translate("{path}: cannot be written ({why}); close it where it is open, then: resilience table "
                         "{folder} file={path}", lang, path=folder / WORKBOOK_FILE, folder=folder,
                         why=get_system_reason(problem))
        print(f"resilience: {line}", file=sys.stderr)
