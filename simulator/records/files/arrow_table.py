"""Arrow tables whose schema says the unit and the meaning of each column; GeoParquet's points."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import numpy as np

from ..column_spec import ColumnSpec

GEOMETRY = "geometry"
GEOPARQUET_VERSION = "1.1.0"


def build_arrow_table(columns: Mapping[str, np.ndarray], specs: Mapping[str, ColumnSpec]) -> Any:
    """A pyarrow.Table; each field that specs names has the metadata `unit` and `doc`. ImportError without pyarrow."""
    pyarrow = import_module("pyarrow")
    return describe_columns(pyarrow.table({name: values.tolist() if values.dtype.kind == "O" else values
                                           for name, values in columns.items()}), specs)


def describe_columns(table: Any, specs: Mapping[str, ColumnSpec]) -> Any:
    """The same pyarrow.Table with the unit and the meaning of its columns in its schema."""
    pyarrow = import_module("pyarrow")
    fields = [field.with_metadata({"unit": specs[field.name].unit, "doc": specs[field.name].doc})
              if field.name in specs else field for field in table.schema]
    return pyarrow.Table.from_arrays(table.columns, schema=pyarrow.schema(fields, table.schema.metadata))


def add_geometry(table: Any, longitude: np.ndarray, latitude: np.ndarray) -> Any:
    """The table with a point for each row, as GeoParquet says: well-known binary, WGS 84, longitude first."""
    pyarrow = import_module("pyarrow")
    points = [struct.pack("<BIdd", 1, 1, x, y) for x, y in zip(longitude.tolist(), latitude.tolist())]
    bounds = [float(values) for values in (longitude.min(), latitude.min(), longitude.max(), latitude.max())] \
        if len(longitude) else []
    column = {"encoding": "WKB", "geometry_types": ["Point"], **({"bbox": bounds} if bounds else {})}
    geo = {"version": GEOPARQUET_VERSION, "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
    found = table.append_column(GEOMETRY, pyarrow.array(points, pyarrow.binary()))
    return found.replace_schema_metadata({**(found.schema.metadata or {}), "geo": json.dumps(geo)})
