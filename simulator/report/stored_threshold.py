"""From which difference on acting counts as worthwhile, as the comparison of a folder was asked."""

from __future__ import annotations

from pathlib import Path

from .brief.portfolio_search import read_job_settings


def find_stored_threshold(folder: Path, given: str | None = None) -> str:
    """`given`, or worth= of the command that filled the folder; "" (the default) where there is neither."""
    return given or str(read_job_settings(folder).get("settings", {}).get("worth") or "")
