"""The results folder: chosen, checked, claimed by one process, and described by its settings.yaml."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from ...analysis.effects.arms import format_portfolio_key
from ...cards.yaml_errors import describe_yaml_error
from ...config.errors import UsageError, flatten_text, get_system_reason
from ...config.job import Job
from ...config.settings import FOLDER_COMPATIBLE_SETTINGS
from ...i18n.plain_text import make_printable
from ...i18n.translation import Message
from ...records.files.plain_file import check_plain_file, read_plain_text
from ..cli.text_table import wrap_to_output
from .folder_card import SETTINGS_FILE, describe_versions, keep_own_cards, list_replay_words, write_settings_file
from .process_identity import describe_own_process, find_other_process

CLAIM_FILE = ".in_use"
DASHBOARD_FILES = {CLAIM_FILE, "page.json", "page.log"}
"""Files that the dashboard writes into a folder before its job starts; the folder may then hold runs already."""
DASHBOARD_RESULTS = {"runs", "parts", "cases.json"}
"""What it may have copied from other comparisons, or from the results that ship with the package."""


@contextmanager
def claim_results_folder(job: Job, words: Sequence[str] = (), card_folders: Sequence[str] = ()) -> Iterator[Path]:
    """Context manager: the job's folder, reserved for this process until the block ends.

    Makes the folder and writes settings.yaml, and the user's own cards if it uses any. words: settings as typed.
    card_folders: the user's own. UsageError, and no folder left behind, if the folder cannot be used.
    """
    folder = Path(job.results) if job.results is not None else choose_dated_folder(job.command, job.territory_name)
    made = _make_folders(folder)
    claim = folder / CLAIM_FILE
    try:
        _check_same_job(folder, job)
        _write_claim(claim, folder)
    except UsageError:
        _remove_made_folders(made)
        raise
    try:
        try:
            write_settings_file(folder / SETTINGS_FILE, describe_job(job, words))
            keep_own_cards(folder, card_folders)
        except OSError as problem:
            raise _write_error(folder, problem) from None
        yield folder
    finally:
        claim.unlink(missing_ok=True)


@contextmanager
def open_shared_folder(name: str) -> Iterator[Path]:
    """Context manager: a folder that several processes may fill at the same time.

    UsageError, and no folder left behind, if the folder cannot be used.
    """
    folder = Path(name)
    made = _make_folders(folder)
    try:
        found = sorted(one.name for one in folder.iterdir())
        if found and not {*found} & {"runs", "parts", "plans", "failed", SETTINGS_FILE}:
            raise UsageError("results = {path}: the folder holds other files ({found}) and no settings.yaml; "
                             "choose an empty or a new folder", path=folder, found=", ".join(found[:3]))
        if not os.access(folder, os.W_OK | os.X_OK):
            raise UsageError("results = {path}: cannot be written ({why}); choose a folder you may write to",
                             path=folder, why=Message("Permission denied"))
        (folder / "runs").mkdir(exist_ok=True)  # who comes next sees what the folder is for, whatever is written first
    except (UsageError, OSError):
        _remove_made_folders(made)
        raise
    yield folder


def choose_dated_folder(command: str, territory: str) -> Path:
    """results/<date and time>-<command>-<territory>, with a number after it if that name is taken."""
    stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S")
    first = Path("results") / f"{stamp}-{command}-{territory}"
    folder, number = first, 1
    while folder.exists():
        number += 1
        folder = first.with_name(f"{first.name}-{number}")
    return folder


def _make_folders(folder: Path) -> list[Path]:
    """Make the folder and its missing parents; returns those made, deepest last."""
    missing = [one for one in (folder, *folder.parents) if not os.path.lexists(one)][::-1]
    try:
        if folder.exists() and not folder.is_dir():
            raise UsageError("results = {path}: expected a folder, found a file; choose another folder", path=folder)
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as problem:
        _remove_made_folders(missing)
        raise _write_error(folder, problem) from None
    return missing


def _remove_made_folders(made: list[Path]) -> None:
    for one in reversed(made):
        try:
            one.rmdir()
        except OSError:
            return


def _write_error(folder: Path, problem: Exception) -> UsageError:
    """What stands in the way of using a folder."""
    why = get_system_reason(problem)
    return UsageError("results = {path}: cannot be written ({why}); choose a folder you may write to",
                      path=folder, why=why)


def _write_claim(claim: Path, folder: Path) -> None:
    """Write which process uses the folder, over the claim of one that has ended. UsageError for a live one."""
    try:
        check_plain_file(claim)
        other = find_other_process(claim.read_text(encoding="utf-8", errors="replace")) if claim.is_file() else None
        if other is not None:
            raise UsageError("results = {path}: another run is writing there (process {number} on {host}, says "
                             "{file}); wait for it, or choose another folder; if it has ended, delete that file",
                             path=folder, number=other[0], host=other[1], file=claim)
        claim.write_text(describe_own_process(), encoding="utf-8")
    except OSError as problem:
        raise _write_error(folder, problem) from None


def _check_same_job(folder: Path, job: Job) -> None:
    """UsageError if the folder holds anything but an earlier part of this job."""
    file = folder / SETTINGS_FILE
    try:
        names = {file.name for file in folder.iterdir()}
        found = sorted(names - DASHBOARD_FILES - (DASHBOARD_RESULTS if "page.json" in names else set()))
        if not os.path.lexists(file):
            if found:
                raise UsageError("results = {path}: the folder holds other files ({found}) and no settings.yaml; "
                                 "choose an empty or a new folder", path=folder, found=", ".join(found[:3]))
            return
        before = _read_settings_file(file)
    except OSError as problem:
        raise _write_error(folder, problem) from None
    for name, old, new in list_setting_conflicts(before, describe_job(job)):
        raise UsageError("results = {path}: the folder holds another job ({name}: {was} there, {now} here); choose "
                         "another folder with results=…", path=folder, name=name, was=_short(old), now=_short(new))


def _read_settings_file(file: Path) -> dict[str, Any]:
    """The settings.yaml of a results folder. UsageError for a file that cannot be read as one."""
    import yaml

    try:
        before = yaml.safe_load(read_plain_text(file))
    except (yaml.YAMLError, ValueError, LookupError, RecursionError) as problem:
        why = get_system_reason(problem) if isinstance(problem, UnicodeDecodeError) else describe_yaml_error(problem)
        raise UsageError("{path}: not the settings of a job ({why}); choose another folder with results=…", path=file,
                         why=why) from None
    if not isinstance(before, dict) or not isinstance(before.get("settings"), dict):
        raise UsageError("{path}: not the settings of a job ({why}); choose another folder with results=…", path=file,
                         why=Message("no settings"))
    return before


def describe_job(job: Job, words: Sequence[str] = ()) -> dict[str, Any]:
    """The content of settings.yaml: command, versions, commit, seeds, settings, and the words typed.

    Left out are settings that only say how and where runs are played.
    """
    settings = {name: value for name, value in job.settings.items()
                if name not in ("results", "workers", "threads", "seed", "seeds")}
    scaled = job.named_portfolios if settings.get("euros") or settings.get("posts") else {}
    names = {name: format_portfolio_key({lever.id: lever.dose for lever in levers}) for name, levers in scaled.items()}
    return {**describe_versions(job.command), "arguments": list_replay_words(words), "seeds": sorted(job.seeds),
            **({"portfolios": names} if names else {}), "settings": settings}


def list_setting_conflicts(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """(setting, before, now) of each difference that keeps a job out of a folder.

    A job may add seeds and levers; it may not drop or change any.
    """
    for name in ("command", "version"):
        if before.get(name) != now[name]:
            yield name, before.get(name), now[name]
    if any(seed not in now["seeds"] for seed in before.get("seeds") or []):
        yield "seeds", before["seeds"], now["seeds"]
    old, new = before["settings"], now["settings"]
    compatible = (*FOLDER_COMPATIBLE_SETTINGS, *(("priors",) if not new.get("redraw") else ()))
    for name in (name for name in sorted({*old, *new}) if name not in compatible):
        yield from _compare_nested(name, old.get(name), new.get(name))
    for lever, card in (old.get("lever") or {}).items():
        if lever not in new["lever"]:
            yield "lever", ", ".join(old["lever"]), ", ".join(new["lever"]) or "none"
        yield from _compare_nested(f"lever.{lever}", card, new["lever"][lever])
    if old.get("together") and not new.get("together"):
        yield "together", True, False


def _compare_nested(name: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        if name in ("crisis", "site") and set(old) != set(new):
            yield name, ", ".join(old) or "none", ", ".join(new) or "none"
        for key in (*old, *(key for key in new if key not in old)):
            yield from _compare_nested(f"{name}.{key}", old.get(key), new.get(key))
    elif old != new:
        yield name, old, new


def _short(value: Any) -> str:
    text = flatten_text(value)
    return text if len(text) <= 60 else text[:57] + "…"


def print_and_save_summary(text: str, folder: Path) -> None:
    """Print a summary, in lines that fit; write it to summary.txt, and the dictionary of the tables to columns.md."""
    from ...records.files.parquet import write_text_atomically
    from ...records.schema import format_data_dictionary

    print(wrap_to_output(text), flush=True)
    write_text_atomically(folder / "summary.txt", make_printable(text))
    write_text_atomically(folder / "columns.md", format_data_dictionary())
