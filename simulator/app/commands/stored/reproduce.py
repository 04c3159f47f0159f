"""`resilience reproduce FOLDER`: plays every stored run again, makes tables and figures again, compares all.

`verify` plays a sample again, run by run; this plays the whole as the command that made it did.
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ....config.errors import UsageError, flatten_text, get_system_reason, to_usage_error
from ....config.job import MAX_WORKERS, Job
from ....config.recorded_job import resolve_recorded_job
from ....i18n.translation import localise, translate
from ....records.results import Results
from ....records.results import open as open_results
from ....studies.machine import choose_worker_count
from ....studies.missing_runs import play_missing_locally
from ....studies.reproduction import (
    compare_derived_files,
    compare_folders_run_by_run,
    list_stored_keys,
    list_stores,
    rebuild_stored_runs,
)
from ....studies.store import Store
from ...cli.progress import ProgressBar
from ...cli.results_arguments import check_argument_count, open_named_results, parse_text_settings
from ...jobs.batch import announce_preparation, announce_time
from ...jobs.folder_card import CARDS_FOLDER, SETTINGS_FILE, STUDY_FOLDER, read_recorded
from ...jobs.reproduction import Reproduction, print_reproduction
from ...jobs.results_folder import claim_results_folder

if TYPE_CHECKING:
    from ...cli.main import CommandLine

OWN_CODE = ("residents", "mechanisms", "handles")
"""Settings that name code to load."""
STUDY_COMMANDS = ("study", "run -m", "compare -m")


def command(line: CommandLine) -> int:
    """Play again, compare; exit code 1 if anything differs. Last line: the folder played into, or the one checked."""
    options = parse_text_settings("reproduce", line.arguments, ("into", "workers", "lang"))
    check_argument_count(line.arguments, 1, "reproduce")
    workers = _parse_workers(options.get("workers"))
    with ExitStack() as stack:
        old = stack.enter_context(open_given_results(line.arguments))
        into = stack.enter_context(_choose_target(options.get("into")))
        found = reproduce_folder(old, into, workers, line.lang)
        print_reproduction(found, line.lang)
        print(into if options.get("into") else next(word for word in line.arguments if "=" not in word))
    return 1 if found.different else 0


def _parse_workers(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdigit() or not 1 <= int(text) <= MAX_WORKERS:
        raise UsageError("{name} = {value!r}: expected a whole number, {low} to {high}", name="workers", value=text,
                         low=1, high=MAX_WORKERS)
    return int(text)


@contextmanager
def open_given_results(words: list[str]) -> Iterator[Results]:
    """Context manager: the results of the folder or bundle that is named; a bundle is unpacked meanwhile."""
    named = next((Path(word) for word in words if "=" not in word), None)
    if named is None or not (named.is_file() and (named.suffix == ".zip" or zipfile.is_zipfile(named))):
        yield open_named_results("reproduce", words)
        return
    from ....dashboard.data.zip_archive import unpack_comparison

    with tempfile.TemporaryDirectory() as place:
        try:
            with open(named, "rb") as source:
                yield open_results(unpack_comparison(source, Path(place) / named.stem))
        except OSError as problem:
            raise UsageError("{path}: cannot be read ({why}); mend the path or the rights", path=named,
                             why=get_system_reason(problem)) from None
        except ValueError as problem:
            if isinstance(problem, UsageError):
                raise
            raise to_usage_error(problem, str(named)) from None


@contextmanager
def _choose_target(name: str | None) -> Iterator[Path]:
    """Context manager: the new folder of into=, else a temporary one."""
    if name is None:
        with tempfile.TemporaryDirectory() as place:
            yield Path(place) / "again"
        return
    folder = Path(name)
    if folder.is_file() or folder.is_dir() and any(folder.iterdir()):
        raise UsageError("into = {path}: expected a new or an empty folder; choose another one", path=folder)
    yield folder


def reproduce_folder(old: Results, into: Path, workers: int | None, lang: str) -> Reproduction:
    """Play every run of a folder, and of the folders in it, again; make its tables and figures; compare."""
    found = Reproduction(lang)
    recorded = read_recorded(old.folder / SETTINGS_FILE)
    job = _resolve_job(recorded, old.folder, into, found)
    with claim_results_folder(job, recorded.get("arguments", ())) if job else nullcontext():
        into.mkdir(parents=True, exist_ok=True)
        for store in list_stores(old.folder):
            with ExitStack() as stack:
                part = old if store == Path() else stack.enter_context(open_results(old.folder / store))
                play_again(part, into / store, workers, found)
        make_tables_again(recorded, job, (old.folder, into), found)
    files = compare_derived_files(old.folder, into)
    found.same_files, found.absent = len(files.same), [name.as_posix() for name in files.absent]
    found.different |= {name.as_posix(): translate("not the same", lang) for name in files.different}
    return found


def _resolve_job(recorded: dict[str, Any], folder: Path, into: Path, found: Reproduction) -> Job | None:
    """The job of a folder's settings.yaml; None, with a note, without one that still makes a job."""
    if not recorded or recorded.get("command") in STUDY_COMMANDS:
        return None
    own = [name for name in OWN_CODE if recorded["settings"].get(name)]
    if own:  # whoever sends a folder does not choose what is loaded here
        found.notes.append(translate("{names}: code of one's own is no part of a folder", found.lang,
                                     names=", ".join(own)))
        return None
    try:
        return resolve_recorded_job(recorded, str(into), [folder / CARDS_FOLDER])
    except (UsageError, TypeError, KeyError, AttributeError) as problem:
        found.notes.append(_explain(problem, found.lang))
        return None


