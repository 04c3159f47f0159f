"""What every simulating command does around its simulation: compose, check, claim the results folder, print it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...config.compose import compose_config, list_given_settings
from ...config.job import Job, resolve_job
from ...i18n.translation import translate
from .folder_card import format_reproduce_command
from .results_folder import claim_results_folder

if TYPE_CHECKING:
    from ..cli.main import CommandLine


def run_job(command: str, line: CommandLine, simulate_and_report: Callable[[Job, Path, str], int]) -> int:
    """Resolve the job and simulate it in its results folder, or print its settings (--cfg job).

    simulate_and_report: (job, folder, language) to the exit code, which is returned. KeyboardInterrupt says where the
    finished runs are.
    """
    config = compose_config(command, line.arguments, line.config_folders)
    job = resolve_job(command, config, [Path(folder) for folder in line.config_folders],
                      list_given_settings(line.arguments, line.config_folders))
    if line.cfg:
        return print_settings(config)
    print_data_provenance(job, line.lang)
    with claim_results_folder(job, line.arguments, line.config_folders) as folder:
        try:
            code = simulate_and_report(job, folder, line.lang)
        except KeyboardInterrupt:
            raise make_interruption(folder, line.lang) from None
    print_folder(folder, line.lang)
    return code


def print_folder(folder: Path, lang: str) -> None:
    """Print how to play a results folder again, then the folder as the last line."""
    print(translate("replay it exactly: {command}", lang, command=format_reproduce_command(str(folder))))
    print(folder)


def make_interruption(folder: Path, lang: str) -> KeyboardInterrupt:
    """A KeyboardInterrupt that says where the finished runs are, and how to play the rest."""
    return KeyboardInterrupt(translate("interrupted; what is finished stays in {folder}, the same command with "
                                       "results={folder} plays the rest", lang, folder=folder))


def print_data_provenance(job: Job, lang: str) -> None:
    """Print on standard error what was read of each file of a territory, and what replaced missing figures."""
    data = job.baseline.scenario.territory.official_data
    if data is None:
        return
    from ...config.official.data_provenance import describe_data_provenance

    for text in (*(note.in_language(lang) for note in job.file_notes), *describe_data_provenance(data, lang)):
        print(f"resilience: {text}", file=sys.stderr)


def print_settings(config: Any) -> int:
    """Print the composed settings as YAML (--cfg job); exit code 0."""
    from omegaconf import OmegaConf

    print(OmegaConf.to_yaml(config), end="")
    return 0
