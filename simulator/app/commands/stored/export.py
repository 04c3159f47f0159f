"""`resilience export FILE [FOLDER]`: the network, the agents or the records of a run in the formats of other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ....config.cards.card_files import list_config_folders
from ....config.compose import compose_config
from ....config.errors import UsageError
from ....config.job import resolve_job
from ...cli.results_arguments import check_argument_count, open_named_results

if TYPE_CHECKING:
    from ...cli.main import CommandLine

OWN_SETTINGS = ("table", "date")


def command(line: CommandLine) -> int:
    """Write the file from stored results, or from a run that is played for it; print its name."""
    from ....api.export import check_suffix, export_file

    check_argument_count(line.arguments, 2, "export")
    plain = [word for word in line.arguments if "=" not in word]
    if not plain:
        raise UsageError("export to which file? expected: resilience export ties.graphml territory=village")
    own, rest = split_words([word for word in line.arguments if "=" in word])
    check_suffix(Path(plain[0]))
    source = open_folder(plain[1], own, rest) if len(plain) > 1 else build_run(rest, line)
    table = own.get("table", "runs" if len(plain) > 1 else "people")
    print(export_file(source, Path(plain[0]), table, own.get("date")))
    return 0


def split_words(words: list[str]) -> tuple[dict[str, str], list[str]]:
    """Settings of this command, and those of a run. UsageError for one given twice."""
    own: dict[str, str] = {}
    for name, _, value in (word.partition("=") for word in words):
        if name in OWN_SETTINGS and name in own:
            raise UsageError("setting {name!r} is given twice; keep one", name=name)
        if name in OWN_SETTINGS:
            own[name] = value
    return own, [word for word in words if word.partition("=")[0] not in OWN_SETTINGS]


def open_folder(folder: str, own: dict[str, str], rest: list[str]) -> Any:
    """The results of a folder. UsageError for settings of a run beside it."""
    names = [name for name in [*(word.partition("=")[0] for word in rest), *own] if name not in ("lang", "table")]
    if names:
        raise UsageError("export: {name!r} beside a results folder; either a folder, or the settings of a run",
                         name=names[0])
    return open_named_results("export", [folder])


def build_run(words: list[str], line: CommandLine) -> Any:
    """The run of these settings. UsageError for an invalid one."""
    config = compose_config("run", words, line.config_folders)
    job = resolve_job("run", config, list_config_folders(line.config_folders))
    return job.run(tuple(job.levers), job.seeds[0])
