"""Provenance of a result: time, machine, versions, duration. Stored beside the tables, never in them."""

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


def collect_provenance(seconds: float | None = None, **more: Any) -> dict[str, Any]:
    """How a result was made: time, host, versions. seconds: duration; more: further entries."""
    provenance: dict[str, Any] = {
        "written": datetime.now(UTC).isoformat(timespec="seconds"), "host": platform.node(),
        "system": platform.platform(), "machine": platform.machine(), "processors": os.cpu_count(),
        "python": sys.version.split()[0], "libraries": dict(read_library_versions())}
    if seconds is not None:
        provenance["seconds"] = round(seconds, 3)
    return {**provenance, **more}


@cache
def read_library_versions(names: tuple[str, ...] = LIBRARIES) -> Mapping[str, str]:
    """Library -> version, for those installed; cached, because reading them takes as long as a short run."""
    versions = {}
    for name in names:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return versions
