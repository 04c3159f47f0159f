"""All figures of a comparison, or of one run, in one call."""

from __future__ import annotations

from pathlib import Path

from ...records.folder import Opened
from .levers import effects_figure, groups_figure
from .recovery import recovery_figure, run_figure
from .style import Picture, save


def comparison(opened: Opened, lang: str) -> list[Picture]:
    """Recovery, effects of levers, losses by group. ValueError if there is no run without levers, or none with."""
    return [recovery_figure(opened, lang), effects_figure(opened, lang), groups_figure(opened, lang)]


def draw(pictures: list[Picture], folder: Path) -> list[Path]:
    """Save pictures as PNG and SVG."""
    return [path for picture in pictures for path in save(picture, folder)]


__all__ = ["comparison", "draw", "effects_figure", "groups_figure", "recovery_figure", "run_figure"]
