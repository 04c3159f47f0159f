"""`resilience hydra -m …`: Hydra's own multirun and launchers, one run a job, into one results folder.

    resilience hydra -m lever=coordinator,outreach seed=1,2 results=my_folder hydra/launcher=joblib

Hydra reads the whole command line, launches the jobs and keeps its own logs. A run that the folder already holds is not
played again. No other command looks for Hydra's plugins: a broken plugin stops every application that does.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hydra.errors import HydraException
from omegaconf.errors import OmegaConfBaseException

from ...config.cards.card_files import list_card_names, list_config_folders
from ...config.compose import build_config_loader, compose_config
from ...config.composition_errors import explain_composition_error
from ...config.errors import UsageError, suggest_names
from ...config.grammar_errors import check_grammar
from ...config.job import resolve_job
from ...config.overrides import format_override_value, parse_override
from ...i18n.translation import choose_language
from ...studies.executor_settings import ExecutorSettings
from ...studies.missing_runs import play_missing
from ...studies.store import Store
from ...studies.task import ProgressListener

if TYPE_CHECKING:
    from ..cli.main import CommandLine

DEFAULT_FOLDER = "results/hydra"
FULL_ERROR_VARIABLE = "HYDRA_FULL_ERROR"
"""With it set, Hydra raises errors."""
FOLDER_OPTIONS = ("--config-dir", "-cd")
FOLDER_SETTING = "own_cards"
"""Carries the user's folder of cards through Hydra to each of its jobs."""
OPTIONS_WITH_VALUE = ("--config-dir", "-cd", "--config-path", "-cp", "--config-name", "-cn", "--cfg", "-c", "--package",
                      "-p", "--experimental-rerun")
"""Options of Hydra that take a value, as the next word or after =."""


def command(line: CommandLine) -> int:
    """Hand the command line to Hydra. 0 if all jobs succeeded, 1 if a run failed, 2 for bad input."""
    import hydra

    if shown := find_shown_settings(line.arguments):
        from . import multirun, run

        line.arguments, line.config_folders, line.cfg = shown.words, shown.folders, True
        return (multirun if shown.has_sweep else run).command(line)
    for word in split_options(line.arguments)[0]:
        check_grammar(word)
    words = hide_own_folders(expand_card_patterns(line.arguments))
    before, sys.argv = sys.argv, ["resilience hydra", *add_plus_signs(words)]
    try:
        with _raise_all_errors():
            hydra.main(version_base="1.3", config_path=None)(run_hydra_task)()
    except (HydraException, OmegaConfBaseException) as problem:
        raise explain_composition_error(problem) from None
    except SystemExit as stop:
        if not isinstance(stop.code, str):
            return stop.code or 0
        print(stop.code, file=sys.stderr)
        return 2
    finally:
        sys.argv = before
    return 0


@contextmanager
def _raise_all_errors() -> Iterator[None]:
    """Hydra raises what goes wrong instead of printing it with a traceback."""
    before = os.environ.get(FULL_ERROR_VARIABLE)
    os.environ[FULL_ERROR_VARIABLE] = "1"
    try:
        yield
    finally:
        os.environ.pop(FULL_ERROR_VARIABLE)
        if before is not None:
            os.environ[FULL_ERROR_VARIABLE] = before


def add_plus_signs(words: list[str]) -> list[str]:
    """The words with + before each setting: Hydra then accepts any name, and `simulate_hydra_run` checks it.

    What follows an option that takes a value, such as --config-dir, is left as it is.
    """
    follows = [before in OPTIONS_WITH_VALUE for before in ["", *words]]
    return [word if is_value or word.startswith(("hydra", "-", "+", "~")) else f"+{word}"
            for word, is_value in zip(words, follows)]


@dataclass
class ShownSettings:
    """A command line with --cfg job: its settings, the user's folders, whether some setting has several values."""

    words: list[str]
    folders: list[str]
    has_sweep: bool


def find_shown_settings(words: list[str]) -> ShownSettings | None:
    """The settings to show for --cfg job, which Hydra itself could not compose; None without it."""
    plain, options = split_options(words)
    if options.get("--cfg", options.get("-c")) != "job":
        return None
    folders = list_own_folders(options)
    plain = [word for word in plain if not word.startswith("hydra")]
    return ShownSettings(plain, folders, any(is_sweep(word) for word in plain))


