"""The card of a site: a real one with a place on the map, or a generic type that neighbourhoods draw from."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from ...cards.reader import entry
from ...parameters import GRADES
from ...rules.domain import DOMAINS
from ..population.communes import kilometres
from .site import HOSTS


@dataclass
class SiteCard:
    """What is done at a site, for whom, by how many posts. `sources`: entry to "grade: source" for each number."""

    id: str = entry("site", doc="short name")
    label_fr: str = entry("", doc="name in French")
    label_en: str = entry("", doc="name in English")
    host: str = entry("association", doc="who runs it", choices=HOSTS)
    generic: bool = entry(False, doc="true for a type that neighbourhoods draw from, false for one place on the map")
    frequency: float = entry(1.0, doc="how often neighbourhoods draw this type", low=0.0, high=100.0)
    lon: float = entry(0.0, doc="longitude", unit="degrees", low=-180.0, high=180.0)
    lat: float = entry(0.0, doc="latitude", unit="degrees", low=-90.0, high=90.0)
    commune: int = entry(0, doc="INSEE code of its commune; 0: whichever neighbourhood is nearest", low=0, high=99999)
    places: float = entry(0.0, doc="places a week; 0: the model's for a generic site", unit="places/week", low=0.0,
                          high=2000.0)
    strand: float = entry(12.0, doc="nominal standing group", unit="members", low=2.0, high=60.0)
    hours: float = entry(30.0, doc="opening hours", unit="h/week", low=0.0, high=168.0)
    staff: float = entry(1.5, doc="posts funded", unit="FTE", low=0.0, high=60.0)
    profile: list[float] = entry(lambda: [0.25, 0.25, 0.25, 0.25], doc="what is done there: food, kit, care, know",
                                 low=0.0, high=1.0)
    age_centre: float = entry(40.0, doc="age of its public", unit="yr", low=0.0, high=120.0)
    age_width: float = entry(30.0, doc="how wide its public is", unit="yr", low=1.0, high=200.0)
    ses_centre: float = entry(0.7, doc="social class of its public, 0 to 2", low=0.0, high=2.0)
    threshold: float = entry(1.0, doc="weight of culture and language barriers", low=0.0, high=3.0)
    kits: int = entry(-1, doc="kits on the shelf; -1: the model's for a generic site", unit="kits", low=-1, high=5000)
    pool: float = entry(0.0, doc="goods to give at the start", unit="person-days", low=0.0, high=100000.0)
    grants: int = entry(3, doc="grants running at the start", low=0, high=3)
    reserve: float = entry(0.0, doc="money in hand", unit="EUR", low=0.0, high=1e7)
    sources: dict[str, str] = entry(dict, doc="entry to 'grade: source'")

    def check(self) -> None:
        """ValueError naming the first entry that cannot be: host, profile, position or source."""
        if self.host not in HOSTS:
            raise ValueError(f"site {self.id}: host = {self.host!r}: expected one of {', '.join(HOSTS)}")
        if len(self.profile) != len(DOMAINS) or min(self.profile) < 0 or abs(sum(self.profile) - 1) > 1e-6:
            raise ValueError(f"site {self.id}: profile = {self.profile}: expected four shares that sum to 1, for "
                             f"{', '.join(DOMAINS)}")
        if not self.generic and not (self.lon and self.lat):
            raise ValueError(f"site {self.id}: no place on the map: expected lon and lat, or generic: true")
        for name, text in self.sources.items():
            if not hasattr(self, name) or text.split(":")[0] not in GRADES:
                raise ValueError(f"site {self.id}: sources.{name} = {text!r}: expected an entry of the card, and "
                                 f"'grade: source' with one of {', '.join(GRADES)}")

    def position(self, origin: Sequence[float]) -> tuple[float, float]:
        """km east and north of the map's origin, which is given as longitude and latitude."""
        return kilometres(self.lon, self.lat, origin)

    @property
    def uid(self) -> int:
        """Permanent identity of a real site: 31 bits of its id's hash, above those of generic sites' communes."""
        return 0x60000000 | int.from_bytes(hashlib.sha256(self.id.encode()).digest()[:4], "big") & 0x1FFFFFFF
