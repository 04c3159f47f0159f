"""The card of a site: a real one with a position, or a generic type that neighbourhoods draw from."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from ...cards.reader import card_entry
from ...i18n.translation import Message
from ...parameters import GRADES
from ...rules.need_domains import DOMAINS
from ..population.communes import lonlat_to_km
from .site import HOSTS


@dataclass
class SiteCard:
    """A site's activities, public and means, checked by `check`. `sources`: entry to "grade: source"."""

    id: str = card_entry("site", doc="short name")
    label_fr: str = card_entry("", doc="name in French")
    label_en: str = card_entry("", doc="name in English")
    host: str = card_entry("association", doc="who runs it", choices=HOSTS)
    generic: bool = card_entry(
        False, doc="true for a type that neighbourhoods draw from, false for one place on the map")
    frequency: float = card_entry(1.0, doc="how often neighbourhoods draw this type", low=0.0, high=100.0)
    lon: float = card_entry(0.0, doc="longitude", unit="degrees", low=-180.0, high=180.0)
    lat: float = card_entry(0.0, doc="latitude", unit="degrees", low=-90.0, high=90.0)
    commune: int = card_entry(0, doc="INSEE code of its commune; 0: whichever neighbourhood is nearest", low=0,
                              high=99999)
    places: float = card_entry(0.0, doc="places a week; 0: the model's for a generic site", unit="places/week", low=0.0,
                               high=2000.0)
    group_size: float = card_entry(12.0, doc="nominal standing group", unit="members", low=2.0, high=60.0)
    hours: float = card_entry(30.0, doc="opening hours", unit="h/week", low=0.0, high=168.0)
    staff: float = card_entry(1.5, doc="posts funded", unit="FTE", low=0.0, high=60.0)
    profile: list[float] = card_entry(
        lambda: [0.25, 0.25, 0.25, 0.25], doc="what is done there: food, equipment, assistance, know_how", low=0.0,
        high=1.0)
    age_centre: float = card_entry(40.0, doc="age of its public", unit="yr", low=0.0, high=120.0)
    age_width: float = card_entry(30.0, doc="how wide its public is", unit="yr", low=1.0, high=200.0)
    ses_centre: float = card_entry(0.7, doc="social class of its public, 0 to 2", low=0.0, high=2.0)
    threshold: float = card_entry(1.0, doc="weight of culture and language barriers", low=0.0, high=3.0)
    kits: int = card_entry(-1, doc="kits on the shelf; -1: the model's for a generic site", unit="kits", low=-1,
                           high=5000)
    pool: float = card_entry(0.0, doc="goods to give at the start", unit="person-days", low=0.0, high=100000.0)
    grants: int = card_entry(3, doc="grants running at the start", low=0, high=3)
    cash_reserve: float = card_entry(0.0, doc="money in hand", unit="EUR", low=0.0, high=1e7)
    sources: dict[str, str] = card_entry(dict, doc="entry to 'grade: source'")

    def check(self) -> None:
        """ValueError naming the first invalid entry: host, profile, position or source."""
        if self.host not in HOSTS:
            raise ValueError(Message("site {name}: host = {host!r}: expected one of {known}", name=self.id,
                                     host=self.host, known=HOSTS))
        if len(self.profile) != len(DOMAINS) or min(self.profile) < 0 or abs(sum(self.profile) - 1) > 1e-6:
            raise ValueError(Message("site {name}: profile = {shares}: expected four shares that sum to 1, for "
                                     "{domains}", name=self.id, shares=str(self.profile), domains=DOMAINS))
        if not self.generic and not (self.lon and self.lat):
            raise ValueError(Message("site {name}: no place on the map: expected lon and lat, or generic: true",
                                     name=self.id))
        for name, text in self.sources.items():
            if not hasattr(self, name) or text.split(":")[0] not in GRADES:
                raise ValueError(Message("site {name}: sources.{entry} = {text!r}: expected an entry of the card, and "
                                         "'grade: source' with one of {grades}", name=self.id, entry=name, text=text,
                                         grades=GRADES))

    def position(self, origin: Sequence[float]) -> tuple[float, float]:
        """km east and north of the map's origin; origin: longitude and latitude."""
        return lonlat_to_km(self.lon, self.lat, origin)

    @property
    def uid(self) -> int:
        """Permanent identity of a real site: from a hash of its id, above the uids of all communes."""
        return 0x60000000 | int.from_bytes(hashlib.sha256(self.id.encode()).digest()[:4], "big") & 0x1FFFFFFF
