"""The files of compiled code: checked before they are loaded, in a folder that nobody else may write.

A file of compiled code is a pickle with machine code: loading a damaged one ends the process, loading one of somebody
else's runs their code. So each file begins with a checksum, and its folder has to belong to whoever reads it. What does
not fit is thrown away and compiled again; without room, or without a folder of one's own, nothing is stored.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from multiprocessing import parent_process
from pathlib import Path
from typing import IO, Any

import numba.core.caching

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


FILE_MARK = b"resilience compiled code 1\n"
DIGEST_BYTES = 32
FOREIGN_WRITE = stat.S_IWGRP | stat.S_IWOTH
_reported: set[str] = set()
"""Topics that were reported: each is said once."""


def cache_home() -> Path:
    """The folder of compiled code: below RESILIENCE_CACHE, else below the user's cache folder."""
    home = os.environ.get("RESILIENCE_CACHE") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "resilience-simulator"


def is_cache_usable(folder: Path) -> bool:
    """True unless others may write into this folder of compiled code; if so, a line on stderr says it."""
    usable = _judge_folder(folder)
    if not usable:
        _report("open", folder=folder)
    return usable


@cache
def _judge_folder(folder: Path) -> bool:
    """True for a folder of this user's own, and for none: it will be made, or nothing can be kept there."""
    try:
        return _is_ours(folder.stat())
    except OSError:
        return True


def _is_ours(status: os.stat_result) -> bool:
    """True if only this user, or the system's administrator, may write the file or folder."""
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid in (0, os.geteuid()) and not status.st_mode & FOREIGN_WRITE


def make_private_folder(folder: Path) -> None:
    """Make the folder, and the home of the cache, for this user alone."""
    folder.parent.parent.mkdir(parents=True, exist_ok=True)
    for place in (folder.parent, folder):
        place.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def lock_cache() -> Iterator[None]:
    """Hold the lock of the cache inside the block.

    Numba numbers its entries without one: of two processes that save at the same moment, one may lose its entry, or two
    signatures may get the same file.
    """
    if fcntl is None:
        yield
        return
    with open(os.open(cache_home() / "lock", os.O_CREAT | os.O_RDWR, 0o600), "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def report_unwritable_cache(problem: OSError) -> None:
    """Say once that compiled code could not be stored. The work goes on; the next process compiles again."""
    _report("unwritable", folder=cache_home(), why=problem.strerror or type(problem).__name__)


def _report(topic: str, **facts: object) -> None:
    """Print a line of CACHE_TEXTS once, and in the process that the user started only.

    What it needs is imported here: imported above, a change of a text would compile the whole model again.
    """
    from ..i18n.notices import print_notice
    from ..i18n.texts.cache_texts import CACHE_TEXTS
    from ..i18n.translation import Message

    if parent_process() is None and topic not in _reported:
        _reported.add(topic)
        print_notice(Message(CACHE_TEXTS[topic], **facts))


class CheckedCacheFile(numba.core.caching.IndexDataCacheFile):
    """Numba's index and data files of one function, each with a checksum in front."""

    def save(self, key: Any, data: Any) -> None:
        """Save a cache entry, one process at a time."""
        with lock_cache():
            super().save(key, data)

    def _load_index(self) -> dict[Any, str]:
        stored = self._load_checked(self._index_path)
        if stored is None or stored[:2] != (self._version, self._source_stamp):
            return {}
        overloads: dict[Any, str] = stored[2]
        return overloads

    def _save_index(self, overloads: dict[Any, str]) -> None:
        self._save_checked(self._index_path, (self._version, self._source_stamp, overloads))

    def _load_data(self, name: str) -> Any:
        stored = self._load_checked(self._data_path(name))
        if stored is None:
            raise FileNotFoundError(name)  # numba then compiles
        return stored

    def _save_data(self, name: str, data: Any) -> None:
        self._save_checked(self._data_path(name), data)

    def _save_checked(self, path: str, content: Any) -> None:
        payload = self._dump(content)
        with self._open_for_write(path) as file:
            file.write(FILE_MARK + hashlib.sha256(payload).digest() + payload)

    def _load_checked(self, path: str) -> Any:
        """What was saved; None if there is nothing, or nothing sound, which is then thrown away."""
        try:
            with open(path, "rb") as file:
                if not _is_ours(os.fstat(file.fileno())):
                    return self._throw_away(path)
                data = file.read()
        except (FileNotFoundError, NotADirectoryError, PermissionError):
            return None
        start = len(FILE_MARK) + DIGEST_BYTES
        payload = data[start:]
        if data[:start] != FILE_MARK + hashlib.sha256(payload).digest():
            return self._throw_away(path)
        return pickle.loads(payload)

    def _throw_away(self, path: str) -> None:
        _report("damaged", folder=cache_home())
        try:
            os.unlink(path)
        except OSError:
            return

    @contextmanager
    def _open_for_write(self, filepath: str) -> Iterator[IO[bytes]]:
        """As numba's: another name until the file is whole. Here nobody else may read or write it."""
        temporary = f"{filepath}.tmp.{uuid.uuid4().hex[:16]}"
        try:
            with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                yield file
            os.replace(temporary, filepath)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
