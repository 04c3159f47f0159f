"""What errors say of declared numbers can be said in French: their units, and what a missing entry means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, get_args, get_type_hints

from simulator.crises.card import Crisis
from simulator.i18n.translation import translate
from simulator.i18n.units import NUMBER_UNITS
from simulator.levers.card import Lever
from simulator.levers.handles import HANDLES
from simulator.parameters import Model
from simulator.scenario.run import Calendar
from simulator.studies.study import Study
from simulator.world.places.territory import Territory
from simulator.world.sites.site_card import SiteCard


def declarations(cls: Any) -> Iterator[Any]:
    """The fields of a dataclass and of those inside it."""
    for item in fields(cls):
        yield item
        kind = get_type_hints(cls)[item.name]
        for inner in (kind, *get_args(kind)):
            if is_dataclass(inner) and not item.metadata.get("internal"):
                yield from declarations(inner)


CARDS = [item for cls in (Lever, Crisis, SiteCard, Territory, Study) for item in declarations(cls)]
NUMBERS = [item for cls in (Model, Calendar) for item in declarations(cls)]


def test_every_unit_is_in_the_catalogue() -> None:
    declared = {item.metadata.get("unit") or item.metadata.get("entry_unit") for item in [*CARDS, *NUMBERS]}
    assert (declared | {handle.unit for handle in HANDLES.values()}) - {None, ""} == set(NUMBER_UNITS)
    assert translate("h/week", "fr") == "h/semaine"


def test_what_a_missing_entry_means_is_said_in_french() -> None:
    required = [item for item in CARDS if item.default is MISSING and item.default_factory is MISSING]
    assert len(required) > 15
    for item in required:
        assert translate(item.metadata["doc"], "fr") != item.metadata["doc"], item.metadata["doc"]
