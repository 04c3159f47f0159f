"""What official files say of a territory, settled: communes and their neighbourhoods as plain, hashable content."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..population.communes import CENTRE, Margins, communes

UNKNOWN = -1.0
"""A share that no file gives."""
LAST_SLOT = 94
"""Communes hold the top byte of uids up to here; real sites stand above."""


@dataclass(frozen=True)
class Quarter:
    """One IRIS, or a few joined because each alone is too small: its published counts and homes.

    margins: of the quarter, under its commune's code; iris: code of the (largest) IRIS; social, houses: shares of homes
    that are social housing and houses, UNKNOWN where no file says.
    """

    iris: str
    margins: Margins
    social: float = UNKNOWN
    houses: float = UNKNOWN


@dataclass(frozen=True)
class Town:
    """One commune. slot: its number in uids; margins: sums of its quarters, where there are any.

    placed: the quarters' places are those of true outlines; else they are laid out by the generator.
    """

    slot: int
    margins: Margins
    social: float = UNKNOWN
    houses: float = UNKNOWN
    placed: bool = False
    quarters: list[Quarter] = field(default_factory=list)


@dataclass(frozen=True)
class Land:
    """A territory out of official files.

    origin: longitude and latitude of the map's origin; homes: "lon lat" of a real site to the IRIS whose outline holds
    it; came_from: topic to what it was read from or fell back to, such as "iris 2021", the same in every language.
    """

    origin: list[float]
    towns: list[Town]
    homes: dict[str, str] = field(default_factory=dict)
    came_from: dict[str, str] = field(default_factory=dict)

    def margins(self) -> dict[int, Margins]:
        """Code to counts of its communes, in order of code."""
        return {town.margins.code: town.margins for town in self.towns}


def place_name(lon: float, lat: float) -> str:
    """The key of Land.homes."""
    return f"{lon:.6f} {lat:.6f}"


def number(code: str) -> int:
    """A commune's code as a number; 2A004 and 2B033 are 20004 and 20033, as before Corsica was parted."""
    return int(f"20{code[2:]}" if code[:2] in ("2A", "2B") else code)


def slots(codes: list[int]) -> dict[int, int]:
    """Code to slot: communes of Seine-Saint-Denis keep theirs, the others take what is free, in order of code.

    ValueError when there are more communes than slots.
    """
    own = {code: code % 1000 for code in communes()}
    free = [slot for slot in range(1, LAST_SLOT + 1) if slot not in own.values()]
    others = sorted(code for code in codes if code not in own)
    if len(others) > len(free):
        raise ValueError(f"{len(others)} communes outside Seine-Saint-Denis: expected {len(free)} at most")
    return {code: own.get(code, 0) or free[others.index(code)] for code in sorted(codes)}


def origin_of(towns: list[Margins]) -> list[float]:
    """The middle of the communes, on a grid of 0.01 degrees; Seine-Saint-Denis keeps its own."""
    if all(town.code in communes() for town in towns):
        return list(CENTRE)
    lons, lats = [town.lon for town in towns], [town.lat for town in towns]
    return [round((min(lons) + max(lons)) / 2, 2), round((min(lats) + max(lats)) / 2, 2)]
