"""The results folder: chosen, probed, claimed by one job, and described by its settings.yaml."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from ...config.errors import UsageError, one_line
from ...config.resolve import Job
from ...config.settings import AROUND

SETTINGS = "settings.yaml"
CLAIM = ".in_use"
BESIDE = {CLAIM, "page.json", "page.log"}
"""What the page lays into a folder before its job starts; runs it had already come with them."""


@contextmanager
def claimed(job: Job) -> Iterator[Path]:
    """The job's folder, for this process alone until the block ends. UsageError, nothing left, if it cannot serve."""
    folder = Path(job.results) if job.results is not None else dated(job.command, job.territory_name)
    made = _make(folder)
    claim = folder / CLAIM
    try:
        _fits(folder, job)
        _claim(claim, folder)
    except UsageError:
        _unmake(made)
        raise
    try:
        _describe(folder, job)
        yield folder
    finally:
        claim.unlink(missing_ok=True)


@contextmanager
def gathered(name: str) -> Iterator[Path]:
    """A folder that several processes may fill at the same time. UsageError, nothing left, if it cannot serve."""
    folder = Path(name)
    made = _make(folder)
    try:
        found = sorted(one.name for one in folder.iterdir())
        if found and not {*found} & {"runs", "parts", "plans", "failed", SETTINGS}:
            raise UsageError("results_foreign", path=folder, found=", ".join(found[:3]))
        if not os.access(folder, os.W_OK | os.X_OK):
            raise UsageError("results_write", path=one_line(folder), why="Permission denied")
    except (UsageError, OSError):
        _unmake(made)
        raise
    yield folder


def dated(command: str, territory: str) -> Path:
    """results/<date and time>-<command>-<territory>, a name that is not taken."""
    stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S")
    first = Path("results") / f"{stamp}-{command}-{territory}"
    folder, number = first, 1
    while folder.exists():
        number += 1
        folder = first.with_name(f"{first.name}-{number}")
    return folder


def _make(folder: Path) -> list[Path]:
    """Make the folder and what is missing above it; returns what was made, deepest last."""
    missing = [one for one in (folder, *folder.parents) if not os.path.lexists(one)][::-1]
    try:
        if folder.exists() and not folder.is_dir():
            raise UsageError("results_file", path=folder)
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as problem:
        _unmake(missing)
        raise _unwritable(folder, problem) from None
    return missing


def _unmake(made: list[Path]) -> None:
    for one in reversed(made):
        try:
            one.rmdir()
        except OSError:
            return


def _unwritable(folder: Path, problem: Exception) -> UsageError:
    why = getattr(problem, "strerror", None) or one_line(problem)
    return UsageError("results_write", path=one_line(folder), why=why)


def _claim(claim: Path, folder: Path) -> None:
    """Leave our process number in the folder. A claim whose process is gone is taken over."""
    if claim.exists() and _alive(claim):
        raise UsageError("busy", path=folder)
    try:
        claim.write_text(str(os.getpid()), encoding="ascii")
    except OSError as problem:
        raise _unwritable(folder, problem) from None


def _alive(claim: Path) -> bool:
    try:
        number = int(claim.read_text(encoding="ascii"))
        if number == os.getpid() or os.name == "nt":
            return False
        os.kill(number, 0)
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True


def _fits(folder: Path, job: Job) -> None:
    """UsageError if the folder holds something else than an earlier part of this job."""
    file = folder / SETTINGS
    try:
        there = {one.name for one in folder.iterdir()}
        found = sorted(there - BESIDE - ({"runs"} if "page.json" in there else set()))
        if not file.exists():
            if found:
                raise UsageError("results_foreign", path=folder, found=", ".join(found[:3]))
            return
        before = _read(file)
    except OSError as problem:
        raise _unwritable(folder, problem) from None
    for name, was, now in differences(before, content(job)):
        raise UsageError("results_other", path=folder, name=name, was=_short(was), now=_short(now))


def _read(file: Path) -> dict[str, Any]:
    import yaml

    try:
        before = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise UsageError("results_broken", path=file, why=one_line(problem)[:80]) from None
    if not isinstance(before, dict) or not isinstance(before.get("settings"), dict):
        raise UsageError("results_broken", path=file, why="no settings")
    return before


def content(job: Job) -> dict[str, Any]:
    """What a folder says of its job: command, settings, seeds, and the run that has no lever."""
    from ... import __version__

    plain = {name: value for name, value in job.plain.items() if name not in ("results", "workers", "threads", "seed")}
    plain.pop("seeds", None)
    return {"command": job.command, "version": __version__, "seeds": sorted(job.seeds), "settings": plain}


def differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """What keeps a job out of a folder: more seeds and more levers are welcome, fewer or others are not."""
    for name in ("command", "version"):
        if before.get(name) != now[name]:
            yield name, before.get(name), now[name]
    gone = [seed for seed in before.get("seeds") or [] if seed not in now["seeds"]]
    if gone:
        yield "seeds", before["seeds"], now["seeds"]
    old, new = before["settings"], now["settings"]
    for name in (name for name in sorted({*old, *new}) if name not in AROUND):
        yield from _deep(name, old.get(name), new.get(name))
    for lever, card in (old.get("lever") or {}).items():
        if lever not in new["lever"]:
            yield "lever", ", ".join(old["lever"]), ", ".join(new["lever"]) or "none"
        yield from _deep(f"lever.{lever}", card, new["lever"][lever])
    if old.get("together") and not new.get("together"):
        yield "together", True, False


def _deep(name: str, was: Any, now: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(was, dict) and isinstance(now, dict):
        if name in ("crisis", "site") and set(was) != set(now):
            yield name, ", ".join(was) or "none", ", ".join(now) or "none"
        for key in (*was, *(key for key in now if key not in was)):
            yield from _deep(f"{name}.{key}", was.get(key), now.get(key))
    elif was != now:
        yield name, was, now


def _short(value: Any) -> str:
    text = one_line(value)
    return text if len(text) <= 60 else text[:57] + "…"


def show(text: str, folder: Path) -> None:
    """Print a summary, and keep it beside the tables with the meaning of their columns."""
    from ...records.schema import dictionary

    print(text, flush=True)
    _write(folder / "summary.txt", text)
    _write(folder / "columns.md", dictionary())


def _write(file: Path, text: str) -> None:
    """Write a small file, whole or not at all."""
    new = file.with_name(f"{file.name}.new")
    new.write_text(text, encoding="utf-8")
    os.replace(new, file)


def _describe(folder: Path, job: Job) -> None:
    """Write settings.yaml, whole or not at all."""
    from omegaconf import OmegaConf

    try:
        _write(folder / SETTINGS, OmegaConf.to_yaml(OmegaConf.create(content(job))))
    except OSError as problem:
        raise _unwritable(folder, problem) from None
