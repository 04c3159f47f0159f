"""The territory of a run: which communes, or which whole neighbourhoods around sites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...cards.reader import entry, settled
from ..population.communes import CENTRE, Margins, communes
from .official_data import Land


@dataclass
class Territory:
    """Whole communes, or whole neighbourhoods near sites: never a thinned population, which would destroy networks."""

    id: str = entry("three_sites", doc="short name")
    label_fr: str = entry("", doc="name in French")
    label_en: str = entry("", doc="name in English")
    communes: list[str] = entry(list, doc="INSEE codes of the communes; empty: all 39 of Seine-Saint-Denis")
    around_km: float = entry(0.0, doc="0: whole communes; else neighbourhoods whose centre is this near one of `sites`",
                             unit="km", low=0.0, high=30.0)
    sites: list[str] = entry(list, doc="ids of site cards, for around_km")
    residents: int = entry(0, doc="0: as published; else the one commune named, made this small", unit="residents",
                           low=0, high=20000)
    generic_sites_per_neighbourhood: float = entry(1.0, doc="generic sites in each neighbourhood without a real one",
                                                   low=0.0, high=5.0)
    data: str = entry("", doc="folder of official files; once settled, the hash of what they say")
    land: Land | None = settled()
    """What the files in `data` say: part of the run, so that nothing depends on where they lie."""

    @property
    def origin(self) -> Sequence[float]:
        """Longitude and latitude of the map's origin."""
        return self.land.origin if self.land else CENTRE

    def margins(self) -> dict[int, Margins]:
        """Code to published counts of the communes concerned, in order of code. ValueError for an unknown commune."""
        if self.land is not None:
            return self.land.margins()
        known = communes()
        for code in self.communes:
            if not code.isdigit() or int(code) not in known:
                raise ValueError(f"territory.communes: {code!r}: expected codes of Seine-Saint-Denis, such as 93055")
        codes = sorted({int(code) for code in self.communes}) or list(known)
        if not self.residents:
            return {code: known[code] for code in codes}
        if len(codes) != 1:
            raise ValueError(f"territory.residents = {self.residents}: expected one commune, found {len(codes)}")
        return {codes[0]: known[codes[0]].scaled(self.residents)}


def three_sites() -> Territory:
    """The default: whole neighbourhoods within 0.6 km of each of the three sites of the field study."""
    return Territory("three_sites", "Autour des trois lieux-projets", "Around the three project sites",
                     ["93001", "93014", "93047", "93055", "93071"], 0.6,
                     ["jardins_aurore", "pas_si_loin", "ateliers_medicis"])
