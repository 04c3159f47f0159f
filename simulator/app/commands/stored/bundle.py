"""`resilience bundle FOLDER`: one zip file with all that is needed to play a results folder again elsewhere."""

from __future__ import annotations

import os
import secrets
import shlex
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ....config.errors import UsageError, get_system_reason
from ....records.files.provenance import describe_origin, read_library_versions
from ....records.files.ro_crate import METADATA_FILE, CrateFacts, build_crate_metadata
from ....records.results import Results, read_log_entries
from ...cli.results_arguments import check_argument_count, open_named_results, parse_text_settings
from ...jobs.folder_card import SETTINGS_FILE, read_recorded

if TYPE_CHECKING:
    from ...cli.main import CommandLine


def command(line: CommandLine) -> int:
    """Write the bundle, whole or not at all; its path is the last line printed. Nothing is simulated."""
    options = parse_text_settings("bundle", line.arguments, ("file", "lang"))
    check_argument_count(line.arguments, 1, "bundle")
    results = open_named_results("bundle", line.arguments)
    file = Path(options.get("file") or f"{results.folder.name}.zip")
    write_bundle(results, file)
    print(file)
    return 0


def write_bundle(results: Results, file: Path) -> None:
    """Pack a results folder. UsageError if it is too large to be unpacked again, or the file cannot be written."""
    from ....dashboard.data.zip_archive import (
        MAX_UNPACKED_BYTES,
        MAX_UNPACKED_FILES,
        list_packable_files,
        write_archive,
    )

    folder = results.folder
    names = [name for name in list_packable_files(folder) if name != METADATA_FILE]
    size = sum((folder / name).stat().st_size for name in names)
    if len(names) >= MAX_UNPACKED_FILES or size > MAX_UNPACKED_BYTES:
        raise UsageError("{path}: too large for one file ({size} MB in {count} files; at most {most} MB in {files}); "
                         "resilience compact {path} puts many files into one", path=folder, size=size >> 20,
                         count=len(names), most=MAX_UNPACKED_BYTES >> 20, files=MAX_UNPACKED_FILES)
    metadata = build_crate_metadata(folder, names, collect_crate_facts(results))
    temporary = file.with_name(f".{file.name}.{secrets.token_hex(4)}.tmp")
    try:
        with open(temporary, "wb") as target:
            write_archive(target, folder, names, {METADATA_FILE: metadata})
        os.replace(temporary, file)
    except OSError as problem:
        raise UsageError("{path}: cannot be written ({why}); choose another file with file=…", path=file,
                         why=get_system_reason(problem)) from None
    finally:
        temporary.unlink(missing_ok=True)


def collect_crate_facts(results: Results) -> CrateFacts:
    """What a folder's settings, runs and log say; of a folder without them, what is known of this program."""
    recorded = read_recorded(results.folder / SETTINGS_FILE)
    log = read_log_entries(results.folder)
    latest: dict[str, Any] = max(log, key=lambda entry: str(entry.get("written")), default={})
    origin = {name: str(latest.get(name) or value) for name, value in describe_origin().items()}
    words = [*str(recorded.get("command", "")).split(), *recorded.get("arguments", [])]
    seeds = [int(row[0]) for row in results.sql("SELECT DISTINCT seed FROM kept ORDER BY seed").fetchall()]
    return CrateFacts(results.folder.name, shlex.join(["resilience", *words]),
                      str(latest.get("written", ""))[:10] or date.today().isoformat(), origin,
                      latest.get("libraries") or read_library_versions(), seeds)
