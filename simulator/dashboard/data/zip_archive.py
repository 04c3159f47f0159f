"""A comparison as one zip file: packed, and unpacked with checks, because the file may come from anybody."""

from __future__ import annotations

import re
import secrets
import shutil
import zipfile
from collections.abc import Collection, Mapping, Sequence
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

from ...i18n.translation import Message
from ...records.files.checksum import DamagedFileError, OlderVersionError, check_file
from ...records.files.parquet import connect_duckdb
from ...records.files.run_files import RUN_FILE_SUFFIX
from .workspace import LOG_FILE, is_comparison

ALLOWED_FILES = re.compile(r"((lean|paths|twin)/)?(runs|parts|plans|failed)/[\w][\w.+()-]*\.(parquet|json)"
                           r"|(figures|maps|tables|analysis)/[\w][\w.+()-]*\.(parquet|json|png|svg|csv|txt)"
                           r"|cards/(lever|crisis|site|territory|behaviour|study|parameter_sets)/[\w][\w .+()-]*"
                           r"\.(yaml|yml|csv)"
                           r"|[\w][\w .+()-]*\.(parquet|csv|md|txt|yaml|json|html|pdf|xlsx)")
"""Files that a comparison may hold; nothing else is packed or unpacked."""
MAX_UNPACKED_BYTES, MAX_UNPACKED_FILES = 500 << 20, 20_000
"""Limits of what is unpacked: bytes, and number of files."""
MAX_PACKING_RATIO = 50
"""Times that the files may be larger than the zip file: real ones are at most ten times larger."""
MAX_TABLE_VALUES = 20_000_000
"""Values that one table may unpack to; a run with every table recorded has a few million."""
SYMLINK_BITS = 0o120000
"""The bits of a symbolic link in a zip file's attributes."""
FIXED_TIMESTAMP = (2025, 1, 1, 0, 0, 0)
"""Time stamp of every member, so that the same folder gives the same bytes."""


def pack_comparison(folder: Path, endings: Collection[str] = ()) -> bytes:
    """The comparison as the bytes of a zip file. endings: pack only files with these suffixes, without the dot."""
    page = BytesIO()
    write_archive(page, folder, [name for name in list_packable_files(folder)
                                 if not endings or PurePosixPath(name).suffix[1:] in endings])
    return page.getvalue()


def list_packable_files(folder: Path) -> list[str]:
    """Names of the files of a folder that a zip file may hold, relative to it, sorted."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and not file.is_symlink()]
    names = [file.relative_to(folder).as_posix() for file in files]
    return [name for name in names if name != LOG_FILE and ALLOWED_FILES.fullmatch(name)]


def write_archive(target: IO[bytes], folder: Path, names: Sequence[str],
                  more: Mapping[str, bytes] | None = None) -> None:
    """Write these files of a folder, and more by name, as a zip file: the same files give the same bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted({*names, *(more or {})}):
            content = more[name] if more and name in more else (folder / name).read_bytes()
            archive.writestr(zipfile.ZipInfo(name, FIXED_TIMESTAMP), content, zipfile.ZIP_DEFLATED)


def unpack_comparison(source: IO[bytes], folder: Path) -> Path:
    """Unpack a comparison into a new folder, whole or not at all. ValueError if the file is no comparison."""
    temporary = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.tmp")
    try:
        with zipfile.ZipFile(source) as archive:
            for info, name in _members(archive):
                target = temporary / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(info) as inner, open(target, "wb") as outer:
                    _copy(inner, outer, info.file_size)
        if not is_comparison(temporary):
            raise ValueError(Message("no runs/ in the file"))
        for file in sorted(temporary.rglob(f"*{RUN_FILE_SUFFIX}")):
            _check_table_size(file)
        temporary.rename(folder)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as problem:
        raise ValueError(Message("not a zip file that can be read: {problem}", problem=str(problem))) from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return folder


def _check_table_size(file: Path) -> None:
    """ValueError for a table of which a few bytes stand for too many values. A damaged one is never read at all."""
    try:
        check_file(file)
    except (DamagedFileError, OlderVersionError):
        return
    connection = connect_duckdb()
    try:
        (values,), = connection.execute("SELECT coalesce(sum(num_values), 0) FROM parquet_metadata(?)",
                                        [str(file)]).fetchall()
    finally:
        connection.close()
    if values > MAX_TABLE_VALUES:
        raise ValueError(Message("{file}: {count} values: expected at most {most}", file=file.name, count=int(values),
                                 most=MAX_TABLE_VALUES))


def _copy(inner: IO[bytes], outer: IO[bytes], size: int) -> None:
    """Copy a member of the given size. ValueError if it holds more than its header says."""
    left = size
    while block := inner.read(1 << 20):
        left -= len(block)
        if left < 0:
            raise ValueError(Message("a file is larger than it says"))
        outer.write(block)


def _members(archive: zipfile.ZipFile) -> list[tuple[zipfile.ZipInfo, str]]:
    """Files to unpack and their names, relative to the one folder that may hold them all. ValueError if too large.

    Files that are not allowed, and links, are left out.
    """
    files = [info for info in archive.infolist() if not info.is_dir()]
    size, packed = sum(info.file_size for info in files), sum(info.compress_size for info in files)
    if len(files) > MAX_UNPACKED_FILES or size > MAX_UNPACKED_BYTES or size > (1 << 20) + MAX_PACKING_RATIO * packed:
        raise ValueError(Message("too large: at most {size} MB in {count} files", size=MAX_UNPACKED_BYTES >> 20,
                                 count=MAX_UNPACKED_FILES))
    tops = {PurePosixPath(info.filename).parts[:1] for info in files}
    nested = len(tops) == 1 and all(len(PurePosixPath(info.filename).parts) > 1 for info in files)
    skip = len(next(iter(tops))[0]) + 1 if nested and next(iter(tops))[0] != "runs" else 0
    return [(info, info.filename[skip:]) for info in files if info.external_attr >> 16 & SYMLINK_BITS != SYMLINK_BITS
            and ALLOWED_FILES.fullmatch(info.filename[skip:])]
