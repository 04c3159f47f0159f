"""The territory of a run: whole communes, or whole neighbourhoods around sites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...cards.reader import card_entry, internal_field
from ...i18n.translation import Message
from ..population.communes import DEFAULT_ORIGIN, Margins, load_commune_counts
from .official_data import OfficialData


@dataclass
class Territory:
    """Whole communes, or whole neighbourhoods near sites: never a sample of residents, which would break networks."""

    id: str = card_entry("three_sites", doc="short name")
    label_fr: str = card_entry("", doc="name in French")
    label_en: str = card_entry("", doc="name in English")
    communes: list[str] = card_entry(list, doc="INSEE codes of the communes; empty: all 39 of Seine-Saint-Denis")
    around_km: float = card_entry(
        0.0, doc="0: whole communes; else neighbourhoods whose centre is this near a site or point", unit="km", low=0.0,
        high=30.0)
    sites: list[str] = card_entry(list, doc="ids of site cards, for around_km")
    points: list[list[float]] = card_entry(list, doc="longitude and latitude of address points, for around_km")
    residents: int = card_entry(0, doc="0: as published; else the one commune named, made this small", unit="residents",
                                low=0, high=20000)
    generic_sites_per_neighbourhood: float = card_entry(
        1.0, doc="generic sites in each neighbourhood without a real one", low=0.0, high=5.0)
    data: str = card_entry("", doc="folder of official files; in a resolved run, the hash of their content")
    official_data: OfficialData | None = internal_field()
    """Content of the files in `data`: part of the run, so that its outcome does not depend on their location."""

    @property
    def origin(self) -> Sequence[float]:
        """Longitude and latitude of the map's origin."""
        return self.official_data.origin if self.official_data else DEFAULT_ORIGIN

    def margins(self) -> dict[int, Margins]:
        """Code to published counts of the territory's communes, in order of code. ValueError for an unknown commune."""
        if self.official_data is not None:
            return self.official_data.margins()
        known = load_commune_counts()
        for code in self.communes:
            if not code.isdigit() or int(code) not in known:
                raise ValueError(Message("territory.communes: {code!r}: expected codes of Seine-Saint-Denis, such as "
                                         "93055", code=code))
        codes = sorted({int(code) for code in self.communes}) or list(known)
        if not self.residents:
            return {code: known[code] for code in codes}
        if len(codes) != 1:
            raise ValueError(Message("territory.residents = {n}: expected one commune, found {count}",
                                     n=self.residents, count=len(codes)))
        return {codes[0]: known[codes[0]].scale_to_population(self.residents)}


def make_default_territory() -> Territory:
    """The default: whole neighbourhoods within 0.6 km of each of the three sites of the field study."""
    return Territory("three_sites", "Autour des trois lieux-projets", "Around the three project sites",
                     ["93001", "93014", "93047", "93055", "93071"], 0.6,
                     ["jardins_aurore", "pas_si_loin", "ateliers_medicis"])
