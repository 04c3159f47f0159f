"""Folders of the page: each session's own, and those that were saved for everybody; nothing outside the results folder.

    results/<name>/                       saved under a name, or made by `resilience compare`: everybody may open it
    results/sessions/<session>/<name>/    a session's own comparisons
    results/sessions/<session>/draft.json what is being chosen there
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from ...records.folder import ENDING
from ...records.parquet import write_text
from ...records.results import PARTS, RUNS_FOLDER

SESSIONS, DRAFT, PAGE, LOG = "sessions", "draft.json", "page.json", "page.log"
SESSION = re.compile(r"[A-Za-z0-9_-]{12,40}")
NAME = re.compile(r"[\w][\w .()-]{0,79}")
SETTINGS = "settings.yaml"


def new_session() -> str:
    """A session's name, which nobody can guess."""
    return secrets.token_urlsafe(12)


def slug(text: str) -> str:
    """A name for a folder out of any text; empty if nothing is left of it."""
    kept = "".join(c if c.isalnum() or c in "_-" else "-" for c in text.strip())
    return re.sub(r"-{2,}", "-", kept).strip("-_")[:60]


def is_comparison(folder: Path) -> bool:
    """True if the folder holds runs."""
    return any((folder / part).is_dir() for part in (RUNS_FOLDER, PARTS))


class Workspace:
    """The folders that one session may see. ValueError for a name that leads anywhere else."""

    def __init__(self, root: Path, session: str) -> None:
        if not SESSION.fullmatch(session):
            raise ValueError("session: expected letters, digits, - and _")
        self.root = Path(root).resolve()
        self.own = self.root / SESSIONS / session

    def inside(self, base: Path, name: str) -> Path:
        """base/name, a folder that really lies there, links followed. ValueError if not."""
        folder = base / name
        if not NAME.fullmatch(name) or folder.resolve() != base.resolve() / name or not folder.is_dir():
            raise ValueError(f"{name[:80]!r}: no such folder among the results")
        return folder

    def mine(self, name: str) -> Path:
        """A comparison of this session."""
        return self.inside(self.own, name)

    def shared(self, name: str) -> Path:
        """A comparison that was saved for everybody."""
        if name == SESSIONS:
            raise ValueError(f"{name!r}: no such folder among the results")
        return self.inside(self.root, name)

    def mine_names(self) -> list[str]:
        """This session's comparisons, the newest first."""
        return self._names(self.own)

    def shared_names(self) -> list[str]:
        """Saved comparisons, the newest first."""
        return [name for name in self._names(self.root) if name != SESSIONS]

    def _names(self, base: Path) -> list[str]:
        if not base.is_dir():
            return []
        found = [one for one in base.iterdir() if NAME.fullmatch(one.name) and one.is_dir() and not one.is_symlink()
                 and is_comparison(one)]
        return [one.name for one in sorted(found, key=lambda one: one.stat().st_mtime, reverse=True)]

    def make(self, words: str, page: dict[str, Any]) -> Path:
        """A new folder of this session, with what was asked for. OSError when the disk refuses."""
        stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S")
        base = f"{stamp}-{slug(words) or 'comparison'}"
        self.own.mkdir(parents=True, exist_ok=True)
        for number in range(1, 1000):
            folder = self.own / (base if number == 1 else f"{base}-{number}")
            try:
                folder.mkdir()
            except FileExistsError:
                continue
            keep_page(folder, page)
            return folder
        raise OSError("no free name for a folder")

    def save(self, folder: Path, name: str) -> Path:
        """A copy of a session's comparison for everybody, whole or not at all. ValueError for a name that is taken."""
        short = slug(name)
        target = self.root / short
        if not short or short == SESSIONS or not NAME.fullmatch(short) or os.path.lexists(target):
            raise ValueError(f"{name[:80]!r}: choose another name")
        beside = self.root / f".{short}.{secrets.token_hex(4)}.tmp"
        try:
            shutil.copytree(folder, beside, symlinks=False, ignore=shutil.ignore_patterns(".*", LOG))
            beside.rename(target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        return target

    def reuse(self, runs: Iterable[str], folder: Path, others: Sequence[Path]) -> int:
        """Bring runs that other comparisons have played already; how many. The same key means the same bytes."""
        into, found = folder / RUNS_FOLDER, 0
        into.mkdir(exist_ok=True)
        for run in runs:
            file = into / f"{run}{ENDING}"
            source = next((one for other in others if (one := other / RUNS_FOLDER / file.name).is_file()
                           and not one.is_symlink()), None)
            if source is None or file.exists():
                continue
            beside = into / f".{file.name}.{os.getpid()}.part"
            shutil.copyfile(source, beside)
            os.replace(beside, file)
            found += 1
        return found

    def draft(self) -> Any:
        """What was being chosen; None without."""
        return read_json(self.own / DRAFT)

    def keep_draft(self, plain: dict[str, Any]) -> None:
        """Remember what is being chosen, for a page that is loaded again."""
        if plain != self.draft():
            self.own.mkdir(parents=True, exist_ok=True)
            write_text(self.own / DRAFT, json.dumps(plain, ensure_ascii=False, indent=1))


def keep_page(folder: Path, page: dict[str, Any]) -> None:
    """Write beside the runs what was asked for on the page."""
    write_text(folder / PAGE, json.dumps(page, ensure_ascii=False, indent=1))


def read_json(file: Path) -> Any:
    """Plain data of a file; None if it is not there or not JSON."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
