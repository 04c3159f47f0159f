"""One way to compile a loop, cached for later processes, never stale.

Numba's own cache looks only at the file of the compiled function, so a changed rule would go unnoticed in the kernels
that inline it. Compiled code is therefore kept in a folder named after the function's file and every file of this
package that it imports, directly or not: a changed rule recompiles its users and nothing else.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

import llvmlite.binding
import numba
import numba.core.caching
import numba.core.runtime
import numpy

from .slots import Slots as Slots  # Every loop may be handed some: a change of how they are read compiles all anew.
from .threads import Spread

PACKAGE = Path(__file__).resolve().parents[1]
KNOWN_LLVM = range(15, 23)
"""Versions that know the option below; another version would end the process if it did not."""
if llvmlite.binding.llvm_version_info[0] in KNOWN_LLVM:
    # A power or an exponential behind a condition is computed only where the condition holds. By default LLVM computes
    # it for every row and throws it away, which took two thirds of the time of a tie's week. No result depends on it.
    llvmlite.binding.set_option("resilience", "-speculate-one-expensive-inst=0")
IMPORT = re.compile(r"^from (\.+)([\w.]*) import (\([^)]*\)|.*)$", re.MULTILINE)


def cache_home() -> Path:
    """Where compiled code is kept: RESILIENCE_CACHE, else the user's cache folder."""
    home = os.environ.get("RESILIENCE_CACHE") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "resilience-simulator"


@cache
def imports(path: Path) -> tuple[Path, ...]:
    """The package's files that a file imports itself."""
    found = []
    for dots, module, names in IMPORT.findall(path.read_text(encoding="utf-8")):
        base = path.parents[len(dots) - 1].joinpath(*module.split(".")) if module else path.parents[len(dots) - 1]
        parts = [base / name.split(" as ")[0].strip() for name in names.strip("()").split(",") if name.strip()]
        found += [file for one in (base, *parts) for file in (one.with_suffix(".py"), one / "__init__.py")
                  if file.is_file()]
    return tuple(dict.fromkeys(found))


def closure(path: Path) -> list[Path]:
    """A file and all it needs, sorted."""
    seen, todo = {path}, [path]
    while todo:
        new = [file for file in imports(todo.pop()) if file not in seen]
        seen.update(new)
        todo += new
    return sorted(seen)


@cache
def source_digest(path: Path) -> str:
    """16 hex digits of a file and all it needs, and of the compilers' versions."""
    seen = hashlib.sha256(f"numba {numba.__version__} numpy {numpy.__version__} on demand".encode())
    for file in closure(path):
        seen.update(f"{file.parent.name}/{file.name}".encode() + file.read_bytes())
    return seen.hexdigest()[:16]


class DigestLocator(numba.core.caching._CacheLocator):
    """Where numba keeps a function's compiled code: by what its source says, wherever the source lies.

    Two checkouts of the same source share what was compiled, and a copied or touched file is not compiled again.
    """

    def __init__(self, path: Path) -> None:
        self.digest = source_digest(path)
        self.line = path.stem

    @classmethod
    def from_function(cls, py_func: Callable[..., Any], py_file: str) -> DigestLocator:
        """The locator of a function of this package."""
        return cls(Path(py_file).resolve())

    def get_cache_path(self) -> str:
        """A folder for each state of the source."""
        return str(cache_home() / self.digest)

    def get_source_stamp(self) -> str:
        """The folder's name says it all."""
        return self.digest

    def get_disambiguator(self) -> str:
        """One file of the package in one folder: its name is enough."""
        return self.line


LOCATOR = f"{__name__}.{DigestLocator.__name__}"


class LightCache(numba.core.caching.FunctionCache):
    """Numba's cache, that reads compiled code without first loading all that compiling would take.

    That is half a second a process, scipy included. Who compiles loads it then. A release of numba that does not know
    what is called here reads in its usual way.
    """

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """The compiled code kept for a signature, or None."""
        try:
            numba.core.runtime.rtsys.initialize(target_context)  # what compiled code calls to make arrays
            with self._guard_against_spurious_io_errors():
                return self._load_overload(sig, target_context)
        except (AttributeError, TypeError):
            return super().load_overload(sig, target_context)


def _kept_in_turn(function: Any) -> Any:
    """The function, whose compiled code one process keeps at a time.

    Numba numbers what it keeps without looking whether another process does so at this very moment: one entry may be
    lost, or two signatures get the number of one file.
    """
    if type(function._cache) is numba.core.caching.FunctionCache:
        function._cache.__class__ = LightCache
    book = getattr(function._cache, "_cache_file", None)
    if fcntl is None or book is None:
        return function
    keep = book.save

    def save(key: Any, data: Any) -> None:
        with open(cache_home() / "lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            keep(key, data)

    book.save = save
    return function


def _compiler(**options: Any) -> Callable[[Callable[..., Any]], Any]:
    def compile_later(function: Callable[..., Any]) -> Any:
        path = Path(function.__code__.co_filename)
        usual = numba.config.CACHE_LOCATOR_CLASSES
        numba.config.CACHE_LOCATOR_CLASSES = LOCATOR
        try:  # Without a file (a notebook's cell) there is nothing to tell a change by: no cache.
            return _kept_in_turn(numba.njit(cache=path.is_file(), error_model="numpy", **options)(function))
        finally:
            numba.config.CACHE_LOCATOR_CLASSES = usual

    return compile_later


rule = _compiler(forceinline=True, _nrt=False)
"""A scalar equation: called from kernels and, for one resident, from Python. The same code, so the same bits.

Inlined where it is called: handing dozens of columns to a call for every row costs more than most rules do.
"""

kernel = _compiler(nogil=True, _nrt=False)
"""A loop over rows on one thread: for work that must happen in one order.

Neither this nor `rule` nor `parallel` may make arrays: their caller holds all they touch, so that nobody counts, at
every row and for every column, how many hold it. That counting took half of the time of a step.
"""


@rule
def portion(rows, piece, pieces):
    """The rows of one piece of a loop."""
    return range(rows * piece // pieces, rows * (piece + 1) // pieces)


def parallel(function: Callable[..., Any]) -> Spread:
    """A loop over the `portion` of rows that its last two arguments, piece and pieces, say; callers leave them out.

    All threads play it: each row writes only what it owns, so the number of threads cannot matter. It returns nothing.
    """
    return Spread(kernel(function))


making_rule = _compiler(forceinline=True)
"""A rule that makes arrays."""

making_kernel = _compiler(nogil=True)
"""A kernel that makes arrays."""


def making_parallel(function: Callable[..., Any]) -> Spread:
    """A parallel loop whose rows make arrays."""
    return Spread(making_kernel(function))
