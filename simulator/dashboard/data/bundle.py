"""A comparison as one file to hand on: packed, and unpacked with suspicion."""

from __future__ import annotations

import re
import secrets
import shutil
import zipfile
from collections.abc import Collection
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

from ..jobs.workspace import LOG, is_comparison

MEMBERS = re.compile(r"(runs|parts|plans|failed|figures|maps|tables)/[\w][\w.+()-]*\.(parquet|json|png|svg|csv)"
                     r"|[\w][\w .+()-]*\.(parquet|csv|md|txt|yaml|json|html|pdf)")
"""What a comparison may hold; nothing else is packed or unpacked."""
LARGEST, MOST = 500 << 20, 20_000
"""Bytes unpacked, and files, at most."""
LINK = 0o120000
"""The bits of a symbolic link in a zip file's attributes."""
STAMP = (2025, 1, 1, 0, 0, 0)
"""The same folder gives the same bytes: no clock in the file."""


def packed(folder: Path, endings: Collection[str] = ()) -> bytes:
    """The comparison as a zip file; only files with these endings, if any are named."""
    page = BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder).as_posix()
            if endings and file.suffix[1:] not in endings:
                continue
            if file.is_file() and not file.is_symlink() and name != LOG and MEMBERS.fullmatch(name):
                archive.writestr(zipfile.ZipInfo(name, STAMP), file.read_bytes(), zipfile.ZIP_DEFLATED)
    return page.getvalue()


def unpacked(source: IO[bytes], folder: Path) -> Path:
    """Unpack a comparison into a new folder, whole or not at all. ValueError for a file that is none."""
    beside = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.tmp")
    try:
        with zipfile.ZipFile(source) as archive:
            for info, name in _members(archive):
                target = beside / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(info) as inner, open(target, "wb") as outer:
                    _copy(inner, outer, info.file_size)
        if not is_comparison(beside):
            raise ValueError("no runs/ in the file")
        beside.rename(folder)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as problem:
        raise ValueError(f"not a zip file that can be read: {problem}") from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return folder


def _copy(inner: IO[bytes], outer: IO[bytes], size: int) -> None:
    """Copy so many bytes; a member that holds more than it says is refused."""
    left = size
    while block := inner.read(1 << 20):
        left -= len(block)
        if left < 0:
            raise ValueError("a file is larger than it says")
        outer.write(block)


def _members(archive: zipfile.ZipFile) -> list[tuple[zipfile.ZipInfo, str]]:
    """The files to unpack, below the one folder that may hold them all; others are left. ValueError if too large."""
    files = [info for info in archive.infolist() if not info.is_dir()]
    if len(files) > MOST or sum(info.file_size for info in files) > LARGEST:
        raise ValueError(f"too large: at most {LARGEST >> 20} MB in {MOST} files")
    tops = {PurePosixPath(info.filename).parts[:1] for info in files}
    nested = len(tops) == 1 and all(len(PurePosixPath(info.filename).parts) > 1 for info in files)
    skip = len(next(iter(tops))[0]) + 1 if nested and next(iter(tops))[0] != "runs" else 0
    return [(info, info.filename[skip:]) for info in files
            if info.external_attr >> 16 & LINK != LINK and MEMBERS.fullmatch(info.filename[skip:])]
