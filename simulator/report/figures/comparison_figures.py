"""All figures of a comparison in one call."""

from __future__ import annotations

from pathlib import Path

from ...records.files.run_files import RunTables
from .difference import draw_difference_figure
from .lever_effects import draw_effects_figure, draw_group_losses_figure
from .recovery import draw_recovery_figure
from .style import Picture, save_picture
from .trade_off import draw_trade_off_figure


def draw_comparison_figures(opened: RunTables, lang: str) -> list[Picture]:
    """Recovery, effects of levers, losses by group, difference to no lever through time, cost against effects.

    ValueError if there is no run without levers, or none with.
    """
    pictures = [draw_recovery_figure(opened, lang), draw_effects_figure(opened, lang),
                draw_group_losses_figure(opened, lang), draw_difference_figure(opened, lang),
                draw_trade_off_figure(opened, lang)]
    return [picture for picture in pictures if picture is not None]


def save_figures(pictures: list[Picture], folder: Path) -> list[Path]:
    """Save pictures as PNG and SVG; the files written."""
    return [path for picture in pictures for path in save_picture(picture, folder)]
