"""Draws a flow chart as SVG: no script, no font and no file from elsewhere."""

from __future__ import annotations

from hashlib import sha256
from html import escape

from .chart_layout import GUTTER, LINE_HEIGHT, MARGIN, PADDING, PAGE_WIDTH, TITLE_HEIGHT, PlacedBox, place_boxes
from .flow_chart import BOX_COLOURS, FlowChart

ARROW_COLOUR = "#55606e"
TEXT_STYLE = 'font-family="Segoe UI, Roboto, Helvetica, Arial, Liberation Sans, sans-serif"'
WORD_OFFSET = 4


def draw_svg(chart: FlowChart) -> str:
    """The picture as one SVG element."""
    placed, height = place_boxes(chart)
    tip = f"tip-{sha256(chart.title.encode()).hexdigest()[:8]}"  # several pictures may stand on one page
    parts = [f'<svg viewBox="0 0 {PAGE_WIDTH} {height:.0f}" role="img" aria-label="{escape(chart.title)}" '
             f'style="width:100%;max-width:{PAGE_WIDTH}px;height:auto" {TEXT_STYLE}>',
             f'<defs><marker id="{tip}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
             f'orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="{ARROW_COLOUR}"/></marker></defs>']
    parts += [_draw_box(one) for one in placed.values()]
    parts += [_draw_arrow(placed[arrow.source], placed[arrow.target], arrow.word, tip) for arrow in chart.arrows]
    return "\n".join([*parts, "</svg>"])


def _draw_box(one: PlacedBox) -> str:
    fill, edge = BOX_COLOURS[one.box.kind]
    x, y = one.left + PADDING, one.top + TITLE_HEIGHT - PADDING / 2
    remark = (f'<tspan font-weight="normal" font-style="italic" font-size="11" fill="{edge}" dx="6">'
              f"{escape(one.box.remark)}</tspan>" if one.box.remark else "")
    parts = [f'<rect x="{one.left:.0f}" y="{one.top:.0f}" width="{one.width:.0f}" height="{one.height:.0f}" rx="5" '
             f'fill="{fill}" stroke="{edge}"/>',
             f'<text x="{x:.0f}" y="{y:.0f}" font-size="13" font-weight="bold" fill="#1c2330">'
             f"{escape(one.box.title)}{remark}</text>"]
    parts += [f'<text x="{x:.0f}" y="{y + LINE_HEIGHT * number:.0f}" font-size="11" fill="#333d49">'
              f"{escape(line)}</text>" for number, line in enumerate(one.lines, 1)]
    return "".join(parts)


def _draw_arrow(source: PlacedBox, target: PlacedBox, word: str, tip: str) -> str:
    points = _route_arrow(source, target)
    path = "M" + " L".join(f"{x:.0f},{y:.0f}" for x, y in points)
    line = f'<path d="{path}" fill="none" stroke="{ARROW_COLOUR}" stroke-width="1.4" marker-end="url(#{tip})"/>'
    if not word:
        return line
    x, y = points[-1][0] + 2 * WORD_OFFSET, (points[-2][1] + points[-1][1]) / 2 + WORD_OFFSET
    return (f'{line}<text x="{x:.0f}" y="{y:.0f}" font-size="11" font-style="italic" fill="{ARROW_COLOUR}">'
            f"{escape(word)}</text>")


def _route_arrow(source: PlacedBox, target: PlacedBox) -> list[tuple[float, float]]:
    """The corners of an arrow: down, across to the next column, or back up along the left margin."""
    if target.top >= source.foot:
        return _route_down(source, target)
    if target.left >= source.right or source.left >= target.right:
        return _route_across(source, target)
    y0, y1, x = source.middle[1], target.middle[1], source.left - MARGIN / 2
    return [(source.left, y0), (x, y0), (x, y1), (target.left, y1)]


def _route_down(source: PlacedBox, target: PlacedBox) -> list[tuple[float, float]]:
    left, right = max(source.left, target.left), min(source.right, target.right)
    if left < right:
        return [((left + right) / 2, source.foot), ((left + right) / 2, target.top)]
    (x0, _), (x1, _), y = source.middle, target.middle, (source.foot + target.top) / 2
    return [(x0, source.foot), (x0, y), (x1, y), (x1, target.top)]


def _route_across(source: PlacedBox, target: PlacedBox) -> list[tuple[float, float]]:
    rightwards = target.left >= source.right
    x0, x1 = (source.right, target.left) if rightwards else (source.left, target.right)
    y0, y1 = source.middle[1], target.middle[1]
    if target.top < y0 < target.foot:
        return [(x0, y0), (x1, y0)]
    x = x1 - GUTTER / 2 if rightwards else x1 + GUTTER / 2
    return [(x0, y0), (x, y0), (x, y1), (x1, y1)]
