"""The page's charts (Altair). Arms differ by colour and by line style, so that colour vision does not matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

from ...i18n.texts.page_texts import get_page_text
from ...report.figures.style import COLOURS, INK, PALE

if TYPE_CHECKING:
    import altair as alt

BASELINE_COLOUR = "#222222"
LINE_DASHES: tuple[list[int], ...] = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [10, 4], [4, 2, 1, 2], [3, 5])
CURVE_CHART_HEIGHT, LEGEND_LINE_HEIGHT = 320, 24
"""Height of a chart of curves, and of one line of its legend, in pixels."""
SIGN_COLOURS = {"worse": "#D55E00", "better": "#0072B2", "open": "#d9d9d9"}
"""Sign of a change to its colour: vermilion and blue of Okabe & Ito's palette, grey if the sign is unknown."""


def list_letter_colours(letters: Sequence[str]) -> list[str]:
    """A colour for each arm's letter, black for the baseline."""
    return [BASELINE_COLOUR if not letter else COLOURS[(ord(letter[0]) - ord("A")) % len(COLOURS)]
            for letter in letters]


def list_letter_dashes(letters: Sequence[str]) -> list[list[int]]:
    """A dash pattern for each arm's letter, a solid line for the baseline."""
    return [LINE_DASHES[0] if not letter else LINE_DASHES[1 + (ord(letter[0]) - ord("A")) % (len(LINE_DASHES) - 1)]
            for letter in letters]


def build_chart_axis(title: str, lang: str, **more: Any) -> alt.Axis:
    """An axis with numbers in the reader's language; a part of the title in brackets goes to a second line."""
    import altair as alt

    lines = title.replace(" (", "\n(", 1).split("\n")
    return alt.Axis(title=lines, labelExpr=build_label_expression(lang), titleFontWeight="normal", titleColor=INK,
                    labelColor=INK, gridColor="#ececec", tickCount=6, **more)


def build_label_expression(lang: str) -> str:
    """The expression that gives the labels of an axis the decimal sign of a language."""
    from babel.numbers import get_decimal_symbol

    sign = get_decimal_symbol(lang)
    return "datum.label" if sign == "." else f"replace(datum.label, '.', '{sign}')"


def build_chart_data(rows: Iterable[Mapping[str, Any]]) -> alt.Data:
    """Rows as chart data: numbers that are not finite become null, because JSON has no NaN."""
    import altair as alt

    return alt.Data(values=[{name: None if isinstance(value, float) and not isfinite(value) else value
                             for name, value in row.items()} for row in rows])


def build_chart_legend(**more: Any) -> alt.Legend:
    """A legend below the figure, one line per arm."""
    import altair as alt

    return alt.Legend(orient="bottom", columns=1, labelLimit=900, labelFontSize=12, labelColor=INK, **more)


def apply_chart_style(chart: Any) -> Any:
    """Apply the style that all charts share."""
    return chart.configure_view(strokeWidth=0).configure_axis(labelFontSize=12, titleFontSize=12, domainColor=PALE)


