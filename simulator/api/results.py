"""`open_results`: the tables of a results folder."""

from __future__ import annotations

from pathlib import Path

from ..records.files.run_files import OlderVersionError
from ..records.results import Results, open
from .setting_error import SettingError


def open_results(folder: str | Path) -> Results:
    """The tables of a results folder, also while runs are being written.

    `results["runs"]` or `results.df("runs")` is a pandas frame, `results.arrow`, `results.polars` and
    `results.sql(query)` give the same to those libraries; `with open_results(folder) as results:` closes it at the end.
    SettingError (a ValueError) for a folder without results, or one that another version wrote.
    """
    try:
        return open(folder)
    except (OlderVersionError, FileNotFoundError, NotADirectoryError, ValueError) as problem:
        raise SettingError(str(problem)) from None
