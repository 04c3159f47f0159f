"""What every command that plays does around the playing: compose, check, claim the folder, say where it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...config.compose import compose
from ...config.resolve import Job, settle
from ...i18n.app_texts import say
from .folder import claimed

if TYPE_CHECKING:
    from ..cli.main import Line


def carry_out(command: str, line: Line, play_and_tell: Callable[[Job, Path, str], int]) -> int:
    """Settle the job and play it in its folder, or print its settings. The exit code of play_and_tell, else 0."""
    config = compose(command, line.words, line.folders)
    job = settle(command, config, [Path(folder) for folder in line.folders])
    if line.cfg:
        return print_settings(config)
    tell_land(job, line.labels)
    with claimed(job) as folder:
        try:
            code = play_and_tell(job, folder, line.labels)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(say("interrupted_in", line.labels, folder=folder)) from None
    print(folder)
    return code


def tell_land(job: Job, lang: str) -> None:
    """Say on standard error what a territory out of official files was read from, and what had to stand in."""
    land = job.baseline.scenario.territory.land
    if land is None:
        return
    from ...config.official.data_provenance import told

    for text in told(land, lang):
        print(f"resilience: {text}", file=sys.stderr)


def print_settings(config: Any) -> int:
    """The composed settings as YAML (--cfg job)."""
    from omegaconf import OmegaConf

    print(OmegaConf.to_yaml(config), end="")
    return 0
