"""The charts of the model as code blocks of Markdown, and the pictures that take their place in a page."""

from __future__ import annotations

from .chart_mermaid import format_mermaid
from .chart_svg import draw_svg
from .html_page import PICTURE_FENCE
from .model_charts import CHARTS


def format_chart_blocks(lang: str) -> dict[str, str]:
    """Name of each chart to its block, as Mermaid."""
    return {name: f"```{PICTURE_FENCE}\n{format_mermaid(draw_up(lang))}\n```" for name, draw_up in CHARTS.items()}


def draw_chart_pictures(lang: str) -> dict[str, str]:
    """Source of each chart's block to its picture as SVG."""
    charts = [draw_up(lang) for draw_up in CHARTS.values()]
    return {format_mermaid(chart): draw_svg(chart) for chart in charts}
