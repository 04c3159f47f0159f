"""Writes small made-up files in INSEE's own layout: four IRIS of one commune, by default outside Seine-Saint-Denis."""

from __future__ import annotations

import json
from pathlib import Path

IRIS = {"0101": (2400.0, 17000), "0102": (2100.0, 24000), "0103": (1900.5, 13500), "0104": (60.0, 0)}
"""Last four characters to residents and median income (0: secret)."""


def rows(commune: str) -> list[tuple[str, float, int]]:
    """Code, residents and median income of each IRIS."""
    return [(commune + end, people, median) for end, (people, median) in IRIS.items()]


def text(head: str, lines: list[list[object]]) -> str:
    """A CSV as INSEE writes it."""
    return "\n".join([head, *(";".join(str(cell).replace(".", ",") for cell in line) for line in lines)]) + "\n"


def population(commune: str) -> str:
    """base-ic-evol-struct-pop."""
    share = (0.2, 0.2, 0.22, 0.19, 0.12, 0.07)
    head = ("IRIS;COM;TYP_IRIS;LAB_IRIS;P21_POP;P21_POP0014;P21_POP1529;P21_POP3044;P21_POP4559;P21_POP6074;P21_POP75P")
    return text(head, [[code, commune, "H", 1, people, *(round(people * part, 6) for part in share)]
                       for code, people, _ in rows(commune)])


def households(commune: str) -> str:
    """base-ic-couples-familles-menages."""
    head = "IRIS;COM;C21_MEN;C21_MENPSEUL;C21_MENSFAM;C21_MENFAM;C21_MENCOUPSENF;C21_MENCOUPAENF;C21_MENFAMMONO"
    share = (1, 0.35, 0.03, 0.62, 0.17, 0.3, 0.15)
    return text(head, [[code, commune, *(round(people / 2.5 * part, 6) for part in share)]
                       for code, people, _ in rows(commune)])


def housing(commune: str) -> str:
    """base-ic-logement."""
    head = "IRIS;COM;P21_LOG;P21_RP;P21_MAISON;P21_RP_PROP;P21_RP_LOCHLMV;P21_RPMAISON"
    return text(head, [[code, commune, *(round(people / 2.5 * part, 6) for part in (1.1, 1, 0.3, 0.45, 0.3, 0.28))]
                       for code, people, _ in rows(commune)])


def income(commune: str) -> str:
    """BASE_TD_FILO_DISP_IRIS, with its marks of secrecy."""
    return text("IRIS;DISP_TP6021;DISP_INCERT21;DISP_MED21",
                [[code, 22.5 if median else "ns", 1, median or "nd"] for code, _, median in rows(commune)])


def square(west: float, south: float, side: float) -> list[list[list[float]]]:
    """A ring of degrees."""
    return [[[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]]


def outlines(commune: str, lon: float, lat: float, side: float = 0.012) -> str:
    """GeoJSON of the four IRIS, two by two."""
    places = [(0, 0), (1, 0), (0, 1), (1, 1)]
    features = [{"type": "Feature", "properties": {"CODE_IRIS": code, "NOM_COM": "Bourg-Neuf", "INSEE_COM": commune},
                 "geometry": {"type": "Polygon", "coordinates": square(lon + side * x, lat + side * y, side)}}
                for (code, _, _), (x, y) in zip(rows(commune), places)]
    return json.dumps({"type": "FeatureCollection", "features": features})


def write(folder: Path, commune: str = "37999", lon: float = 0.68, lat: float = 47.39) -> Path:
    """The five files in a new folder."""
    folder.mkdir(parents=True)
    for name, made in {"base-ic-evol-struct-pop-2021.CSV": population(commune),
                       "base-ic-couples-familles-menages-2021.CSV": households(commune),
                       "base-ic-logement-2021.CSV": housing(commune),
                       "BASE_TD_FILO_DISP_IRIS_2021.csv": income(commune),
                       "iris.geojson": outlines(commune, lon, lat)}.items():
        (folder / name).write_text(made, encoding="utf-8")
    return folder
