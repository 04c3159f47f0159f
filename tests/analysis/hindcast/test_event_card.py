"""Event cards: all shipped ones are sound; every published figure is scored, or left out with a reason."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from simulator.analysis.hindcast.event_card import OMISSION_REASONS, parse_event
from simulator.analysis.hindcast.measures import MEASURES
from simulator.cards.reader import CardError
from simulator.config.cards.card_files import list_card_names, list_config_folders
from simulator.config.cards.catalogue import load_cards

FOLDERS = list_config_folders([])
EVENTS = [found.card for found in load_cards("event", FOLDERS)]
FACTS = Path(__file__).parents[4] / "shared" / "facts" / "events.csv"


def test_each_crisis_is_held_against_an_event():
    assert {event.crisis for event in EVENTS} >= {"heatwave", "heatwave_2003", "lockdown", "flood", "power_cut",
                                                  "price_shock", "housing_evacuation", "unrest", "closure",
                                                  "lift_or_heating_failure"}
    assert {event.crisis for event in EVENTS} <= set(list_card_names("crisis", FOLDERS))


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.id)
def test_every_figure_has_a_measure_and_a_source(event):
    assert all(row.measure in MEASURES and row.source and row.quantity_fr for row in event.rows)
    assert all(row.reason in OMISSION_REASONS for row in event.left_out)


@pytest.mark.skipif(not FACTS.exists(), reason="the collected figures are not here")
def test_every_collected_figure_is_scored_or_left_out():
    names = {row.id.rstrip("abc") for event in EVENTS for row in (*event.rows, *event.left_out)}
    with open(FACTS, encoding="utf-8", newline="") as file:
        assert {row["id"] for row in csv.DictReader(file)} <= names


@pytest.mark.parametrize(("entry", "value", "words"), [
    ("measure", "no_such", "measure"), ("low", 5.0, "low and high together"), ("use", "guess", "use")])
def test_a_faulty_row_is_refused_in_one_line(entry, value, words):
    row = {"id": "X", "quantity_en": "a", "quantity_fr": "b", "value": 1.0, "unit": "%", "measure": "adults_in_need",
           "source": "s", entry: value}
    card = {"id": "event", "label_fr": "é", "label_en": "e", "crisis": "flood", "stand_in_fr": "", "stand_in_en": "",
            "rows": [row]}
    with pytest.raises(CardError) as refused:
        parse_event(card)
    assert words in str(refused.value) and "\n" not in str(refused.value)
