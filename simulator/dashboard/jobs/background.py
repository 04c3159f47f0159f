"""Small work for the page by processes of their own, each of which writes one file: prices of a territory, a story."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from .jobs import PATIENCE

_sent: dict[Path, subprocess.Popen[bytes]] = {}


def send(file: Path, command: Sequence[str], log: Path | None = None) -> None:
    """Have a file written by a command; log: a file beside it for what the command says. OSError if it cannot start."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(log or os.devnull, "wb") as said:
        _sent[file] = subprocess.Popen(list(command), stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
                                       start_new_session=True)


def was_sent(file: Path) -> bool:
    """True if somebody was sent for the file, whether or not they are back."""
    return file in _sent


def away(file: Path) -> bool:
    """True while the file is being worked on."""
    return file in _sent and _sent[file].poll() is None


def how_ended(file: Path) -> int | None:
    """Exit code of the work on a file; None if it was never begun, or goes on."""
    return _sent[file].poll() if file in _sent else None


def count(folder: str) -> int:
    """How many files in folders of this name are being worked on, for all sessions."""
    return sum(file.parent.name == folder and process.poll() is None for file, process in _sent.items())


def stop() -> None:
    """End what is still being worked on: the server is closing."""
    for process in _sent.values():
        if process.poll() is None:
            with suppress(OSError, subprocess.TimeoutExpired):
                process.terminate()
                process.wait(PATIENCE)
    _sent.clear()
