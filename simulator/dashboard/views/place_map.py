"""The map chart: places as areas that can be clicked, over what lies around; grey where a change's sign is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from ...i18n.number_format import format_number
from ...i18n.texts.page_texts import get_page_text
from ...i18n.translation import mark
from ...report.figures.style import INK, SOFT
from ...report.maps.base_map import BaseMap, NameLabel
from ...report.maps.sites import MapSite
from .charts import SIGN_COLOURS, apply_chart_style, build_chart_data, build_label_expression

PLACE_COLUMNS = {"where": mark("Place"), "people": mark("Residents"), "loss_text": mark("Loss without levers"),
                 "change_text": mark("Change")}
"""Columns of the table of places to their heads."""
SIGN_LABELS = {"worse": mark("more loss"), "better": mark("less loss"), "open": mark("no sure difference")}
MAP_HEIGHT, MAP_WIDTH = 460, 560
"""Pixels at most."""
MARGIN, GROUND = 0.02, "#eef0f3"
"""Share of the map's size left free around it; colour of what lies around the places."""
LEGEND_ROOM, MIN_WIDTH = 84, 420
"""Height of the strip below the places that holds legend and scale bar, and the width that it needs, pixels."""
LETTER = 0.55
"""Width of a letter as a share of its height."""
NAME_SIZE = 11
Frame = tuple[Sequence[float], Sequence[float], int, int]
"""Ranges east and north, km; width and height, pixels."""
STAR = "M0,-1L0.24,-0.31L0.95,-0.31L0.38,0.12L0.59,0.81L0,0.4L-0.59,0.81L-0.38,0.12L-0.95,-0.31L-0.24,-0.31Z"
"""The outline of a star, which Vega does not have among its marks."""


def compute_frame(base_map: BaseMap) -> Frame:
    """The frame around all shapes, with a strip for the legend, in which both axes have the same scale."""
    west, south, east, north = base_map.bounds
    margin = MARGIN * max(east - west, north - south)
    across, up = east - west + 2 * margin, north - south + 2 * margin
    pixels = min(MAP_WIDTH / across, (MAP_HEIGHT - LEGEND_ROOM) / up)
    missing = max(0.0, MIN_WIDTH / pixels - across) / 2
    return ([west - margin - missing, east + margin + missing], [south - margin - LEGEND_ROOM / pixels, north + margin],
            round(pixels * (across + 2 * missing)), round(pixels * up + LEGEND_ROOM))


def build_map_chart(rows: Sequence[Mapping[str, Any]], base_map: BaseMap, sites: Sequence[MapSite], what: str,
                    lang: str) -> Any:
    """Build the map. rows: one for each place; base_map: their shapes; sites: real ones, which get a star and a name.

    what: "loss" colours places by loss without levers, "change" by what an arm changes. A click selects a place: the
    selection is called "place" and holds its uid.
    """
    import altair as alt

    east, north, width, height = compute_frame(base_map)
    pick = alt.selection_point(name="place", fields=["uid"], on="click", empty=False)
    tooltips = [alt.Tooltip(f"{key}:N", title=get_page_text(head, lang)) for key, head in PLACE_COLUMNS.items()]
    known = {row["uid"]: row for row in rows}
    ground = alt.Chart(_build_shapes(base_map, {})).mark_geoshape(fill=GROUND, stroke="white", strokeWidth=1)
    places = alt.Chart(_build_shapes(base_map, known)).mark_geoshape().encode(
        color=_build_map_colour(what, lang), tooltip=tooltips, stroke=alt.condition(pick, alt.value(INK),
                                                                                    alt.value("white")),
        strokeWidth=alt.condition(pick, alt.value(3.5), alt.value(1.2))).add_params(pick)
    scale = width / (east[1] - east[0])
    flat = {"type": "identity", "reflectY": True, "scale": scale, "translate": [-scale * east[0], scale * north[1]]}
    layers = [ground.project(**flat), places.project(**flat),
              *_build_names(base_map, sites, (east, north, width, height)), *_build_scale_bar(east, north, lang)]
    return apply_chart_style(alt.layer(*layers).properties(height=height, width=width, padding=0))


def _build_shapes(base_map: BaseMap, known: Mapping[str, Mapping[str, Any]]) -> Any:
    """Each place with its columns as one feature, all its rings in it; the ground, ring by ring, without known."""
    rings: dict[str, list[list[list[float]]]] = {}
    for k, shape in enumerate(base_map.shapes):
        if (shape.place in known) if known else not shape.place:
            corners = np.round(shape.ring, 4).tolist()
            rings.setdefault(shape.place or f"ground {k}", []).append([*corners, corners[0]])
    features = [{"type": "Feature", **dict(known.get(place, {})),
                 "geometry": {"type": "MultiPolygon", "coordinates": [[ring] for ring in found]}}
                for place, found in rings.items()]
    return build_chart_data(features)


