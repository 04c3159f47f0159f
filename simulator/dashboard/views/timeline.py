"""The calendar of a scenario as a chart: when levers begin, when each crisis is on, where they overlap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...i18n.page_texts import say
from ...report.figures.style import COLOURS, INK, PALE
from .charts import data, finished


def timeline(rows: Sequence[Mapping[str, Any]], levers_from: str, lang: str) -> Any:
    """rows: name, start, end (ISO dates), text. One bar for each time a crisis is on, a line where levers begin."""
    import altair as alt

    names = list(dict.fromkeys(row["name"] for row in rows))
    form = "%d/%m/%Y" if lang == "fr" else "%-d/%-m/%Y"
    x = alt.Axis(title=None, format="%m/%Y", labelColor=INK, gridColor="#ececec", tickCount=8, domainColor=PALE)
    bars = alt.Chart(data(rows)).mark_bar(height=16, cornerRadius=3, minBandSize=6).encode(
        x=alt.X("start:T", axis=x), x2="end:T",
        y=alt.Y("name:N", sort=names, title=None, axis=alt.Axis(labelLimit=220, labelFontSize=13, labelColor=INK)),
        color=alt.Color("name:N", sort=names, legend=None, scale=alt.Scale(domain=names, range=list(COLOURS))),
        tooltip=[alt.Tooltip("name:N", title=say("crisis", lang)), alt.Tooltip("text:N", title=say("dates", lang))])
    start = alt.Chart(alt.Data(values=[{"start": levers_from, "text": say("levers_begin", lang)}]))
    rule = start.mark_rule(strokeDash=[4, 3], color=INK).encode(x=alt.X("start:T", axis=x),
                                                               tooltip=[alt.Tooltip("start:T", format=form)])
    word = start.mark_text(align="left", dx=5, y=8, fontSize=12, color=INK).encode(x="start:T", text="text:N")
    return finished(alt.layer(rule, word, bars).properties(height=56 + 30 * len(names)))
