"""`resilience map FOLDER`: maps of what was played, with their tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...config.errors import UsageError, one_line, refused
from ..cli.results_folder import given as settings_of
from ..cli.results_folder import only, opened

if TYPE_CHECKING:
    from ...world.places.outline import Outline
    from ..cli.main import Line

FOLDER = "maps"
SETTINGS = ("lang", "study", "outlines")


def command(line: Line) -> int:
    """Draw the maps into FOLDER/maps and print what they say. Nothing is played."""
    given = settings_of("map", line.words, SETTINGS)
    only(line.words, 1, "map")
    results = opened("map", line.words)
    borders = outlines(given, line.lang)
    from ...report.analysis_sheet import keep
    from ...report.brief.case import case
    from ...report.maps.maps import maps

    try:
        sheets = maps(case(results, line.labels, given.get("study")), borders)
    except ValueError as problem:
        raise refused(problem, str(results.folder)) from None
    folder = results.folder / FOLDER
    try:
        keep(sheets, folder)
    except OSError as problem:
        raise UsageError("results_write", path=folder, why=problem.strerror or one_line(problem)) from None
    print("\n\n".join(one.picture.title if one.picture else one.name for one in sheets))
    print(f"\n{folder}")
    return 0


def outlines(given: Mapping[str, str], lang: str) -> Mapping[str, Outline] | None:
    """The outlines of the GeoJSON file that is named, None where none is. UsageError if it cannot be used."""
    if not given.get("outlines"):
        return None
    from ...i18n.refusal import Refusal
    from ...world.places.outline import outlines as read

    try:
        return read(given["outlines"])
    except Refusal as problem:
        raise refused(problem.line(lang)) from None