def split_options(words: list[str]) -> tuple[list[str], dict[str, str]]:
    """(settings, option to its value) of a command line for Hydra; options without a value are left out."""
    plain, options, rest = [], {}, iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        if name in OPTIONS_WITH_VALUE:
            options[name] = value if equals else next(rest, "")
        elif not word.startswith("-"):
            plain.append(word)
    return plain, options


def list_own_folders(options: dict[str, str]) -> list[str]:
    """The user's folder of cards."""
    return [value for name in FOLDER_OPTIONS if (value := options.get(name))]


def hide_own_folders(words: list[str]) -> list[str]:
    """The words with a setting in the place of --config-dir.

    Hydra would take the cards in that folder for groups of its own, which have no others. UsageError for no folder.
    """
    folders = list_own_folders(split_options(words)[1])
    list_config_folders(folders)
    kept, rest = [], iter(words)
    for word in rest:
        if word.partition("=")[0] not in FOLDER_OPTIONS:
            kept.append(word)
        elif "=" not in word:
            next(rest, None)
    return kept + [f"{FOLDER_SETTING}={format_override_value(str(Path(folder).resolve()), FOLDER_SETTING)}"
                   for folder in folders]


def pop_own_folders(words: list[str]) -> tuple[list[str], list[str]]:
    """(the words without the setting of `hide_own_folders`, the user's folders)."""
    hidden = [word for word in words if word.startswith(f"{FOLDER_SETTING}=")]
    return [word for word in words if word not in hidden], [str(parse_override(word).value) for word in hidden]


def is_sweep(word: str) -> bool:
    """True if Hydra's grammar reads several values in the word."""
    from hydra.core.override_parser.overrides_parser import OverridesParser

    try:
        return bool(OverridesParser.create().parse_override(word).is_sweep_override())
    except Exception:  # the grammar raises errors of many types; whoever composes the word says what is wrong
        return False


def expand_card_patterns(words: list[str]) -> list[str]:
    """The words with each glob(…) over cards written out, in the user's folders too: Hydra would find no cards.

    UsageError for a pattern that no card has.
    """
    from hydra.core.override_parser.overrides_parser import OverridesParser

    folders = list_config_folders(list_own_folders(split_options(words)[1]))
    grammar = OverridesParser.create(config_loader=build_config_loader(folders, "run"))
    out = []
    for word in words:
        if "=glob(" in word and not word.startswith("-"):
            (override,) = grammar.parse_overrides([word])
            names, group = list(override.sweep_string_iterator()), override.key_or_group
            if not names:
                raise UsageError("{word!r}: no card has such a name; expected: {choices}", word=word,
                                 choices=suggest_names(group, list_card_names(group, folders)))
            word = f"{group}={','.join(names)}"
        out.append(word)
    return out


def run_hydra_task(_: Any) -> str:
    """Play the run of one Hydra job; its key. Hydra calls this. SystemExit with a message for bad input."""
    from hydra.core.hydra_config import HydraConfig

    words, folders = pop_own_folders(select_run_overrides(list(HydraConfig.get().overrides.task)))
    try:
        return simulate_hydra_run(words, folders)
    except UsageError as problem:
        raise SystemExit(f"resilience: {problem.line(choose_language(words))}") from None


def select_run_overrides(overrides: list[str]) -> list[str]:
    """The overrides of a Hydra job as `resilience run` takes them: without + and without Hydra's own settings."""
    return [word.lstrip("+") for word in overrides if not word.startswith("hydra")]


def simulate_hydra_run(words: list[str], user_folders: list[str]) -> str:
    """Play one run into its results folder unless it is there; its key. RuntimeError if it failed.

    user_folders: the user's own folders of cards.
    """
    job = resolve_job("run", compose_config("run", words, user_folders))
    run = job.run(job.levers, job.seeds[0])
    store = Store(Path(job.results or DEFAULT_FOLDER))
    executor = ExecutorSettings(workers=1, threads=job.threads)
    failures = play_missing([run], store, executor, ProgressListener())
    if failures:
        raise RuntimeError(failures[0].error)
    return run.id
