"""The map of ties between neighbourhoods or communes, with the sites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...analysis.effects.arms import Arm
from ...i18n.number_format import format_percent, format_significant
from ...i18n.texts.map_texts import MAP_LABELS, format_draw_count
from ...i18n.translation import translate
from ...records.files.run_files import RunTables
from ..brief.case import Case
from ..figures.style import COLOURS, INK, SOFT, WIDTH, Picture, add_headline, create_figure, use_figure_style
from ..sheets.analysis_sheet import AnalysisSheet
from .base_map import BaseMap
from .map_names import NamePlacer, make_halo
from .sites import MapSite, list_map_sites

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEADS = ("first", "second", "ties")
WIDEST, LARGEST = 5.0, 420.0
"""Width of the widest line, points; area of the largest disc, square points."""
MIN_LINE_SHARE = 0.02
"""Lines thinner than this share of the widest are left out: hundreds of them would hide the others."""
TALL = 4.6
"""Height of the figure, inches."""

PlaceTies = dict[tuple[str, str], float]
"""Two endpoints (neighbourhoods or communes) to the number of ties between them, mean over seeds."""


def count_place_ties(opened: RunTables, arm: Arm, seeds: list[int], base_map: BaseMap) -> PlaceTies:
    """Ties between neighbourhoods on a map of cells, else between communes."""
    counts: Counter[tuple[str, str]] = Counter()
    played = [seed for seed in seeds if seed in arm.runs]
    for seed in played:
        rows = opened.of("links", str(arm.runs[seed].run["run"]))
        for first, second, ties in zip(rows["neighbourhood_1"], rows["neighbourhood_2"], rows["ties"]):
            a, b = sorted(_find_endpoint(base_map, int(uid)) for uid in (first, second))
            counts[a, b] += float(ties) / len(played)  # type: ignore[assignment]
    return {ends: float(ties) for ends, ties in sorted(counts.items()) if "" not in ends}


def _find_endpoint(base_map: BaseMap, uid: int) -> str:
    """The endpoint of a neighbourhood's ties, "" where it is not on the map."""
    if base_map.kind == "cells":
        return str(uid) if uid in base_map.neighbourhood_positions else ""
    return base_map.place_of.get(uid, "")


def list_endpoint_positions(base_map: BaseMap) -> dict[str, tuple[float, float]]:
    """Endpoint of lines to its position."""
    if base_map.kind == "cells":
        return {str(uid): position for uid, position in base_map.neighbourhood_positions.items()}
    return dict(base_map.number_positions)


def draw_tie_map(case: Case, base_map: BaseMap) -> tuple[Picture, AnalysisSheet] | None:
    """The map and the table behind it; None where no ties were counted."""
    arm, lang = case.baseline or case.arms[0], case.lang
    counts = count_place_ties(case.opened, arm, case.draws, base_map)
    if not counts:
        return None
    within = sum(ties for (a, b), ties in counts.items() if a == b)
    share = format_percent(within / sum(counts.values()), lang)
    title = translate("{share} of ties stay within one commune", lang, share=share)
    if base_map.kind == "cells":
        title = translate("{share} of ties stay within one neighbourhood", lang, share=share)
    note = format_tie_map_note(case, base_map)
    with use_figure_style():
        figure = create_figure(WIDTH, TALL)
        axes = figure.subplots()
        names = NamePlacer()
        _draw_base_map(axes, base_map)
        _draw_ties(axes, counts, list_endpoint_positions(base_map))
        if base_map.kind == "cells":
            _draw_sites(axes, list_map_sites(case.opened, arm, base_map, lang), lang, names)
        for text, at, is_own in _list_commune_names(base_map):
            names.add(axes, (text,), at, fontsize=7.0, color=INK if is_own else SOFT, path_effects=make_halo())
        add_headline(figure, title, note)
        names.place(figure)
    picture = Picture("map_ties", figure, title, f"{title}. {note}")
    return picture, AnalysisSheet("map_ties", title, HEADS, [[*ends, ties] for ends, ties in counts.items()], picture)


