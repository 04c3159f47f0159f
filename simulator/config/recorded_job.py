"""A job from the settings.yaml of a results folder: what was played, without its command line and its cards' files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException

from .composition_errors import explain_composition_error
from .errors import UsageError
from .job import Job, resolve_job
from .overrides import escape_references
from .settings import SETTINGS_BY_COMMAND


def resolve_recorded_job(recorded: Mapping[str, Any], results: str, folders: Sequence[Path] = ()) -> Job:
    """The job of a settings.yaml, to be played into the folder `results`. UsageError if it no longer makes one.

    folders: of own cards, which may hold an ensemble.
    """
    command, settings, seeds = recorded.get("command"), recorded.get("settings"), recorded.get("seeds")
    if (command not in SETTINGS_BY_COMMAND or not isinstance(settings, Mapping) or not isinstance(seeds, list)
            or not seeds):
        raise UsageError("settings.yaml: expected command, seeds and settings, as a run or a comparison writes them")
    own = {"seed": seeds[0]} if command == "run" else {"seeds": seeds}
    plain = escape_references({**settings, **own, "results": results})
    try:
        config = OmegaConf.merge(OmegaConf.structured(SETTINGS_BY_COMMAND[command]), OmegaConf.create(plain))
    except OmegaConfBaseException as problem:
        raise explain_composition_error(problem) from None
    return resolve_job(command, config, folders)  # type: ignore[arg-type]
