"""The three tools of the local Model Context Protocol server: describe, compare, table, inside one folder.

What a caller sends is untrusted: names and numbers are taken, never paths, code or files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...api.comparison import Comparison, compare
from ...api.configuration import Configuration, scenario
from ...api.description import describe
from ...config.errors import UsageError
from ...engine.calendar import compute_end_day
from ...i18n.plain_text import make_printable
from ...studies.machine import count_residents
from ..cli.results_arguments import open_named_results
from ..commands.table import query_results

if TYPE_CHECKING:
    import pandas

FOLDER_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
CALLER_SETTINGS = ("model.", "calendar.", "crisis.", "lever.")
CALLER_CHOICES = ("behaviour", "ablate", "ablate_from", "experiment")
"""Settings a caller may give: numbers and names. All others say what code or which files are read."""
MAX_SEEDS, MAX_LEVERS, MAX_ROWS, MAX_TEXT = 20, 10, 500, 2000
MAX_RESIDENT_DAYS = 1.5e9
"""Residents of the territory's communes times days times runs: a few minutes of computing."""


@dataclass(frozen=True)
class McpTools:
    """The tools, inside the folder `root`. Every refusal is a ValueError of one line."""

    root: Path

    def describe(self, topic: str) -> list[dict[str, Any]]:
        """The rows that `simulator.describe(topic)` gives."""
        check_plain_text("topic", topic)
        return list_frame_rows(describe(topic))

    def compare(self, folder: str, territory: str, crisis: str, levers: Sequence[str], seeds: int,
                settings: Mapping[str, Any]) -> dict[str, Any]:
        """Simulate levers against none into a folder of the root; effects with intervals, and the printed summary."""
        path = self.find_folder(folder)
        configuration = check_request(territory, crisis, levers, seeds, settings)
        check_size(configuration, levers, seeds)
        found: Comparison = compare(configuration, list(levers), seeds, store=path, workers=1, progress=False)
        return {"folder": folder, "runs": len(found.runs), "effects": list_frame_rows(found.effects),
                "summary": make_printable(found.summary("en"))}

    def table(self, folder: str, sql: str) -> dict[str, Any]:
        """One SELECT of DuckDB over the tables of a folder of the root: columns, rows, how many rows were left out."""
        path = self.find_folder(folder)
        if len(sql) > MAX_TEXT:
            raise UsageError("sql has {n} characters: expected at most {most}", n=len(sql), most=MAX_TEXT)
        columns, rows = query_results(open_named_results("table", [str(path)]), sql)
        return {"columns": list(columns), "rows": [[to_json_value(cell) for cell in row] for row in rows[:MAX_ROWS]],
                "rows_left_out": max(0, len(rows) - MAX_ROWS)}

    def find_folder(self, name: str) -> Path:
        """A folder directly in the root, there or not yet. UsageError for any other path, or one with a link in it."""
        if not FOLDER_NAME.fullmatch(name):
            raise UsageError("folder = {name!r}: expected a name of letters, digits, - and _; it is made inside the "
                             "folder that the server was started with", name=name)
        path = self.root / name
        if path.is_symlink() or any(one.is_symlink() for one in path.rglob("*")):
            raise UsageError("folder = {name!r}: it is or holds a link; the server reads and writes none", name=name)
        if path.exists() and not path.is_dir():
            raise UsageError("results = {path}: expected a folder, found a file; choose another folder", path=name)
        return path


def check_plain_text(name: str, value: Any) -> None:
    """UsageError for text that is long, or could name a file or a reference."""
    for one in value if isinstance(value, (list, tuple)) else [value]:
        if isinstance(one, str) and (len(one) > MAX_TEXT or re.search(r"[/\\$\x00-\x1f]|\.\.", one)):
            raise UsageError("{name} = {value!r}: expected a name without / \\ $ and ..; the server reads no files of "
                             "the caller's", name=name, value=one[:80])


def check_request(territory: str, crisis: str, levers: Sequence[str], seeds: int,
                  settings: Mapping[str, Any]) -> Configuration:
    """The configuration of a comparison. ValueError for what a caller may not ask, or what the command line refuses."""
    for name, value in {"territory": territory, "crisis": crisis, "levers": list(levers), **settings}.items():
        check_plain_text(name, value)
    for name in settings:
        if not name.startswith(CALLER_SETTINGS) and name not in CALLER_CHOICES:
            raise UsageError("setting {name!r} is not taken here: expected one of {choices}", name=name,
                             choices=", ".join([f"{prefix}…" for prefix in CALLER_SETTINGS] + list(CALLER_CHOICES)))
    for name, count, most in (("seeds", seeds, MAX_SEEDS), ("levers", len(levers), MAX_LEVERS)):
        if not 1 <= count <= most:
            raise UsageError("{name} = {value!r}: expected a whole number, {low} to {high}", name=name, value=count,
                             low=1, high=most)
    return scenario(territory, crisis, **settings)


def check_size(configuration: Configuration, levers: Sequence[str], seeds: int) -> None:
    """UsageError for a comparison that would take more than minutes."""
    run = configuration.run(1, [levers[0]])
    asked = count_residents(run) * float(compute_end_day(run)) * (len(levers) + 1) * seeds
    if asked > MAX_RESIDENT_DAYS:
        raise UsageError("too large for the server: {asked:.1e} resident-days, at most {most:.1e}; choose a smaller "
                         "territory, fewer levers or seeds, or use resilience compare", asked=asked,
                         most=MAX_RESIDENT_DAYS)


def list_frame_rows(frame: pandas.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as JSON takes them."""
    return [{str(name): to_json_value(value) for name, value in row.items()} for row in frame.to_dict("records")]


def to_json_value(value: Any) -> Any:
    """A cell as JSON takes it: None for NaN and infinity, plain numbers, lists, printable text."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [to_json_value(one) for one in value]
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    if value is None or isinstance(value, (bool, int)):
        return value
    return make_printable(str(value))
