"""The decorators that compile functions with numba, and a cache of compiled code that is never stale.

All decorators are `numba.njit` with `cache=True` and `error_model="numpy"` (dividing by zero gives inf or nan):

    rule                  a scalar function that is inlined into its callers (forceinline)
    kernel                a loop over rows that one thread runs without Python's lock (nogil)
    parallel_kernel       a kernel whose last two parameters are chunk and chunks: threads share out the chunks
    allocating_rule, allocating_kernel, allocating_parallel_kernel
                          the same for functions that create arrays

The first three are compiled without numba's runtime (`_nrt=False`), hence without reference counts: they cannot create
arrays, and the caller keeps every array alive. With counts, each inlined rule adds to the count of every column that it
gets, at every row, in atomic additions: that took half of the time of a step.

Numba's own cache compares only the file of the compiled function, so a changed rule would go unnoticed in the kernels
that inline it. Here compiled code is kept in a folder named after a hash of the function's file and of every file of
this package that it imports, directly or not: a changed rule recompiles its users and nothing else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import llvmlite.binding
import numba
import numba.core.caching
import numba.core.runtime
import numpy

from .code_cache import CheckedCacheFile, cache_home, is_cache_usable, make_private_folder, report_unwritable_cache
from .dispatcher import KernelDispatcher, is_numba_tried
from .packed_tuple import PackedTuple as PackedTuple  # any loop may get one of these two: a change recompiles all
from .slot_arrays import SlotArrays as SlotArrays
from .threads import ChunkedLoop

PACKAGE_ROOT = Path(__file__).resolve().parents[1]
KNOWN_LLVM = range(15, 23)
"""Versions of LLVM that know the option below. A version that does not know it would end the process."""
if llvmlite.binding.llvm_version_info[0] in KNOWN_LLVM:
    # Compute a power or an exponential behind a condition only where the condition holds. By default LLVM computes it
    # for every row and discards it, which took two thirds of a week of ties. No result depends on this.
    llvmlite.binding.set_option("resilience", "-speculate-one-expensive-inst=0")
IMPORT_PATTERN = re.compile(r"^from (\.+)([\w.]*) import (\([^)]*\)|.*)$", re.MULTILINE)


@cache
def list_imported_files(path: Path) -> tuple[Path, ...]:
    """The package's files that a file imports directly (its relative imports)."""
    found = []
    for dots, module, names in IMPORT_PATTERN.findall(path.read_text(encoding="utf-8")):
        base = path.parents[len(dots) - 1].joinpath(*module.split(".")) if module else path.parents[len(dots) - 1]
        parts = [base / name.split(" as ")[0].strip() for name in names.strip("()").split(",") if name.strip()]
        found += [file for part in (base, *parts) for file in (part.with_suffix(".py"), part / "__init__.py")
                  if file.is_file()]
    return tuple(dict.fromkeys(found))


def list_dependencies(path: Path) -> list[Path]:
    """A file and every file of the package that it imports, directly or not, sorted."""
    seen, todo = {path}, [path]
    while todo:
        new = [file for file in list_imported_files(todo.pop()) if file not in seen]
        seen.update(new)
        todo += new
    return sorted(seen)


