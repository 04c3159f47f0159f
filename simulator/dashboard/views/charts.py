"""The page's charts: few colours that all can tell apart, a line style beside each, names on the lines themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

from ...i18n.page_texts import say
from ...report.figures.style import COLOURS, INK, PALE

if TYPE_CHECKING:
    import altair as alt

BLACK = "#222222"
DASHES: tuple[list[int], ...] = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [10, 4], [4, 2, 1, 2], [3, 5])
TALL, LINE = 320, 24
"""Pixels of a chart of curves, and of a line of its legend."""
SHADES = {"worse": "#D55E00", "better": "#0072B2", "open": "#d9d9d9"}
"""Okabe & Ito's vermilion and blue; grey where the sign is not known."""


def colours(letters: Sequence[str]) -> list[str]:
    """A colour for each letter, black for no lever."""
    return [BLACK if not letter else COLOURS[(ord(letter[0]) - ord("A")) % len(COLOURS)] for letter in letters]


def dashes(letters: Sequence[str]) -> list[list[int]]:
    """A line style for each letter, a plain line for no lever."""
    return [DASHES[0] if not letter else DASHES[1 + (ord(letter[0]) - ord("A")) % (len(DASHES) - 1)]
            for letter in letters]


def axis(title: str, lang: str, **more: Any) -> alt.Axis:
    """An axis whose numbers are written as the reader writes them; what its title says in brackets stands below."""
    import altair as alt

    lines = title.replace(" (", "\n(", 1).split("\n")
    told = "replace(datum.label, '.', ',')" if lang == "fr" else "datum.label"
    return alt.Axis(title=lines, labelExpr=told, titleFontWeight="normal", titleColor=INK, labelColor=INK,
                    gridColor="#ececec", tickCount=6, **more)


def data(rows: Iterable[Mapping[str, Any]]) -> alt.Data:
    """Rows as a chart takes them: what is not finite is left blank, because JSON has no word for it."""
    import altair as alt

    return alt.Data(values=[{name: None if isinstance(value, float) and not isfinite(value) else value
                             for name, value in row.items()} for row in rows])


def legend(**more: Any) -> alt.Legend:
    """A legend below the figure, one arm a line."""
    import altair as alt

    return alt.Legend(orient="bottom", columns=1, labelLimit=900, labelFontSize=12, labelColor=INK, **more)


def finished(chart: Any) -> Any:
    """The look that all charts share."""
    return chart.configure_view(strokeWidth=0).configure_axis(labelFontSize=12, titleFontSize=12, domainColor=PALE)


def curve_chart(rows: Sequence[Mapping[str, Any]], lang: str, day: float | None = None) -> Any:
    """Functioning by day: a line for each arm, the spread over seeds as a band, the letter at the line's lowest point.

    day: where the moving mark stands, if there is one.
    """
    import altair as alt

    letters = list(dict.fromkeys(row["letter"] for row in rows))
    names = [next(row["arm"] for row in rows if row["letter"] == letter) for letter in letters]
    x = alt.X("day:Q", axis=axis(say("days_since", lang), lang), scale=alt.Scale(nice=False))
    y = alt.Scale(zero=False, nice=True)
    title = say("functioning_axis", lang)
    shade = alt.Color("arm:N", sort=names, scale=alt.Scale(domain=names, range=colours(letters)), title=None,
                      legend=legend(symbolType="stroke", symbolSize=500, symbolStrokeWidth=2.5, symbolOpacity=1))
    style = alt.StrokeDash("arm:N", sort=names, scale=alt.Scale(domain=names, range=dashes(letters)), title=None)
    base = alt.Chart(data(rows))
    band = base.mark_area(opacity=0.12).encode(x=x, y=alt.Y("low:Q", scale=y, axis=axis(title, lang)), y2="high:Q",
                                               color=shade)
    line = base.mark_line(strokeWidth=2.2).encode(x=x, y=alt.Y("value:Q", scale=y), color=shade, strokeDash=style,
                                                  tooltip=[alt.Tooltip("arm:N", title=say("arm", lang)),
                                                           alt.Tooltip("day:Q", title=say("day", lang), format=".0f"),
                                                           alt.Tooltip("text:N", title=say("functioning", lang))])
    layers = [band, line, *_marks(rows, letters, shade)]
    if day is not None:
        mark = alt.Chart(data([{"day": day}]))
        layers.append(mark.mark_rule(color=INK, strokeWidth=1.5).encode(x="day:Q"))
    return finished(alt.layer(*layers).properties(height=TALL + LINE * len(names)))


def _marks(rows: Sequence[Mapping[str, Any]], letters: Sequence[str], shade: Any) -> list[Any]:
    """The letters, each on its own line, spread out where lines move so that they do not cover one another."""
    import altair as alt

    shown = [letter for letter in letters if letter]
    found = [{**spot([row for row in rows if row["letter"] == letter], (place + 1) / (len(shown) + 1)), "text": letter}
             for place, letter in enumerate(shown)]
    if not found:
        return []
    base = alt.Chart(data(found))
    return [base.mark_circle(size=260, opacity=1, color="white").encode(x="day:Q", y="value:Q"),
            base.mark_text(fontSize=13, fontWeight="bold").encode(x="day:Q", y="value:Q", text="text:N", color=shade)]