def format_tie_map_note(case: Case, base_map: BaseMap) -> str:
    """How to read the map."""
    arm = case.baseline or case.arms[0]
    most = _max_ties_between(count_place_ties(case.opened, arm, case.draws, base_map))
    places = translate("communes", case.lang)
    if base_map.kind == "cells":
        places = translate("neighbourhoods", case.lang)
    return translate("Line: ties between residents of two {places}, wider for more ({most} at most); disc: ties "
                     "within one. Before the crisis, without levers, {draws}.", case.lang,
                     most=format_significant(most, case.lang), draws=format_draw_count(len(arm.runs), case.lang),
                     places=places)


def _max_ties_between(counts: PlaceTies) -> float:
    """The largest number of ties between two different endpoints."""
    return max((ties for (a, b), ties in counts.items() if a != b), default=0.0)


def _draw_base_map(axes: Axes, base_map: BaseMap) -> None:
    """Pale shapes, the places darker than the ground around them."""
    from matplotlib.patches import Polygon

    for shape in base_map.shapes:
        axes.add_patch(Polygon(shape.ring, closed=True, facecolor="#e3e8ef" if shape.place else "#f4f5f7",
                               edgecolor="white", lw=1.0, zorder=1))
    west, south, east, north = base_map.bounds
    axes.set_xlim(west - 0.1, east + 0.1)
    axes.set_ylim(south - 0.1, north + 0.1)
    axes.set_aspect("equal")
    axes.axis("off")


def _list_commune_names(base_map: BaseMap) -> list[tuple[str, tuple[float, float], bool]]:
    """(name, position, whether it has places) of each commune drawn: groups of one commune share its name."""
    found: dict[str, list[tuple[float, float]]] = {}
    for label in base_map.name_labels:
        name = label.texts[0].removesuffix(f" {label.texts[-1]}") if label.place else label.texts[0]
        found.setdefault(name, []).append((label.x, label.y))
    own = {label.texts[0].removesuffix(f" {label.texts[-1]}") for label in base_map.name_labels if label.place}
    return [(name, (sum(x for x, _ in at) / len(at), sum(y for _, y in at) / len(at)), name in own)
            for name, at in found.items()]


def _draw_ties(axes: Axes, counts: PlaceTies, positions: dict[str, tuple[float, float]]) -> None:
    """A line between two endpoints, as wide as they have ties; a disc for the ties within one."""
    most = _max_ties_between(counts)
    most_within = max((ties for (a, b), ties in counts.items() if a == b), default=1.0)
    for (a, b), ties in counts.items():
        if a == b:
            axes.scatter(*positions[a], s=LARGEST * ties / most_within, color=COLOURS[5], alpha=0.55, lw=0, zorder=2)
        elif ties >= MIN_LINE_SHARE * most:
            (x, y), (x2, y2) = positions[a], positions[b]
            axes.plot([x, x2], [y, y2], color=COLOURS[0], lw=WIDEST * ties / most, alpha=0.15 + 0.5 * ties / most,
                      solid_capstyle="round", zorder=3)


def _draw_sites(axes: Axes, sites: Sequence[MapSite], lang: str, names: NamePlacer) -> None:
    """Sites at their positions: real ones with their names, generic ones, and those that a lever opens."""
    kinds = (("real_site", "*", INK, 95), ("site", "o", "white", 26), ("planned_site", "^", COLOURS[4], 34))
    for kind, marker, colour, size in kinds:
        chosen = [site for site in sites if site.kind == kind]
        if chosen:
            axes.scatter([site.x for site in chosen], [site.y for site in chosen], marker=marker, s=size,
                         facecolor=colour, edgecolor=INK, lw=0.8, zorder=5, label=translate(MAP_LABELS[kind], lang))
        for site in chosen:
            if site.name:
                names.add(axes, (site.name, site.short), (site.x, site.y), -9.0, fontsize=6.4, color=INK,
                          style="italic", path_effects=make_halo())
    if axes.get_legend_handles_labels()[0]:
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=7.5)
