"""Writes a flow chart as Mermaid, which GitHub and others draw where a Markdown file holds it in a code block."""

from __future__ import annotations

import re

from .flow_chart import BOX_COLOURS, ChartBox, FlowChart

SETTINGS = '%%{init: {"flowchart": {"wrappingWidth": 420}}}%%'
"""Boxes wide enough for a sentence, pixels."""
SPECIAL = re.compile(r"[#;\"<>&`\[\]{}|\\]")


def format_mermaid(chart: FlowChart) -> str:
    """The source of the chart, without the fence around it."""
    lines = [SETTINGS, "flowchart TD", f"accTitle: {chart.title}", *(_format_node(box) for box in chart.boxes())]
    for arrow in chart.arrows:
        word = f'|"{_escape_label(arrow.word)}"|' if arrow.word else ""
        lines.append(f"n_{arrow.source} -->{word} n_{arrow.target}")
    for kind in dict.fromkeys(box.kind for box in chart.boxes()):
        fill, edge = BOX_COLOURS[kind]
        lines.append(f"classDef {kind} fill:{fill},stroke:{edge},color:#1c2330,text-align:left")
    return "\n".join(lines)


def _format_node(box: ChartBox) -> str:
    remark = f" <i>{_escape_label(box.remark)}</i>" if box.remark else ""
    parts = [f"<b>{_escape_label(box.title)}</b>{remark}", *(_escape_label(text) for text in box.texts)]
    return f'n_{box.key}["{"<br/>".join(parts)}"]:::{box.kind}'


def _escape_label(text: str) -> str:
    """Text with the signs that Mermaid or HTML would read written as character codes."""
    return SPECIAL.sub(lambda found: f"#{ord(found.group())};", text)