def spot(line: Sequence[Mapping[str, Any]], share: float) -> Mapping[str, Any]:
    """The row that lies a share of the way up from a line's lowest point to the level it ends at."""
    values = [row["value"] for row in line]
    low = values.index(min(values))
    level = values[low] + share * (values[-1] - values[low])
    return line[next(k for k in range(low, len(line)) if values[k] >= level)]


def rank_chart(rows: Sequence[Mapping[str, Any]], lang: str) -> Any:
    """Change in loss of each arm, best on top: a dot, its 95 % interval, hollow when the sign is not settled."""
    import altair as alt

    letters = [row["letter"] for row in rows]
    names = [row["arm"] for row in rows]
    y = alt.Y("arm:N", sort=names, title=None, axis=alt.Axis(labelLimit=420, labelFontSize=13, labelColor=INK,
                                                               labelExpr="split(datum.label, ' + ')"))
    x = axis(say("change_axis", lang), lang)
    shade = alt.Color("arm:N", scale=alt.Scale(domain=names, range=colours(letters)), legend=None)
    told = [alt.Tooltip("arm:N", title=say("arm", lang)), alt.Tooltip("text:N", title=say("change", lang))]
    base = alt.Chart(data(rows))
    bar = base.mark_rule(strokeWidth=3).encode(x=alt.X("low:Q", axis=x), x2="high:Q", y=y, color=shade, tooltip=told)
    dot = base.mark_point(size=130, strokeWidth=2.5, filled=False, opacity=1).encode(x="value:Q", y=y, color=shade,
                                                                                   tooltip=told)
    full = base.transform_filter("datum.settled").mark_point(size=130, filled=True, opacity=1).encode(
        x="value:Q", y=y, color=shade, tooltip=told)
    hollow = base.transform_filter("!datum.settled").mark_point(size=60, filled=True, color="white", opacity=1).encode(
        x="value:Q", y=y, tooltip=told)
    zero = alt.Chart(data([{"zero": 0}])).mark_rule(color=INK).encode(x="zero:Q")
    return finished(alt.layer(zero, bar, dot, hollow, full).properties(height=70 + 46 * len(rows)))


def group_chart(rows: Sequence[Mapping[str, Any]], names: Sequence[str], letters: Sequence[str], lang: str) -> Any:
    """Loss per resident of each group: a mark for each arm, no lever as a hollow circle."""
    import altair as alt

    groups = list(dict.fromkeys(row["name"] for row in rows))
    tall = 80 + 34 * len(groups) + LINE * len(names)
    marks = legend(symbolSize=110, symbolStrokeWidth=2.2, symbolFillColor="transparent")
    shapes = ["circle", "square", "triangle-up", "diamond", "triangle-down", "cross", "triangle-right"]
    base = alt.Chart(data(rows))
    y = alt.Y("name:N", sort=groups, title=None, axis=alt.Axis(labelLimit=220, labelFontSize=13, labelColor=INK))
    return finished(base.mark_point(size=110, strokeWidth=2.2, opacity=1).encode(
        x=alt.X("loss:Q", axis=axis(say("loss_axis", lang), lang), scale=alt.Scale(zero=True)), y=y,
        color=alt.Color("arm:N", scale=alt.Scale(domain=list(names), range=colours(letters)), sort=list(names),
                        title=None, legend=marks),
        shape=alt.Shape("arm:N", scale=alt.Scale(domain=list(names), range=shapes[:len(names)]), sort=list(names),
                        title=None, legend=marks),
        tooltip=[alt.Tooltip("arm:N", title=say("arm", lang)), alt.Tooltip("name:N", title=say("group", lang)),
                 alt.Tooltip("text:N", title=say("loss", lang))]).properties(height=tall))


def helper_chart(rows: Sequence[Mapping[str, Any]], names: Sequence[str], lang: str) -> Any:
    """Who met the needs of a day, in each arm: bars side by side, one row of bars for each source."""
    import altair as alt

    letters = [row["letter"] for row in rows]
    sources = list(dict.fromkeys(row["source"] for row in rows))
    base = alt.Chart(data(rows))
    seen = list(dict.fromkeys(letters))
    return finished(base.mark_bar(opacity=0.9).encode(
        x=alt.X("amount:Q", axis=axis(rows[0]["unit"], lang)),
        y=alt.Y("source:N", sort=sources, title=None, axis=alt.Axis(labelFontSize=13, labelColor=INK, labelLimit=220)),
        yOffset=alt.YOffset("arm:N", sort=list(names)),
        color=alt.Color("arm:N", scale=alt.Scale(domain=list(names), range=colours(seen)), legend=None),
        tooltip=[alt.Tooltip("arm:N", title=say("arm", lang)), alt.Tooltip("source:N", title=say("source", lang)),
                 alt.Tooltip("text:N", title=rows[0]["unit"])]).properties(height=40 + 34 * len(sources)))