@cache
def hash_sources(path: Path) -> str:
    """16 hex digits: a hash of a file, of all that it imports from the package, and of numba's and numpy's versions."""
    digest = hashlib.sha256(f"numba {numba.__version__} numpy {numpy.__version__} checked".encode())
    for file in list_dependencies(path):
        digest.update(f"{file.parent.name}/{file.name}".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


class DigestLocator(numba.core.caching._CacheLocator):
    """Tells numba where to cache a function: in a folder named after `hash_sources` of its file.

    The path and the time of the file do not matter: two checkouts of one source share compiled code, and a copied or
    touched file is not compiled again. The methods are those that numba's `_CacheLocator` asks for.
    """

    def __init__(self, path: Path) -> None:
        self.digest = hash_sources(path)
        self.module_name = path.stem

    @classmethod
    def from_function(cls, py_func: Callable[..., Any], py_file: str) -> DigestLocator:
        """The locator of a function, given the file it is written in."""
        return cls(Path(py_file).resolve())

    @property
    def folder(self) -> Path:
        """The folder: one for each state of the source."""
        return cache_home() / self.digest

    def ensure_cache_path(self) -> None:
        """Make the folder. OSError if it cannot be made."""
        make_private_folder(self.folder)

    def get_cache_path(self) -> str:
        """The folder, as numba asks for it."""
        return str(self.folder)

    def get_source_stamp(self) -> str:
        """What numba compares before it uses an entry: the hash again, so an entry of this folder is always fresh."""
        return self.digest

    def get_disambiguator(self) -> str:
        """The module's name, as part of file names: a folder holds the functions of one file."""
        return self.module_name


LOCATOR = f"{__name__}.{DigestLocator.__name__}"


class LazyCompilerCache(numba.core.caching.FunctionCache):
    """Numba's cache of a function, which loads compiled code without loading the compiler.

    Numba prepares the compiler (half a second a process, scipy included) before it looks into the cache. Here only
    numba's runtime is initialised; the compiler is prepared when something has to be compiled. If a release of numba
    lacks the private methods called here, numba's own way is taken.
    """

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """The cached code for a signature, or None."""
        try:
            numba.core.runtime.rtsys.initialize(target_context)  # functions that compiled code calls to create arrays
            with self._guard_against_spurious_io_errors():
                return self._load_overload(sig, target_context)
        except (AttributeError, TypeError):
            try:
                return super().load_overload(sig, target_context)
            except Exception:  # whole, but of another state of the libraries: compiled again, and overwritten
                return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Store compiled code; where that cannot be done, say so once and go on."""
        try:
            super().save_overload(sig, data)
        except OSError as problem:
            report_unwritable_cache(problem)


def _use_checked_cache(function: Any) -> Any:
    """The same compiled function, with a cache that is checked before it is loaded."""
    if type(function._cache) is numba.core.caching.FunctionCache:
        function._cache.__class__ = LazyCompilerCache
        function._cache._cache_file.__class__ = CheckedCacheFile
    return function


def _make_decorator(**options: Any) -> Callable[[Callable[..., Any]], Any]:
    """A decorator: `numba.njit` with these options and the cache above. It compiles at the first call."""

    def decorate(function: Callable[..., Any]) -> Any:
        path = Path(function.__code__.co_filename)
        default_locators = numba.config.CACHE_LOCATOR_CLASSES
        numba.config.CACHE_LOCATOR_CLASSES = LOCATOR
        try:  # A notebook's cell has no file to hash: its functions are compiled, but not cached.
            keep = path.is_file() and is_cache_usable(cache_home()) and is_cache_usable(DigestLocator(path).folder)
            if not is_numba_tried():
                return _use_checked_cache(numba.njit(cache=keep, error_model="numpy", **options)(function))
            dispatcher = KernelDispatcher(function, targetoptions={
                "nopython": True, "boundscheck": None, "error_model": "numpy", "no_cfunc_wrapper": True, **options})
            if keep:
                dispatcher.enable_caching()
            return _use_checked_cache(dispatcher)
        finally:
            numba.config.CACHE_LOCATOR_CLASSES = default_locators

    return decorate


rule = _make_decorator(forceinline=True, _nrt=False)
"""A scalar function, such as an equation of the model. Creates no arrays.

Kernels call it for every row, and Python code may call it for one resident: the same code, so the same bits. It is
inlined into kernels, because passing dozens of columns to a function for every row costs more than most rules.
"""

kernel = _make_decorator(nogil=True, _nrt=False)
"""A loop over rows on one thread, for work that must happen in one order. Creates no arrays."""


@rule
def chunk_range(rows, chunk, chunks):
    """The rows of one chunk: chunk 0 … chunks - 1 of rows 0 … rows - 1, cut into equal parts."""
    return range(rows * chunk // chunks, rows * (chunk + 1) // chunks)


def parallel_kernel(function: Callable[..., Any]) -> ChunkedLoop:
    """A loop that several threads share, each for some chunks of its rows. It returns nothing and creates no arrays.

    The function's last two parameters are `chunk` and `chunks`; it loops over `chunk_range(rows, chunk, chunks)`.
    Callers leave these two out: `ChunkedLoop` (threads.py) supplies them. A row may write only what belongs to that row
    (or, in a buffer with one row for each of `max_chunks()`, to its chunk): so the number of threads changes no result.
    """
    return ChunkedLoop(kernel(function))


allocating_rule = _make_decorator(forceinline=True)
"""A rule that may create arrays: compiled with reference counting."""

allocating_kernel = _make_decorator(nogil=True)
"""A kernel that may create arrays: compiled with reference counting."""


def allocating_parallel_kernel(function: Callable[..., Any]) -> ChunkedLoop:
    """A parallel kernel that may create arrays: compiled with reference counting."""
    return ChunkedLoop(allocating_kernel(function))
