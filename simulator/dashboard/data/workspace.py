"""Folders of the page: those of each session and those shared by all; nothing outside the results folder.

    results/<name>/                       a shared comparison: saved on the page, or made by `resilience compare`
    results/sessions/<session>/<name>/    a comparison of one session
    results/sessions/<session>/draft.json the present choices of that session
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from ...i18n.translation import Message
from ...records.files.folder_check import PARTS_FOLDER, RUNS_FOLDER
from ...records.files.parquet import write_text_atomically
from ...records.files.plain_file import read_plain_text
from ...records.files.run_files import RUN_FILE_SUFFIX

SESSIONS_FOLDER, DRAFT_FILE, PAGE_FILE, LOG_FILE = "sessions", "draft.json", "page.json", "page.log"
SESSION_DAYS, SECONDS_PER_DAY = 30.0, 86400.0
"""Days after which a session that nobody has used is removed, when the server starts."""
SESSION_PATTERN = re.compile(r"[A-Za-z0-9_-]{12,40}")
FOLDER_NAME_PATTERN = re.compile(r"[\w][\w .()-]{0,79}")


def create_session_id() -> str:
    """A new session id that cannot be guessed."""
    return secrets.token_urlsafe(12)


def remove_old_sessions(root: Path, days: float = SESSION_DAYS) -> int:
    """Remove the folders of sessions in which nothing was written for `days` days; returns how many.

    Comparisons that were saved are no part of a session, and stay.
    """
    sessions, removed = root / SESSIONS_FOLDER, 0
    for folder in sessions.iterdir() if sessions.is_dir() else ():
        if not SESSION_PATTERN.fullmatch(folder.name) or folder.is_symlink() or not folder.is_dir():
            continue
        try:
            last = max(item.lstat().st_mtime for item in (folder, *folder.rglob("*")))
        except OSError:
            continue
        if last < time.time() - days * SECONDS_PER_DAY:
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    return removed


def slugify(text: str) -> str:
    """A folder name made from any text; empty if no character can be used."""
    slug = "".join(c if c.isalnum() or c in "_-" else "-" for c in text.strip())
    return re.sub(r"-{2,}", "-", slug).strip("-_")[:60]


def is_comparison(folder: Path) -> bool:
    """True if the folder holds runs."""
    return any((folder / part).is_dir() for part in (RUNS_FOLDER, PARTS_FOLDER))


class Workspace:
    """The folders that one session may use. ValueError for a name that leads anywhere else.

    root: the results folder. session_folder: the session's folder in it.
    """

    def __init__(self, root: Path, session: str) -> None:
        if not SESSION_PATTERN.fullmatch(session):
            raise ValueError(Message("session: expected letters, digits, - and _"))
        self.root = Path(root).resolve()
        self.session_folder = self.root / SESSIONS_FOLDER / session

    def resolve_inside(self, base: Path, name: str) -> Path:
        """The folder base/name. ValueError if there is none, or if following links it lies elsewhere."""
        folder = base / name
        if not FOLDER_NAME_PATTERN.fullmatch(name) or folder.resolve() != base.resolve() / name or not folder.is_dir():
            raise ValueError(Message("{name!r}: no such folder among the results", name=name[:80]))
        return folder

    def get_own_folder(self, name: str) -> Path:
        """A comparison of this session."""
        return self.resolve_inside(self.session_folder, name)

    def get_shared_folder(self, name: str) -> Path:
        """A shared comparison."""
        if name == SESSIONS_FOLDER:
            raise ValueError(Message("{name!r}: no such folder among the results", name=name))
        return self.resolve_inside(self.root, name)

    def list_own_names(self) -> list[str]:
        """This session's comparisons, the newest first."""
        return self._names(self.session_folder)

    def list_shared_names(self) -> list[str]:
        """Shared comparisons, the newest first."""
        return [name for name in self._names(self.root) if name != SESSIONS_FOLDER]

    def _names(self, base: Path) -> list[str]:
        if not base.is_dir():
            return []
        folders = [folder for folder in base.iterdir() if FOLDER_NAME_PATTERN.fullmatch(folder.name)
                   and folder.is_dir() and not folder.is_symlink() and is_comparison(folder)]
        return [folder.name for folder in sorted(folders, key=lambda folder: folder.stat().st_mtime, reverse=True)]

    def create_comparison(self, label: str, page: dict[str, Any]) -> Path:
        """Create a folder of this session, named by the time and a label, and write its page request.

        OSError if it cannot be written.
        """
        stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S")
        base = f"{stamp}-{slugify(label) or 'comparison'}"
        self.session_folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, 1000):
            folder = self.session_folder / (base if number == 1 else f"{base}-{number}")
            try:
                folder.mkdir()
            except FileExistsError:
                continue
            write_page_request(folder, page)
            return folder
        raise OSError(Message("no free name for a folder"))

    def save(self, folder: Path, name: str) -> Path:
        """Copy a session's comparison to a shared folder, whole or not at all. ValueError for a name that is taken."""
        slug = slugify(name)
        target = self.root / slug
        if not slug or slug == SESSIONS_FOLDER or not FOLDER_NAME_PATTERN.fullmatch(slug) or os.path.lexists(target):
            raise ValueError(Message("{name!r}: choose another name", name=name[:80]))
        temporary = self.root / f".{slug}.{secrets.token_hex(4)}.tmp"
        try:
            shutil.copytree(folder, temporary, symlinks=False, ignore=shutil.ignore_patterns(".*", LOG_FILE))
            temporary.rename(target)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
        return target

    def copy_stored_runs(self, runs: Iterable[str], folder: Path, others: Sequence[Path]) -> int:
        """Copy runs that other comparisons hold into a folder; returns how many. The same id means the same bytes."""
        target, copied = folder / RUNS_FOLDER, 0
        target.mkdir(exist_ok=True)
        for run in runs:
            file = target / f"{run}{RUN_FILE_SUFFIX}"
            source = next((stored for other in others if (stored := other / RUNS_FOLDER / file.name).is_file()
                           and not stored.is_symlink()), None)
            if source is None or file.exists():
                continue
            temporary = target / f".{file.name}.{os.getpid()}.part"
            shutil.copyfile(source, temporary)
            os.replace(temporary, file)
            copied += 1
        return copied

    def read_draft(self) -> Any:
        """The session's draft: its choices and open comparison as plain data; None without one."""
        return read_json_file(self.session_folder / DRAFT_FILE)

    def write_draft(self, plain: dict[str, Any]) -> None:
        """Write the session's draft, if it has changed."""
        if plain != self.read_draft():
            self.session_folder.mkdir(parents=True, exist_ok=True)
            write_text_atomically(self.session_folder / DRAFT_FILE, json.dumps(plain, ensure_ascii=False, indent=1))


def write_page_request(folder: Path, page: dict[str, Any]) -> None:
    """Write a comparison's page request: its choices, the run ids by arm, and the settings (key "words")."""
    write_text_atomically(folder / PAGE_FILE, json.dumps(page, ensure_ascii=False, indent=1))


def read_json_file(file: Path) -> Any:
    """Plain data of a JSON file; None if there is no such file or it is not JSON."""
    try:
        return json.loads(read_plain_text(file))
    except (OSError, ValueError):
        return None
