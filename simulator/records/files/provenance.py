"""Provenance of a result: time, machine, versions, duration. Stored beside the tables, never in them."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Any

from ... import MODEL_VERSION, __version__

PACKAGE_NAME = "resilience-simulator"
SOURCE_ROOT = Path(__file__).resolve().parents[3]
COMMIT_SECONDS = 10
"""Seconds that git may take."""

LIBRARIES = ("numpy", "numba", "duckdb", "scipy", "mesa", "hydra-core", "matplotlib")


def collect_provenance(seconds: float | None = None, **more: Any) -> dict[str, Any]:
    """How a result was made: time, host, versions. seconds: duration; more: further entries."""
    provenance: dict[str, Any] = {
        **describe_origin(), "written": datetime.now(UTC).isoformat(timespec="seconds"), "host": platform.node(),
        "system": platform.platform(), "machine": platform.machine(), "processors": os.cpu_count(),
        "python": sys.version.split()[0], "libraries": dict(read_library_versions())}
    if seconds is not None:
        provenance["seconds"] = round(seconds, 3)
    return {**provenance, **more}


def describe_origin() -> dict[str, str]:
    """What wrote a result: package_version, model_version, and commit, empty where none is known."""
    return {"package_version": __version__, "model_version": MODEL_VERSION, "commit": read_commit()}


@cache
def read_commit() -> str:
    """The commit of this checkout, with "+changed" if its files differ from it; that of an installed copy; else ""."""
    if (SOURCE_ROOT / ".git").exists():
        commit = _ask_git("rev-parse", "HEAD").strip()
        changed = _ask_git("status", "--porcelain", "--untracked-files=no", "--", "simulator", "configs")
        return f"{commit}+changed" if commit and changed else commit
    try:
        origin = json.loads(distribution(PACKAGE_NAME).read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return ""
    return str(origin.get("vcs_info", {}).get("commit_id", ""))


def _ask_git(*words: str) -> str:
    """What git prints about this checkout; empty where there is no git or it refuses."""
    try:
        done = subprocess.run(["git", "-C", str(SOURCE_ROOT), *words], capture_output=True, text=True, check=False,
                              stdin=subprocess.DEVNULL, timeout=COMMIT_SECONDS)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout if done.returncode == 0 else ""


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
