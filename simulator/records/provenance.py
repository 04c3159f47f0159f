"""Where a result came from: clock, machine, versions, time spent. Kept beside the tables, never in them."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

LIBRARIES = ("numpy", "numba", "duckdb", "scipy", "mesa", "hydra-core", "matplotlib")


def provenance(seconds: float | None = None, **more: Any) -> dict[str, Any]:
    """What to remember of a run's making. seconds: time spent; more: whatever else was counted."""
    found: dict[str, Any] = {
        "written": datetime.now(UTC).isoformat(timespec="seconds"), "host": platform.node(),
        "system": platform.platform(), "machine": platform.machine(), "processors": os.cpu_count(),
        "python": sys.version.split()[0], "libraries": dict(libraries())}
    if seconds is not None:
        found["seconds"] = round(seconds, 3)
    return {**found, **more}


@cache
def libraries(names: tuple[str, ...] = LIBRARIES) -> Mapping[str, str]:
    """Versions of the libraries that are installed; looked up once, for it costs as much as a short run."""
    known = {}
    for name in names:
        try:
            known[name] = version(name)
        except PackageNotFoundError:
            continue
    return known