def build_curve_chart(rows: Sequence[Mapping[str, Any]], lang: str, day: float | None = None) -> Any:
    """Functioning by day: a line for each arm, labelled by its letter, and the range over seeds as a band.

    rows: as `list_curve_rows_with_text` gives them. day: where a vertical line is drawn, if anywhere.
    """
    import altair as alt

    letters = list(dict.fromkeys(row["letter"] for row in rows))
    names = [next(row["arm"] for row in rows if row["letter"] == letter) for letter in letters]
    x = alt.X("day:Q", axis=build_chart_axis(get_page_text("Days since the crisis began", lang), lang),
              scale=alt.Scale(nice=False))
    y = alt.Scale(zero=False, nice=True)
    title = get_page_text("Mean functioning, % of normal", lang)
    legend = build_chart_legend(symbolType="stroke", symbolSize=500, symbolStrokeWidth=2.5, symbolOpacity=1)
    colour = alt.Color("arm:N", sort=names, scale=alt.Scale(domain=names, range=list_letter_colours(letters)),
                       title=None, legend=legend)
    dash = alt.StrokeDash("arm:N", sort=names, scale=alt.Scale(domain=names, range=list_letter_dashes(letters)),
                          title=None)
    base = alt.Chart(build_chart_data(rows))
    band = base.mark_area(opacity=0.12).encode(x=x, y=alt.Y("low:Q", scale=y, axis=build_chart_axis(title, lang)),
                                               y2="high:Q", color=colour)
    tooltips = [alt.Tooltip("arm:N", title=get_page_text("Portfolio", lang)),
                alt.Tooltip("day:Q", title=get_page_text("Day", lang), format=".0f"),
                alt.Tooltip("text:N", title=get_page_text("Functioning", lang))]
    line = base.mark_line(strokeWidth=2.2).encode(x=x, y=alt.Y("value:Q", scale=y), color=colour, strokeDash=dash,
                                                  tooltip=tooltips)
    layers = [band, line, *_build_line_labels(rows, letters, colour)]
    if day is not None:
        mark = alt.Chart(build_chart_data([{"day": day}]))
        layers.append(mark.mark_rule(color=INK, strokeWidth=1.5).encode(x="day:Q"))
    return apply_chart_style(alt.layer(*layers).properties(height=CURVE_CHART_HEIGHT + LEGEND_LINE_HEIGHT * len(names)))


def _build_line_labels(rows: Sequence[Mapping[str, Any]], letters: Sequence[str], colour: Any) -> list[Any]:
    """The letter of each arm on its line, at different heights of the recovery so that letters do not overlap."""
    import altair as alt

    shown = [letter for letter in letters if letter]
    labels = []
    for k, letter in enumerate(shown, 1):
        line = [row for row in rows if row["letter"] == letter]
        labels.append({**find_label_row(line, k / (len(shown) + 1)), "text": letter})
    if not labels:
        return []
    base = alt.Chart(build_chart_data(labels))
    return [base.mark_circle(size=260, opacity=1, color="white").encode(x="day:Q", y="value:Q"),
            base.mark_text(fontSize=13, fontWeight="bold").encode(x="day:Q", y="value:Q", text="text:N", color=colour)]


def find_label_row(line: Sequence[Mapping[str, Any]], share: float) -> Mapping[str, Any]:
    """The first row where a line has risen by `share` of the way from its lowest point to its last value."""
    values = [row["value"] for row in line]
    low = values.index(min(values))
    level = values[low] + share * (values[-1] - values[low])
    return line[next(k for k in range(low, len(line)) if values[k] >= level)]


def build_rank_chart(rows: Sequence[Mapping[str, Any]], lang: str) -> Any:
    """Change of loss by each arm, best on top: a dot with its 95 % interval, hollow if the sign is not settled."""
    import altair as alt

    letters = [row["letter"] for row in rows]
    names = [row["arm"] for row in rows]
    y_axis = alt.Axis(labelLimit=420, labelFontSize=13, labelColor=INK, labelExpr="split(datum.label, ' + ')")
    y = alt.Y("arm:N", sort=names, title=None, axis=y_axis)
    x = build_chart_axis(get_page_text("Difference from no lever, person-days per resident (left: less loss)",
                                       lang), lang)
    colour = alt.Color("arm:N", scale=alt.Scale(domain=names, range=list_letter_colours(letters)), legend=None)
    tooltips = [alt.Tooltip("arm:N", title=get_page_text("Portfolio", lang)),
                alt.Tooltip("text:N", title=get_page_text("Change in loss", lang))]
    base = alt.Chart(build_chart_data(rows))
    bar = base.mark_rule(strokeWidth=3).encode(x=alt.X("low:Q", axis=x), x2="high:Q", y=y, color=colour,
                                               tooltip=tooltips)
    dot = base.mark_point(size=130, strokeWidth=2.5, filled=False, opacity=1).encode(x="value:Q", y=y, color=colour,
                                                                                     tooltip=tooltips)
    full = base.transform_filter("datum.settled").mark_point(size=130, filled=True, opacity=1).encode(
        x="value:Q", y=y, color=colour, tooltip=tooltips)
    hollow = base.transform_filter("!datum.settled").mark_point(size=60, filled=True, color="white", opacity=1).encode(
        x="value:Q", y=y, tooltip=tooltips)
    zero = alt.Chart(build_chart_data([{"zero": 0}])).mark_rule(color=INK).encode(x="zero:Q")
    return apply_chart_style(alt.layer(zero, bar, dot, hollow, full).properties(height=70 + 46 * len(rows)))


