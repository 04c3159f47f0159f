"""The files of a folder of official files: those in it, in folders below, and in zip archives, each with its name."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ...i18n.input_error import InputError
from ...i18n.system_reason import get_system_reason
from ...i18n.translation import Message
from .file_note import FileNote

MAX_DEPTH, MAX_FILES = 6, 2000
"""Folders below the one given that are looked into, and files of all of them."""
MAX_FILE_BYTES = 1 << 32
"""Largest file, in bytes; a larger one is no table of communes or IRIS."""
MAX_UNPACKED_RATIO, FREELY_UNPACKED_BYTES = 100, 1 << 26
"""A member of an archive that unpacks to more than this is left if it is this many times its packed size."""
SKIPPED_NAMES = ("__MACOSX", "Thumbs.db", "desktop.ini")
READ_ERRORS = (OSError, zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, zlib.error, ValueError)
"""What reading a file or a broken archive may raise."""


@dataclass(frozen=True)
class FolderFile:
    """A file, or a member of a zip archive. name: below the folder, for people. size: its unpacked bytes."""

    name: str
    path: Path
    member: str = ""
    size: int = 0

    @property
    def kind(self) -> str:
        """The end of its name in small letters, such as ".csv"."""
        return Path(self.member or self.path.name).suffix.lower()

    @property
    def base_name(self) -> str:
        """Its name without folders, in small letters."""
        return Path(self.member or self.path.name).name.lower()

    def open(self) -> BinaryIO:
        """Its bytes, unpacked. OSError, BadZipFile, … (READ_ERRORS) if it cannot be read."""
        if not self.member:
            return open(self.path, "rb")
        with zipfile.ZipFile(self.path) as archive:
            return io.BufferedReader(archive.open(self.member))  # type: ignore[type-var, return-value, arg-type]

    def read(self) -> bytes:
        """All its bytes."""
        with self.open() as file:
            return file.read()


def list_folder_files(folder: Path) -> tuple[list[FolderFile], list[FileNote]]:
    """(the files by name, notes on what is not looked into). InputError if the folder cannot be read.

    A single file may stand in for a folder.
    """
    found: list[FolderFile] = []
    notes: list[FileNote] = []
    for path, name in _walk(folder, notes):
        if path.suffix.lower() != ".zip":
            found.append(FolderFile(name, path, size=path.stat().st_size))
            continue
        try:
            found += _list_members(path, name, notes)
        except READ_ERRORS as problem:
            notes.append(FileNote.left(name, describe_read_error(problem)))
    for file in [one for one in found if one.size > MAX_FILE_BYTES]:
        notes.append(FileNote.left(file.name, Message("larger than 4 GB: no table of communes or IRIS")))
        found.remove(file)
    return found, notes


def describe_read_error(problem: BaseException) -> Message:
    """Why a file cannot be read."""
    return Message("cannot be read ({why}); download it again", why=get_system_reason(problem))


def fingerprint_folder(folder: Path) -> str:
    """A hash of the names and bytes of all files, so that a changed folder is read anew."""
    digest = hashlib.blake2b(digest_size=16)
    for path, name in _walk(folder, []):
        digest.update(f"{name}\0".encode("utf-8", "surrogateescape"))
        try:
            with open(path, "rb") as file:
                digest.update(hashlib.file_digest(file, "blake2b").digest())
        except OSError:
            digest.update(b"unreadable")
    return digest.hexdigest()


def _walk(folder: Path, notes: list[FileNote]) -> Iterator[tuple[Path, str]]:
    """(path, name below the folder) of every file, in order of name."""
    try:
        if folder.is_file():
            yield folder, folder.name
            return
        next(folder.iterdir(), None)
    except OSError as problem:
        raise InputError("territory.data = {folder}: cannot be read ({why}); give a folder of official files",
                         folder=folder, why=get_system_reason(problem)) from None
    count = 0
    for here, folders, files in os.walk(folder):
        depth = len(Path(here).relative_to(folder).parts)
        folders[:] = sorted(name for name in folders if not _is_skipped(name))
        if depth == MAX_DEPTH:
            notes += [FileNote.left(f"{Path(here, name).relative_to(folder)}/", Message("lies too deep; move it up"))
                      for name in folders]
            folders.clear()
        for name in sorted(files):
            path = Path(here, name)
            if _is_skipped(name) or not path.is_file():
                continue
            count += 1
            if count > MAX_FILES:
                raise InputError("territory.data = {folder}: more than {most} files; give a folder of official files",
                                 folder=folder, most=MAX_FILES)
            yield path, path.relative_to(folder).as_posix()


def _is_skipped(name: str) -> bool:
    return name.startswith((".", "._", "~$")) or name in SKIPPED_NAMES


def _list_members(path: Path, name: str, notes: list[FileNote]) -> list[FolderFile]:
    """The members of an archive by name, but for those that unpack to many times their size."""
    found: list[FolderFile] = []
    with zipfile.ZipFile(path) as archive:
        for member in sorted(archive.infolist(), key=lambda one: one.filename):
            if member.is_dir() or any(_is_skipped(part) for part in Path(member.filename).parts):
                continue
            shown = f"{name}/{member.filename}"
            if member.file_size > max(FREELY_UNPACKED_BYTES, MAX_UNPACKED_RATIO * member.compress_size):
                many = member.file_size // max(1, member.compress_size)
                notes.append(FileNote.left(shown, Message("unpacks to {many} times its size: no table of communes or "
                                                          "IRIS", many=many)))
                continue
            if len(found) >= MAX_FILES:
                raise ValueError(Message("more than {most} files", most=MAX_FILES))
            found.append(FolderFile(shown, path, member.filename, member.file_size))
    return found
