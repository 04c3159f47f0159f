"""The map on the page: places of the drawn territory, which one may click; grey where nothing is sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...i18n.page_texts import say
from ...report.figures.style import INK, SOFT
from .charts import SHADES, data, finished

TALL = 460
MARGIN = 0.12
"""Share of the map's width left free around it."""


def square(rows: Sequence[Mapping[str, Any]]) -> tuple[list[float], list[float]]:
    """East and north of a square that holds every place: distances are true."""
    xs, ys = [row["x"] for row in rows], [row["y"] for row in rows]
    half = max(max(xs) - min(xs), max(ys) - min(ys), 0.4) * (0.5 + MARGIN)
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return [x - half, x + half], [y - half, y + half]


def map_chart(rows: Sequence[Mapping[str, Any]], what: str, lang: str) -> Any:
    """A circle for each place, its size by residents. what: "loss" without levers, or "change" by an arm.

    A click names the place: the selection is called "place" and holds its uid.
    """
    import altair as alt

    east, north = square(rows)
    size = alt.Size("n:Q", scale=alt.Scale(domain=[0, max(row["n"] for row in rows)], range=[60, _most(len(rows))]),
                    legend=None)
    pick = alt.selection_point(name="place", fields=["uid"], on="click", empty=False)
    told = [alt.Tooltip(f"{key}:N", title=say(key, lang)) for key in ("where", "people", "loss_text", "change_text")]
    base = alt.Chart(data(rows)).encode(
        x=alt.X("x:Q", scale=alt.Scale(domain=east), axis=None),
        y=alt.Y("y:Q", scale=alt.Scale(domain=north), axis=None), size=size, tooltip=told)
    ring = alt.condition(pick, alt.value(3.5), alt.value(1))
    dots = base.mark_circle(opacity=0.95, stroke=INK).encode(color=_shade(what, lang), strokeWidth=ring)
    dots = dots.add_params(pick)
    scale = _scale(east, north, lang)
    return finished(alt.layer(dots, *scale).properties(height=TALL, width=TALL))


def _most(count: int) -> float:
    """Area of the largest circle: many places get small ones."""
    return max(120.0, min(2600.0, 40000.0 / max(1, count)))


def _shade(what: str, lang: str) -> Any:
    import altair as alt

    if what == "loss":
        told = "replace(datum.label, '.', ',')" if lang == "fr" else "datum.label"
        return alt.Color("loss:Q", scale=alt.Scale(scheme="oranges", zero=True), title=say("loss_axis", lang),
                         legend=alt.Legend(orient="bottom", gradientLength=240, titleLimit=420, labelColor=INK,
                                           titleColor=INK, labelExpr=told))
    words = [say(key, lang) for key in SHADES]
    return alt.Color("verdict:N", scale=alt.Scale(domain=words, range=list(SHADES.values())), title=None,
                     legend=alt.Legend(orient="bottom", labelLimit=320, symbolSize=160, labelColor=INK))


def _scale(east: Sequence[float], north: Sequence[float], lang: str) -> list[Any]:
    """A bar of a round length at the foot."""
    import altair as alt

    wide = east[1] - east[0]
    length = max((one for one in (0.1, 0.2, 0.5, 1, 2, 5, 10) if one <= wide / 3), default=0.1)
    y = north[0] + 0.03 * wide
    data = alt.Data(values=[{"a": east[0] + 0.03 * wide, "b": east[0] + 0.03 * wide + length, "y": y,
                             "text": f"{length:g} km".replace(".", "," if lang == "fr" else ".")}])
    bar = alt.Chart(data).mark_rule(strokeWidth=2, color=SOFT).encode(x="a:Q", x2="b:Q", y="y:Q")
    text = alt.Chart(data).mark_text(align="left", dy=-9, color=SOFT, fontSize=12)
    return [bar, text.encode(x="a:Q", y="y:Q", text="text:N")]
