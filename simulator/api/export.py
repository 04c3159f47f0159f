"""`export`: the network, the agents and the records of a run in the formats of other tools."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..analysis.optional_libraries import import_optional
from ..config.errors import UsageError, suggest_names, to_usage_error
from ..engine.calendar import compute_end_day
from ..engine.loop import play_until
from ..i18n.plain_text import write_csv
from ..records.column_spec import ColumnSpec
from ..records.files.arrow_table import add_geometry, build_arrow_table
from ..records.files.parquet import write_bytes_atomically
from ..records.results import Results
from ..records.schema import TABLE_SCHEMAS
from ..scenario.run import Run
from ..world.population.communes import km_to_lonlat
from ..world.world import TABLE_NAMES, World
from .configuration import Configuration
from .run_result import RunResult
from .setting_error import as_setting_errors

if TYPE_CHECKING:
    from ..agents.model import TerritoryModel

GRAPH_SUFFIXES = (".graphml", ".gexf")
TABLE_SUFFIXES = (".csv", ".parquet")
TIE_COLUMNS = {
    "source": ColumnSpec("int64", "uid of the resident"),
    "target": ColumnSpec("int64", "uid of the other, -1 off the map"),
    "kind": ColumnSpec("str", "kin, friend, neighbour, other, project, or household for members of one home"),
    "trust": ColumnSpec("float64", "trust of the source in the target; NaN off the map", "0-1"),
    "trust_back": ColumnSpec("float64", "trust of the target in the source; NaN off the map", "0-1"),
    "off_map": ColumnSpec("int64", "1 for a tie with somebody beyond the map"),
}
Table = tuple[Mapping[str, np.ndarray], Mapping[str, ColumnSpec]]
"""Columns of a table, and what each is."""


def export(source: Any, file: str | Path, table: str = "people", date: str | None = None) -> Path:
    """Write one table, or the network, of a run; the file, written whole or not at all.

    source: a TerritoryModel as it stands; a Configuration or a Run, which is played until `date`, else to its end; or
    records: a RunResult, or the Results of a folder. file: .graphml or .gexf for the network, with pairs of one
    household and ties off the map as edges of their own; .csv or .parquet for a table. table: of a model people,
    households, buildings, neighbourhoods, communes, sites, institutions, or ties (an edge list); of records one of
    theirs. Columns with several values a row become name_0, name_1, …; a Parquet file has the unit and the meaning of
    each column in its schema, and where rows have a place it is GeoParquet. SettingError for another name or suffix.
    """
    with as_setting_errors():
        return export_file(source, Path(file), table, date)


def export_file(source: Any, path: Path, table: str, date: str | None) -> Path:
    """As `export`, but UsageError."""
    check_suffix(path)
    if isinstance(source, (Results, RunResult)):
        content = write_table(path, *read_record_table(source, table))
    else:
        content = export_world(build_model(source, date), path, table)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_bytes_atomically(path, content)
    return path


def check_suffix(path: Path) -> None:
    """UsageError for a suffix that stands for no format."""
    if path.suffix not in (*GRAPH_SUFFIXES, *TABLE_SUFFIXES):
        raise UsageError("{path}: which format? expected a name that ends with one of {choices}", path=path,
                         choices=", ".join([*GRAPH_SUFFIXES, *TABLE_SUFFIXES]))


def build_model(source: Any, date: str | None) -> TerritoryModel:
    """The model itself, or that of a run, played until a date. UsageError for a date outside the run."""
    from ..agents.model import TerritoryModel

    if isinstance(source, TerritoryModel):
        return source
    run = source.run() if isinstance(source, Configuration) else source
    if not isinstance(run, Run):
        raise UsageError("{value!r} cannot be exported: expected a TerritoryModel, a configuration, a Run or results",
                         value=type(source).__name__)
    return TerritoryModel(run, world=play_until(run, None if date is None else find_day(run, date)).world)


def find_day(run: Run, date: str) -> int:
    """Number of a day of the run. UsageError for a date outside it."""
    calendar, end = run.scenario.calendar, compute_end_day(run)
    try:
        day = calendar.day(date)
    except ValueError as problem:
        raise to_usage_error(problem) from None
    if not 0 <= day <= end:
        raise UsageError("date = {value}: expected a day of the run, {start} to {end}", value=date,
                         start=calendar.start, end=calendar.date(end))
    return day


def export_world(model: TerritoryModel, path: Path, table: str) -> bytes:
    """The file's content for the state of a model."""
    if path.suffix in GRAPH_SUFFIXES:
        return write_graph(model, path.suffix)
    if table == "ties":
        return write_table(path, list_ties(model), TIE_COLUMNS)
    if table not in TABLE_NAMES:
        raise UsageError("unknown {topic} {word!r}: expected {choices}", topic="table", word=table,
                         choices=suggest_names(table, TABLE_NAMES))
    columns, specs = flatten_world_table(model.world, table)
    place = locate_rows(model.world, table)
    lonlat = None if place is None else km_to_lonlat(*place, model.run.scenario.territory.origin)
    return write_table(path, columns, specs, lonlat)