def build_group_chart(rows: Sequence[Mapping[str, Any]], names: Sequence[str], letters: Sequence[str],
                      lang: str) -> Any:
    """Loss per resident of each group: a mark for each arm, a circle for the baseline. names, letters: of the arms."""
    import altair as alt

    groups = list(dict.fromkeys(row["name"] for row in rows))
    height = 80 + 34 * len(groups) + LEGEND_LINE_HEIGHT * len(names)
    legend = build_chart_legend(symbolSize=110, symbolStrokeWidth=2.2, symbolFillColor="transparent")
    shapes = ["circle", "square", "triangle-up", "diamond", "triangle-down", "cross", "triangle-right"]
    base = alt.Chart(build_chart_data(rows))
    x = alt.X("loss:Q", axis=build_chart_axis(get_page_text("Person-days lost per resident", lang), lang),
              scale=alt.Scale(zero=True))
    y = alt.Y("name:N", sort=groups, title=None, axis=alt.Axis(labelLimit=220, labelFontSize=13, labelColor=INK))
    colour = alt.Color("arm:N", scale=alt.Scale(domain=list(names), range=list_letter_colours(letters)),
                       sort=list(names), title=None, legend=legend)
    shape = alt.Shape("arm:N", scale=alt.Scale(domain=list(names), range=shapes[:len(names)]), sort=list(names),
                      title=None, legend=legend)
    tooltips = [alt.Tooltip("arm:N", title=get_page_text("Portfolio", lang)),
                alt.Tooltip("name:N", title=get_page_text("Group", lang)),
                alt.Tooltip("text:N", title=get_page_text("Loss per resident", lang))]
    marks = base.mark_point(size=110, strokeWidth=2.2, opacity=1)
    return apply_chart_style(marks.encode(x=x, y=y, color=colour, shape=shape, tooltip=tooltips)
                             .properties(height=height))


def build_helper_chart(rows: Sequence[Mapping[str, Any]], names: Sequence[str], lang: str) -> Any:
    """Who met the needs of a day: for each source a bar for each arm. names: of the arms."""
    import altair as alt

    letters = list(dict.fromkeys(row["letter"] for row in rows))
    sources = list(dict.fromkeys(row["source"] for row in rows))
    x = alt.X("amount:Q", axis=build_chart_axis(rows[0]["unit"], lang))
    y = alt.Y("source:N", sort=sources, title=None, axis=alt.Axis(labelFontSize=13, labelColor=INK, labelLimit=220))
    colour = alt.Color("arm:N", scale=alt.Scale(domain=list(names), range=list_letter_colours(letters)), legend=None)
    tooltips = [alt.Tooltip("arm:N", title=get_page_text("Portfolio", lang)),
                alt.Tooltip("source:N", title=get_page_text("Who helped", lang)),
                alt.Tooltip("text:N", title=rows[0]["unit"])]
    bars = alt.Chart(build_chart_data(rows)).mark_bar(opacity=0.9).encode(
        x=x, y=y, yOffset=alt.YOffset("arm:N", sort=list(names)), color=colour, tooltip=tooltips)
    return apply_chart_style(bars.properties(height=40 + 34 * len(sources)))
