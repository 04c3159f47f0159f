"""The calendar of a scenario as a chart: when levers start and when each crisis lasts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...i18n.texts.page_texts import get_page_text
from ...i18n.translation import translate
from ...report.figures.style import COLOURS, INK, PALE
from .charts import apply_chart_style, build_chart_data


def build_timeline_chart(rows: Sequence[Mapping[str, Any]], levers_from: str, lang: str) -> Any:
    """Build the chart: a bar for each occurrence of a crisis, a line at levers_from (ISO date).

    rows: name, start, end (ISO dates), text.
    """
    import altair as alt

    names = list(dict.fromkeys(row["name"] for row in rows))
    date_format = translate("%-d/%-m/%Y", lang)
    x = alt.Axis(title=None, format="%m/%Y", labelColor=INK, gridColor="#ececec", tickCount=8, domainColor=PALE)
    bars = alt.Chart(build_chart_data(rows)).mark_bar(height=16, cornerRadius=3, minBandSize=6).encode(
        x=alt.X("start:T", axis=x), x2="end:T",
        y=alt.Y("name:N", sort=names, title=None, axis=alt.Axis(labelLimit=220, labelFontSize=13, labelColor=INK)),
        color=alt.Color("name:N", sort=names, legend=None, scale=alt.Scale(domain=names, range=list(COLOURS))),
        tooltip=[alt.Tooltip("name:N", title=get_page_text("Crisis", lang)),
                 alt.Tooltip("text:N", title=get_page_text("Dates", lang))])
    start = alt.Chart(alt.Data(values=[{"start": levers_from, "text": get_page_text("levers begin", lang)}]))
    rule = start.mark_rule(strokeDash=[4, 3], color=INK).encode(
        x=alt.X("start:T", axis=x), tooltip=[alt.Tooltip("start:T", format=date_format)])
    label = start.mark_text(align="left", dx=5, y=8, fontSize=12, color=INK).encode(x="start:T", text="text:N")
    return apply_chart_style(alt.layer(rule, label, bars).properties(height=56 + 30 * len(names)))
