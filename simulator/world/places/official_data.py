"""A territory's figures from official files: communes and their IRIS as plain values that enter a run's hash."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...i18n.translation import Message
from ..population.communes import DEFAULT_ORIGIN, Margins, load_commune_counts

UNKNOWN_SHARE = -1.0
"""Stands for a share that no file gives."""
MAX_COMMUNE_SLOT = 94
"""Largest top byte of a commune's uids; those of real sites are larger."""


@dataclass(frozen=True)
class IrisData:
    """One IRIS, or several joined because each alone is too small.

    code: of the (largest) IRIS. margins: published counts, with the code of its commune. social_share, house_share:
    shares of homes that are social housing, and houses; UNKNOWN_SHARE where no file gives them.
    """

    code: str
    margins: Margins
    social_share: float = UNKNOWN_SHARE
    house_share: float = UNKNOWN_SHARE


@dataclass(frozen=True)
class CommuneData:
    """One commune. slot: its number in uids. margins: published counts; sums over its IRIS, where it has any.

    has_outlines: IRIS are positioned by their outlines; else the generator places them.
    """

    slot: int
    margins: Margins
    social_share: float = UNKNOWN_SHARE
    house_share: float = UNKNOWN_SHARE
    has_outlines: bool = False
    iris_data: list[IrisData] = field(default_factory=list)


@dataclass(frozen=True)
class OfficialData:
    """A territory from official files.

    origin: longitude and latitude of the map's origin. iris_of_site: "lon lat" of a real site to the code of the IRIS
    whose outline contains it. provenance: topic to the source that was read or fallen back to, such as "iris 2021", the
    same in every language.
    """

    origin: list[float]
    communes: list[CommuneData]
    iris_of_site: dict[str, str] = field(default_factory=dict)
    provenance: dict[str, str] = field(default_factory=dict)

    def margins(self) -> dict[int, Margins]:
        """Commune code to published counts, in order of code."""
        return {commune.margins.code: commune.margins for commune in self.communes}


def make_coordinate_key(lon: float, lat: float) -> str:
    """The key of a position in OfficialData.iris_of_site; degrees."""
    return f"{lon:.6f} {lat:.6f}"


def parse_commune_code(code: str) -> int:
    """A commune's INSEE code as a number; 2A004 and 2B033 are 20004 and 20033, their codes before 1976."""
    return int(f"20{code[2:]}" if code[:2] in ("2A", "2B") else code)


def assign_commune_slots(codes: list[int]) -> dict[int, int]:
    """Code to slot: communes of Seine-Saint-Denis keep theirs, the others get the free ones in order of code.

    ValueError when there are more communes than slots.
    """
    own = {code: code % 1000 for code in load_commune_counts()}
    free = [slot for slot in range(1, MAX_COMMUNE_SLOT + 1) if slot not in own.values()]
    others = sorted(code for code in codes if code not in own)
    if len(others) > len(free):
        raise ValueError(Message("{n} communes outside Seine-Saint-Denis: expected {most} at most", n=len(others),
                                 most=len(free)))
    return {code: own.get(code, 0) or free[others.index(code)] for code in sorted(codes)}


def choose_map_origin(communes: list[Margins]) -> list[float]:
    """Longitude and latitude of the middle of the communes, to 0.01 degrees; Seine-Saint-Denis keeps its own origin."""
    if all(commune.code in load_commune_counts() for commune in communes):
        return list(DEFAULT_ORIGIN)
    lons, lats = [commune.lon for commune in communes], [commune.lat for commune in communes]
    return [round((min(lons) + max(lons)) / 2, 2), round((min(lats) + max(lats)) / 2, 2)]
