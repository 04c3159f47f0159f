"""The files of a results folder, checked when they are listed: what is damaged or foreign is set aside, not read.

A file that is set aside is moved to set_aside/ under its name, and one line on stderr says so. Nothing is deleted.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ...i18n.notices import print_notice
from ...i18n.system_reason import get_system_reason
from ...i18n.translation import Message
from .checksum import DamagedFileError, check_file
from .run_files import RUN_FILE_SUFFIX

RUNS_FOLDER, PARTS_FOLDER, PLANS_FOLDER, FAILED_FOLDER, LOG_FOLDER = "runs", "parts", "plans", "failed", "log"
STORE_FOLDERS = (RUNS_FOLDER, PARTS_FOLDER, PLANS_FOLDER, FAILED_FOLDER, LOG_FOLDER)
SET_ASIDE_FOLDER = "set_aside"
UNREADABLE = (errno.ELOOP, errno.EIO, errno.ENXIO, errno.ENODEV)
"""What the system says of a file that cannot be read, now or later: a link to itself, a broken sector."""
_sound_texts: dict[Path, tuple[int, int]] = {}
"""Text files that were read and found sound, with their size and time of change."""
_damaged: dict[Path, Path] = {}
"""Damaged and foreign files that were found, with their results folder."""


def list_sound_files(folder: Path, part: str) -> list[Path]:
    """The files of one of STORE_FOLDERS, sorted, without those being written; damaged and foreign ones are set aside.

    OlderVersionError for a file of an older version.
    """
    place = folder / part
    names = sorted(os.listdir(place)) if place.is_dir() else []
    return [place / name for name in names if not name.startswith(".") and is_sound(folder, place / name)]


def is_sound(folder: Path, file: Path) -> bool:
    """True if the file, in one of STORE_FOLDERS, is there and sound; a damaged or foreign one is set aside."""
    return _is_sound(folder, file, FILE_CHECKS[file.parent.name])


def _is_sound(folder: Path, file: Path, check: Callable[[Path], None]) -> bool:
    try:
        check(file)
    except FileNotFoundError:
        if os.path.lexists(file):
            set_aside(folder, file, Message("a link to nothing"))
        return False
    except DamagedFileError as problem:
        set_aside(folder, file, problem.args[0])
        return False
    except OSError as problem:
        if problem.errno not in UNREADABLE:
            raise
        set_aside(folder, file, get_system_reason(problem))
        return False
    return True


def set_aside(folder: Path, file: Path, why: str) -> None:
    """Move a file to set_aside/ and say so. A file that cannot be moved is left, and reported once."""
    place, is_known = folder / SET_ASIDE_FOLDER / file.parent.relative_to(folder), file in _damaged
    _damaged[file] = folder
    try:
        place.mkdir(parents=True, exist_ok=True)
        target, number = place / file.name, 1
        while os.path.lexists(target):
            number += 1
            target = place / f"{file.name}.{number}"
        file.rename(target)
    except FileNotFoundError:
        return  # another process has set it aside
    except OSError:
        if not is_known:
            print_notice(Message("{file}: {why}; left where it is and not read", file=file, why=why))
        return
    print_notice(Message("{file}: {why}; set aside in {folder}; the command that made it plays again what it held",
                         file=file, why=why, folder=place) if file.parent.name in (RUNS_FOLDER, PARTS_FOLDER) else
                 Message("{file}: {why}; set aside in {folder}", file=file, why=why, folder=place))


def check_summary_tables(folder: Path) -> None:
    """Read the Parquet files beside the folders, such as a comparison's effects; damaged ones are set aside."""
    for file in sorted(folder.glob(f"[!.]*{RUN_FILE_SUFFIX}")):
        _is_sound(folder, file, lambda table: _check_table(table, "effects"))


def list_damaged_files(folder: Path) -> list[Path]:
    """The damaged and foreign files that this process has found in a results folder."""
    return [file for file, place in _damaged.items() if place == folder]


def _check_table(file: Path, kind: str) -> None:
    if file.suffix != RUN_FILE_SUFFIX and file.exists():
        raise DamagedFileError(Message("not a file of results"))
    check_file(file, kind)


def _check_text(file: Path, check: Callable[[str], bool]) -> None:
    """DamagedFileError unless the file's text passes the check. A sound file is not read again until it changes."""
    status = os.stat(file)
    stamp = (status.st_size, status.st_mtime_ns)
    if _sound_texts.get(file) == stamp:
        return
    try:
        sound = file.is_file() and status.st_size > 0 and check(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        sound = False
    if not sound:
        raise DamagedFileError(Message("it is empty") if file.is_file() and not status.st_size else
                               Message("not a whole file of this program"))
    _sound_texts[file] = stamp


def _is_failure(text: str, run: str) -> bool:
    content = json.loads(text)
    return isinstance(content, dict) and content.get("run") == run and isinstance(content.get("error"), str)


def _is_log(text: str) -> bool:
    entries: list[Any] = [json.loads(line) for line in text.splitlines()]
    return text.endswith("\n") and all(isinstance(entry, dict) and "run" in entry for entry in entries)


FILE_CHECKS: Mapping[str, Callable[[Path], None]] = {
    RUNS_FOLDER: lambda file: _check_table(file, "run"),
    PARTS_FOLDER: lambda file: _check_table(file, "part"),
    PLANS_FOLDER: lambda file: _check_table(file, "plan"),
    FAILED_FOLDER: lambda file: _check_text(file, lambda text: file.suffix == ".json" and _is_failure(text, file.stem)),
    LOG_FOLDER: lambda file: _check_text(file, lambda text: file.suffix == ".jsonl" and _is_log(text)),
}
"""Folder to the check of a file in it: FileNotFoundError, DamagedFileError."""
