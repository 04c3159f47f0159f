"""The map chart: places as circles that can be clicked; grey where the sign of a change is unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...i18n.number_format import format_number
from ...i18n.page_texts import get_page_text
from ...i18n.translation import mark
from ...report.figures.style import INK, SOFT
from .charts import SIGN_COLOURS, apply_chart_style, build_chart_data, build_label_expression

PLACE_COLUMNS = {"where": mark("Place"), "people": mark("Residents"), "loss_text": mark("Loss without levers"),
                 "change_text": mark("Change")}
"""Columns of the table of places to their heads."""
SIGN_LABELS = {"worse": mark("more loss"), "better": mark("less loss"), "open": mark("no sure difference")}
MAP_HEIGHT = 460
MAP_MARGIN = 0.12
"""Share of the map's width left free around it."""


def compute_map_square(rows: Sequence[Mapping[str, Any]]) -> tuple[list[float], list[float]]:
    """Ranges (east, north) in km of a square around all places, so that both axes have the same scale."""
    xs, ys = [row["x"] for row in rows], [row["y"] for row in rows]
    half = max(max(xs) - min(xs), max(ys) - min(ys), 0.4) * (0.5 + MAP_MARGIN)
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return [x - half, x + half], [y - half, y + half]


def build_map_chart(rows: Sequence[Mapping[str, Any]], what: str, lang: str) -> Any:
    """Build the map: a circle for each place, sized by its residents.

    what: "loss" colours places by loss without levers, "change" by what an arm changes. A click selects a place: the
    selection is called "place" and holds its uid.
    """
    import altair as alt

    east, north = compute_map_square(rows)
    areas = alt.Scale(domain=[0, max(row["n"] for row in rows)], range=[60, _largest_circle_area(len(rows))])
    size = alt.Size("n:Q", scale=areas, legend=None)
    pick = alt.selection_point(name="place", fields=["uid"], on="click", empty=False)
    tooltips = [alt.Tooltip(f"{key}:N", title=get_page_text(head, lang)) for key, head in PLACE_COLUMNS.items()]
    base = alt.Chart(build_chart_data(rows)).encode(
        x=alt.X("x:Q", scale=alt.Scale(domain=east), axis=None),
        y=alt.Y("y:Q", scale=alt.Scale(domain=north), axis=None), size=size, tooltip=tooltips)
    ring = alt.condition(pick, alt.value(3.5), alt.value(1))
    dots = base.mark_circle(opacity=0.95, stroke=INK).encode(color=_build_map_colour(what, lang), strokeWidth=ring)
    dots = dots.add_params(pick)
    scale_bar = _build_scale_bar(east, north, lang)
    return apply_chart_style(alt.layer(dots, *scale_bar).properties(height=MAP_HEIGHT, width=MAP_HEIGHT))


def _largest_circle_area(count: int) -> float:
    """Area of the largest circle in square pixels: the more places, the smaller."""
    return max(120.0, min(2600.0, 40000.0 / max(1, count)))


def _build_map_colour(what: str, lang: str) -> Any:
    import altair as alt

    if what == "loss":
        return alt.Color("loss:Q", scale=alt.Scale(scheme="oranges", zero=True),
                         title=get_page_text("Person-days lost per resident", lang),
                         legend=alt.Legend(orient="bottom", gradientLength=240, titleLimit=420, labelColor=INK,
                                           titleColor=INK, labelExpr=build_label_expression(lang)))
    labels = [get_page_text(SIGN_LABELS[key], lang) for key in SIGN_COLOURS]
    return alt.Color("verdict:N", scale=alt.Scale(domain=labels, range=list(SIGN_COLOURS.values())), title=None,
                     legend=alt.Legend(orient="bottom", labelLimit=320, symbolSize=160, labelColor=INK))


def _build_scale_bar(east: Sequence[float], north: Sequence[float], lang: str) -> list[Any]:
    """A scale bar of a round length at the bottom of the map: the bar and its label."""
    import altair as alt

    width = east[1] - east[0]
    length = max((km for km in (0.1, 0.2, 0.5, 1, 2, 5, 10) if km <= width / 3), default=0.1)
    y, decimals = north[0] + 0.03 * width, 1 if length < 1 else 0
    data = alt.Data(values=[{"a": east[0] + 0.03 * width, "b": east[0] + 0.03 * width + length, "y": y,
                             "text": f"{format_number(length, lang, decimals)} km"}])
    bar = alt.Chart(data).mark_rule(strokeWidth=2, color=SOFT).encode(x="a:Q", x2="b:Q", y="y:Q")
    text = alt.Chart(data).mark_text(align="left", dy=-9, color=SOFT, fontSize=12)
    return [bar, text.encode(x="a:Q", y="y:Q", text="text:N")]