def write_graph(model: TerritoryModel, suffix: str) -> bytes:
    """The network as GraphML or GEXF, without the date on which it was written."""
    import networkx

    names = [name for name, column in type(model.world.people).columns().items() if not column.width and name != "uid"]
    graph, page = model.residents.to_networkx(columns=names, household=True, off_map=True), io.BytesIO()
    (networkx.write_graphml if suffix == ".graphml" else networkx.write_gexf)(graph, page)
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", page.getvalue())


def list_ties(model: TerritoryModel) -> dict[str, np.ndarray]:
    """The edge list: each pair of people once, and each tie off the map."""
    graph = model.residents.to_networkx(directed=True, columns=(), household=True, off_map=True)
    rows = [(a, -1, edge["kind"], np.nan, np.nan, 1) if isinstance(b, str)
            else (a, b, edge["kind"], edge["trust"], graph[b][a]["trust"], 0)
            for a, b, edge in graph.edges(data=True) if isinstance(b, str) or a < b]
    return {name: np.array([row[k] for row in rows], object if spec.dtype == "str" else spec.dtype)
            for k, (name, spec) in enumerate(TIE_COLUMNS.items())}


def flatten_world_table(world: World, table: str) -> Table:
    """The columns of a world's table, those with several values a row one by one, and those that mechanisms added."""
    rows = getattr(world, table)
    columns: dict[str, np.ndarray] = {}
    specs: dict[str, ColumnSpec] = {}
    for name, declared in type(rows).columns().items():
        values = np.asarray(getattr(rows, name))
        for k in range(declared.width or 1):
            flat = f"{name}_{k}" if declared.width else name
            columns[flat] = values[:, k] if declared.width else values
            specs[flat] = ColumnSpec(str(values.dtype), declared.doc, declared.unit or "-")
    for name, values in world.extra.items():
        if name.startswith(f"{table}.") and np.ndim(values) == 1:
            flat = name.partition(".")[2]
            columns[flat], specs[flat] = values, ColumnSpec(str(values.dtype), "added by a mechanism")
    return columns, specs


def locate_rows(world: World, table: str) -> tuple[np.ndarray, np.ndarray] | None:
    """East and north of each row, km: its own, or that of its building; None for a table without places."""
    rows = getattr(world, table)
    if hasattr(type(rows), "x"):
        return rows.x, rows.y
    if not hasattr(type(rows), "building"):
        return None
    return world.buildings.x[rows.building], world.buildings.y[rows.building]


def read_record_table(source: Results | RunResult, table: str) -> Table:
    """A table of records. UsageError for an unknown one."""
    names = source.table_names() if isinstance(source, Results) else tuple(TABLE_SCHEMAS)
    if table not in names:
        raise UsageError("unknown {topic} {word!r}: expected {choices}", topic="table", word=table,
                         choices=suggest_names(table, names))
    frame = source.df(table)
    return {name: frame[name].to_numpy() for name in frame}, TABLE_SCHEMAS.get(table, {})


def write_table(path: Path, columns: Mapping[str, np.ndarray], specs: Mapping[str, ColumnSpec],
                lonlat: tuple[np.ndarray, np.ndarray] | None = None) -> bytes:
    """A table as CSV, or as Parquet with units, and with places if it has some."""
    if path.suffix == ".csv":
        places = {} if lonlat is None else {"longitude": lonlat[0].round(6), "latitude": lonlat[1].round(6)}
        return write_csv_table({**columns, **places})
    if path.suffix != ".parquet":
        raise UsageError("{path}: which format? expected a name that ends with one of {choices}", path=path,
                         choices=", ".join(TABLE_SUFFIXES))
    parquet, page = import_optional("pyarrow.parquet"), io.BytesIO()
    arrow = build_arrow_table(columns, specs)
    parquet.write_table(arrow if lonlat is None else add_geometry(arrow, *lonlat), page, compression="zstd")
    return page.getvalue()


def write_csv_table(columns: Mapping[str, np.ndarray]) -> bytes:
    """A table as CSV: an empty cell for NaN."""
    page = io.StringIO()
    rows = zip(*(np.asarray(values).tolist() for values in columns.values()))
    write_csv(page, [list(columns), *(["" if cell != cell else cell for cell in row] for row in rows)])
    return page.getvalue().encode("utf-8")
