"""Texts beside the runs: read only from ordinary files, because reading a pipe that nobody writes to never ends."""

from __future__ import annotations

import os
from pathlib import Path

from ...i18n.translation import Message


def check_plain_file(file: Path) -> None:
    """OSError, with the reason as its first argument, for a path that is there and is no ordinary file."""
    if os.path.lexists(file) and not file.is_file():
        raise OSError(Message("{file} is a folder, a pipe, a device or a link to nothing, not a file", file=file))


def read_plain_text(file: Path) -> str:
    """The text of an ordinary file. OSError if it is missing or none, UnicodeDecodeError if it is not in UTF-8."""
    check_plain_file(file)
    return file.read_text(encoding="utf-8")