def _explain(problem: Exception, lang: str) -> str:
    """An error in one line."""
    return problem.line(lang) if isinstance(problem, UsageError) else flatten_text(
        f"{type(problem).__name__}: {localise(problem, lang)}")


def play_again(old: Results, into: Path, workers: int | None, found: Reproduction) -> None:
    """Play the runs of one store again into a new one, and compare them."""
    rebuilt, keys, lang = rebuild_stored_runs(old), list_stored_keys(old), found.lang
    print(translate("{folder}: {count} runs to play again", lang, folder=into.name, count=len(rebuilt.runs)),
          file=sys.stderr, flush=True)
    found.runs += len(keys)
    found.different |= {run: localise(why, lang) for run, why in rebuilt.refused.items()}
    store = Store(into)
    if rebuilt.runs:
        announce_preparation(lang)
        announce_time(rebuilt.runs, lang, workers)
        with ProgressBar(len(rebuilt.runs), lang, "run") as progress:
            progress.expect_work(rebuilt.runs)
            progress.clock.begin(choose_worker_count(workers, len(rebuilt.runs), 0))
            failures = play_missing_locally(rebuilt.runs, store, workers=workers, threads=1,
                                            on_run=progress.finish_run)
        found.different |= {failure.run: failure.error for failure in failures}
    if not store.runs.is_dir():
        return
    with open_results(into) as new:
        checks = compare_folders_run_by_run(old, new, [run.id for run in rebuilt.runs])
        for check in checks:
            found.same_runs += check.identical
            if not check.identical:
                found.different.setdefault(check.run, localise(check.reason, lang))


def make_tables_again(recorded: dict[str, Any], job: Job | None, folders: tuple[Path, Path],
                      found: Reproduction) -> None:
    """Let the command that made the folder make its tables and figures again, in silence. folders: old, new."""
    if not recorded or (job is None and recorded.get("command") not in STUDY_COMMANDS):
        return
    stored = len(list((folders[1] / "runs").iterdir()))
    silence = StringIO()
    try:
        with redirect_stdout(silence), redirect_stderr(silence):
            if job is not None:
                _load_simulation(job.command)(job, folders[1], job.lang)
            else:
                _play_study(recorded, *folders)
    except Exception as problem:  # a table that cannot be made again is told, and the runs are compared all the same
        found.notes.append(_explain(problem, found.lang))
    more = len(list((folders[1] / "runs").iterdir())) - stored
    if more:
        found.different[SETTINGS_FILE] = translate("it asks for {n} runs that the folder lacks", found.lang, n=more)


def _load_simulation(name: str) -> Callable[[Job, Path, str], int]:
    """What a command does in its results folder."""
    if name == "compare":
        from ..compare.command import simulate_comparison

        return simulate_comparison
    if name == "portfolio":
        from ..portfolio import simulate_portfolios

        return simulate_portfolios
    if name == "validate":
        from ..analysis.validate import simulate_validation

        return simulate_validation
    from ..run import simulate_run_job

    return simulate_run_job


def _play_study(recorded: dict[str, Any], old: Path, new: Path) -> None:
    """A study, or a sweep, by the words that were typed, with its card and own cards as the folder keeps them."""
    from ...cli.main import CommandLine
    from .. import multirun, study

    name, _, sweep = str(recorded["command"]).partition(" ")
    words = [word for word in recorded.get("arguments", []) if not word.startswith("name=")]
    card = old / CARDS_FOLDER / STUDY_FOLDER / f"{recorded.get('name')}.yaml"
    own = [str(old / CARDS_FOLDER)] if (old / CARDS_FOLDER).is_dir() else []
    lang = str(recorded["settings"].get("lang"))
    line = CommandLine(name, [*words, f"results={new}"], own, multirun=bool(sweep), lang=lang)
    if not sweep:
        line.arguments.insert(0, f"name={card}")
    (multirun if sweep else study).command(line)
