"""The card of a real event: the run that stands for it, and the published figures it is scored on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...cards.errors import CardLocation, make_card_error, quote_value
from ...cards.reader import build_card, card_entry, check_id
from ...i18n.translation import Message, mark
from .measures import MEASURES

USES = ("calibration", "check")
"""What a row was used for: to set a number of the model, or to check it only."""

OMISSION_REASONS = {
    "input": mark("it describes the event itself: what the run is given"),
    "other_population": mark("it speaks of people or places that the run does not have"),
    "no_counterpart": mark("nothing in the model stands for it"),
    "effect_of_a_lever": mark("it is the effect of an action, scored where that action is compared"),
    "tested_apart": mark("it needs other runs than this one, and is tested on them"),
    "second_hand": mark("the figure was not read at its source"),
    "context": mark("it counts something else than what the model plays"),
}
"""The only reasons for which a published figure of an event is left out."""


@dataclass
class EventRow:
    """One published figure and how it is measured on the records of a run."""

    id: str = card_entry(doc=mark("short name of the figure"))
    quantity_en: str = card_entry(doc=mark("what was counted, in English"))
    quantity_fr: str = card_entry(doc=mark("the same in French"))
    value: float = card_entry(doc=mark("published value"))
    unit: str = card_entry(doc=mark("its unit; % for a share"))
    measure: str = card_entry(doc=mark("how it is measured on records"), choices=tuple(MEASURES))
    source: str = card_entry(doc=mark("where it was published"))
    address: str = card_entry("", doc=mark("where it can be opened"))
    low: float | None = card_entry(None, doc=mark("low end of the published interval"))
    high: float | None = card_entry(None, doc=mark("high end of it"))
    at: float = card_entry(0.0, doc=mark("day since onset, age, or other argument of the measure"))
    use: str = card_entry("check", doc=mark("whether it set a number of the model or checks it only"), choices=USES)


@dataclass
class Omission:
    """A published figure of the event that is not scored, and why."""

    id: str = card_entry(doc=mark("short name of the figure"))
    quantity_en: str = card_entry(doc=mark("what was counted, in English"))
    quantity_fr: str = card_entry(doc=mark("the same in French"))
    reason: str = card_entry(doc=mark("why it is not scored"), choices=tuple(OMISSION_REASONS))


@dataclass
class EventCard:
    """A real crisis as a run: settings as on the command line, who stands in, and published figures."""

    id: str = card_entry(doc=mark("short name: small letters, digits and _"))
    label_fr: str = card_entry(doc=mark("French name"))
    label_en: str = card_entry(doc=mark("English name"))
    crisis: str = card_entry(doc=mark("crisis card that stands for it"))
    stand_in_fr: str = card_entry(doc=mark("which population stands in and what share is hit, in French"))
    stand_in_en: str = card_entry(doc=mark("the same in English"))
    settings: list[str] = card_entry(list, doc=mark("settings of the run, each written name=value"))
    rows: list[EventRow] = card_entry(list, doc=mark("published figures that are scored"))
    left_out: list[Omission] = card_entry(list, doc=mark("published figures that are not, with the reason"))

    def check(self, where: CardLocation | str = "card") -> None:
        """CardError for an impossible id, no row, a row listed twice, or an interval upside down."""
        place = CardLocation(where) if isinstance(where, str) else where
        check_id(place, self.id)
        if not self.rows:
            raise make_card_error(place, ("rows",), Message("is empty"), Message("at least one published figure"),
                                  Message("add it"))
        seen: set[str] = set()
        listed = [(("rows", k, "id"), row.id) for k, row in enumerate(self.rows)]
        listed += [(("left_out", k, "id"), omission.id) for k, omission in enumerate(self.left_out)]
        for path, name in listed:
            if name in seen:
                raise make_card_error(place, path, quote_value(name), Message("each figure once"),
                                      Message("remove or rename one"))
            seen.add(name)
        for k, row in enumerate(self.rows):
            if (row.low is None) != (row.high is None) or (row.low is not None and row.high is not None
                                                           and row.low > row.high):
                raise make_card_error(place, ("rows", k, "low"), quote_value(row.low),
                                      Message("low and high together, low first"), Message("correct it"))


def parse_event(mapping: Mapping[str, Any], where: CardLocation | str = "card") -> EventCard:
    """An event from plain data. CardError says what is wrong, where, and what to do."""
    card = build_card(EventCard, mapping, where)
    card.check(where)
    return card
