"""`resilience map FOLDER`: maps of stored runs, each with its table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

from ...config.errors import UsageError, get_system_reason, to_usage_error
from ...i18n.translation import mark, translate
from ..cli.results_arguments import check_argument_count, open_named_results, parse_text_settings
from ..cli.text_table import get_output_width

if TYPE_CHECKING:
    from ...world.places.outline import Outline
    from ..cli.main import CommandLine

OUTLINES_HINT = mark("Places are drawn as the model lays them out. For their true outlines give a file, outlines=FILE "
                     "(GeoJSON; GeoPackage and Shapefile with the extra geo): IGN publishes communes as ADMIN EXPRESS "
                     "and, with INSEE, neighbourhoods as Contours IRIS (geoservices.ign.fr).")
MAPS_FOLDER = "maps"
SETTINGS = ("lang", "study", "outlines")


def command(line: CommandLine) -> int:
    """Draw the maps into FOLDER/maps and print their titles. Nothing is simulated."""
    options = parse_text_settings("map", line.arguments, SETTINGS)
    check_argument_count(line.arguments, 1, "map")
    results = open_named_results("map", line.arguments)
    outlines = read_named_outlines(options)
    from ...report.brief.case import select_case
    from ...report.maps.comparison_maps import build_map_sheets
    from ...report.sheets.analysis_sheet import write_sheets

    try:
        sheets = build_map_sheets(select_case(results, line.lang, options.get("study")), outlines)
    except ValueError as problem:
        raise to_usage_error(problem, str(results.folder)) from None
    folder = results.folder / MAPS_FOLDER
    try:
        write_sheets(sheets, folder)
    except OSError as problem:
        raise UsageError("results = {path}: cannot be written ({why}); choose a folder you may write to", path=folder,
                         why=get_system_reason(problem)) from None
    if outlines is None:
        print(fill(translate(OUTLINES_HINT, line.lang), get_output_width()), end="\n\n")
    print("\n\n".join(sheet.picture.title if sheet.picture else sheet.name for sheet in sheets))
    print(f"\n{folder}")
    return 0


def read_named_outlines(options: Mapping[str, str]) -> Mapping[str, Outline] | None:
    """The outlines of the file of outlines=, by code; None without one. UsageError if it cannot be used."""
    if not options.get("outlines"):
        return None
    from ...config.official.outline_files import read_all_outlines

    try:
        return read_all_outlines(Path(options["outlines"]))
    except ValueError as problem:
        raise to_usage_error(problem) from None
