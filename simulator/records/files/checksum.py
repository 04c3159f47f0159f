"""The checksum that every Parquet file of results carries, in its footer: one changed bit is noticed when it is read.

The footer's metadata holds `sha256`, the hash of the whole file with zeros in place of the hash. It is written after
the file, and before the file gets its final name.
"""

from __future__ import annotations

import hashlib
import mmap
import os
from pathlib import Path

from ...i18n.translation import Message
from ..schema import LAST_OLDER_RELEASE, SCHEMA_VERSION

CHECKSUM_KEY = "sha256"
CHECKSUM_PLACEHOLDER = "0" * 64
PARQUET_MAGIC = b"PAR1"
_sound_files: dict[Path, tuple[int, int, int, str]] = {}
"""Files that were read and found sound, with their inode, size, time of change and kind."""


class DamagedFileError(ValueError):
    """A file of results that is empty, cut, altered or not of this program."""


class OlderVersionError(ValueError):
    """A file of runs that an older version wrote."""


def seal_file(path: Path) -> None:
    """Write the checksum into a Parquet file whose metadata holds the placeholder."""
    with open(path, "rb+") as file, mmap.mmap(file.fileno(), 0) as data:
        at = _find_value(data, CHECKSUM_KEY, len(CHECKSUM_PLACEHOLDER))
        digest = _hash_around(data, at)
        data[at:at + len(digest)] = digest


def check_file(path: Path, kind: str = "") -> None:
    """Read a Parquet file of results and compare its checksum. Files found sound are not read again until they change.

    kind: what it has to hold, as its metadata says (`kind`). DamagedFileError that says what is wrong;
    OlderVersionError for a file of an older version; OSError from the disk.
    """
    status = os.stat(path)
    stamp = (status.st_ino, status.st_size, status.st_mtime_ns, kind)
    if _sound_files.get(path) == stamp:
        return
    if not path.is_file():
        raise DamagedFileError(Message("not a file"))
    if not status.st_size:
        raise DamagedFileError(Message("it is empty"))
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        _check_content(data, path, kind)
    _sound_files[path] = stamp


def forget_checked_files() -> None:
    """Forget which files were found sound: each is read again the next time."""
    _sound_files.clear()


def _check_content(data: mmap.mmap, path: Path, kind: str) -> None:
    if len(data) < 12 or data[:4] != PARQUET_MAGIC or data[-4:] != PARQUET_MAGIC:
        raise DamagedFileError(Message("it is no whole Parquet file"))
    at = _find_value(data, CHECKSUM_KEY, len(CHECKSUM_PLACEHOLDER))
    if at >= 0 and data[at:at + len(CHECKSUM_PLACEHOLDER)] != _hash_around(data, at):
        raise DamagedFileError(Message("its checksum does not fit: it was altered or damaged"))
    schema = read_footer_value(data, "schema_version")
    if schema.isdigit() and int(schema) < SCHEMA_VERSION:
        raise OlderVersionError(Message("{file}: written by version {release} or earlier (schema {found}): read it "
                                        "with that version, or play it again here", file=path,
                                        release=LAST_OLDER_RELEASE, found=schema))
    if at < 0:
        raise DamagedFileError(Message("it carries no checksum: it was not written here"))
    found, run = read_footer_value(data, "kind"), read_footer_value(data, "run")
    if kind and found != kind or kind == "run" and run != path.stem:
        raise DamagedFileError(Message("it is another file of results ({found})", found=f"{found} {run}".strip()))


def read_footer_value(data: mmap.mmap, key: str) -> str:
    """The value of at most 127 bytes that the footer's metadata holds for a key; empty without one."""
    at = _find_value(data, key)
    return data[at:at + data[at - 1]].decode("utf-8", "replace") if at >= 0 else ""


def _find_value(data: mmap.mmap, key: str, length: int | None = None) -> int:
    """Position of the value that the footer's metadata holds for a key, -1 without one.

    In Thrift's compact protocol a text is 0x18 (second field of a pair: the same), its length, and its bytes.
    """
    mark = b"\x18" + bytes([len(key)]) + key.encode() + b"\x18" + (bytes([length]) if length is not None else b"")
    at = data.rfind(mark)
    return -1 if at < 0 else at + len(mark) + (0 if length is not None else 1)


def _hash_around(data: mmap.mmap, at: int) -> bytes:
    digest = hashlib.sha256()
    with memoryview(data) as view:
        with view[:at] as before, view[at + len(CHECKSUM_PLACEHOLDER):] as after:
            digest.update(before)
            digest.update(CHECKSUM_PLACEHOLDER.encode())
            digest.update(after)
    return digest.hexdigest().encode()
