"""One way to compile a loop, cached for later processes, never stale.

Numba's own cache looks only at the file of the compiled function, so a changed rule would go unnoticed in the
kernels that inline it. The cache folder is therefore named after the whole package's source and the versions.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numba
import numpy

PACKAGE = Path(__file__).resolve().parents[1]


def source_digest(package: Path = PACKAGE) -> str:
    """12 hex digits of every source file's name, size and time of change, and of the compilers' versions."""
    seen = hashlib.sha256(f"numba {numba.__version__} numpy {numpy.__version__}".encode())
    for path in sorted(package.rglob("*.py")):
        stat = path.stat()
        seen.update(f"{path.relative_to(package)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()[:12]


def cache_folder() -> Path:
    """Where compiled code is kept: RESILIENCE_CACHE, else the user's cache folder."""
    home = os.environ.get("RESILIENCE_CACHE") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "resilience-simulator" / source_digest()


numba.config.CACHE_DIR = str(cache_folder())

rule = numba.njit(cache=True, error_model="numpy")
"""A scalar equation: called from kernels and, for one resident, from Python. The same code, so the same bits."""

kernel = numba.njit(cache=True, error_model="numpy", nogil=True)
"""A loop over rows on one thread: for work that must happen in one order."""

parallel = numba.njit(cache=True, error_model="numpy", parallel=True)
"""A loop over rows on all threads: each row writes only what it owns, so the number of threads cannot matter."""