def _build_names(base_map: BaseMap, sites: Sequence[MapSite], frame: Frame) -> list[Any]:
    """Stars of sites, and the names that find room: those of sites and places first. frame: as of compute_frame."""
    import altair as alt

    east, _, width, _ = frame
    labels = [NameLabel("site", (site.short,), site.x, site.y) for site in sites] + base_map.name_labels
    rows = list(_place_names(sorted(labels, key=lambda label: not label.place), east, width))
    base = alt.Chart(alt.Data(values=rows)).encode(**_build_axes(frame, "x", "y"), text="text:N")
    halo = base.mark_text(fontSize=NAME_SIZE, stroke="white", strokeWidth=3, strokeOpacity=0.8, tooltip=None)
    names = [halo, base.mark_text(fontSize=NAME_SIZE, tooltip=None).encode(color=alt.Color("ink:N", scale=None))]
    stars = alt.Chart(alt.Data(values=[{"x": site.x, "y": site.y} for site in sites])).encode(
        **_build_axes(frame, "x", "y"))
    return [stars.mark_point(shape=STAR, size=90, filled=True, fill="white", stroke=INK, opacity=1), *names]


def _build_axes(frame: Frame, x: str, y: str) -> dict[str, Any]:
    """Encodings of two columns in km, without axes."""
    import altair as alt

    east, north = (alt.Scale(domain=list(ends), nice=False) for ends in frame[:2])
    return {"x": alt.X(f"{x}:Q", scale=east, axis=None), "y": alt.Y(f"{y}:Q", scale=north, axis=None)}


def _place_names(labels: Sequence[NameLabel], east: Sequence[float], width: int) -> Iterator[dict[str, Any]]:
    """The first text of each label that finds room, on its place or a line above or below."""
    pixel = (east[1] - east[0]) / width
    line, taken = 1.2 * NAME_SIZE * pixel, list[tuple[float, float, float]]()
    for label in labels:
        shifts = (-1, 1) if label.place == "site" else (0, 1, -1)
        for text, shift in ((text, shift) for text in label.texts for shift in shifts):
            y, half = label.y + shift * line, LETTER * NAME_SIZE * len(text) / 2 * pixel
            is_free = all(abs(x - label.x) > half + other or abs(up - y) > line for x, up, other in taken)
            if is_free and east[0] <= label.x - half and label.x + half <= east[1]:
                taken.append((label.x, y, half))
                yield {"x": label.x, "y": y, "text": text, "ink": INK if label.place else SOFT}
                break


def _build_map_colour(what: str, lang: str) -> Any:
    import altair as alt

    if what == "loss":
        return alt.Color("loss:Q", scale=alt.Scale(scheme="oranges", zero=True),
                         title=get_page_text("Person-days lost per resident", lang),
                         legend=alt.Legend(orient="bottom-left", gradientLength=220, direction="horizontal",
                                           titleLimit=420, labelColor=INK, titleColor=INK,
                                           labelExpr=build_label_expression(lang)))
    labels = [get_page_text(SIGN_LABELS[key], lang) for key in SIGN_COLOURS]
    return alt.Color("verdict:N", scale=alt.Scale(domain=labels, range=list(SIGN_COLOURS.values())), title=None,
                     legend=alt.Legend(orient="bottom-left", labelLimit=320, symbolSize=160, labelColor=INK))


def _build_scale_bar(east: Sequence[float], north: Sequence[float], lang: str) -> list[Any]:
    """A scale bar of a round length at the bottom of the map: the bar and its label."""
    import altair as alt

    width = east[1] - east[0]
    length = max((km for km in (0.1, 0.2, 0.5, 1, 2, 5, 10) if km <= width / 3), default=0.1)
    y, decimals = north[0] + 0.04 * width, 1 if length < 1 else 0
    data = alt.Data(values=[{"a": east[1] - 0.03 * width - length, "b": east[1] - 0.03 * width, "y": y,
                             "text": f"{format_number(length, lang, decimals)} km"}])
    axes = _build_axes((east, north, 0, 0), "a", "y")
    bar = alt.Chart(data).mark_rule(strokeWidth=2, color=SOFT).encode(**axes, x2="b:Q")
    text = alt.Chart(data).mark_text(align="left", dy=-9, color=SOFT, fontSize=12)
    return [bar, text.encode(**axes, text="text:N")]
