"""Names that changed: each new name exists, no old one is still valid, and a message says where it went."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace

import pytest

from simulator.analysis.effects.outcomes import OUTCOMES
from simulator.cards import renamed
from simulator.cards.reader import CardError, read_yaml_card
from simulator.config.cards.field_types import resolve_field_type
from simulator.config.errors import UsageError
from simulator.crises.card import Crisis, ExposedServices, NeedRates, Services, parse_crisis
from simulator.levers.active_lever import activate_levers
from simulator.levers.card import Lever, NeighbourhoodRule, NewSites, parse_lever
from simulator.levers.handles import HANDLES
from simulator.parameters import Model, ParameterGroup
from simulator.records.schema import EFFECTS_SCHEMA, TABLE_SCHEMAS
from simulator.scenario.run import Calendar
from simulator.world.places.place import Neighbourhoods
from simulator.world.population.people import People, Ties
from simulator.world.sites.site import Sites
from simulator.world.sites.site_card import SiteCard
from tests.crises.example import CARDS
from tests.levers.example import CARDS as LEVER_CARDS
from tests.levers.example import shipped

CLASSES = {kind.__name__: kind for kind in (
    Model, *ParameterGroup.__subclasses__(), Lever, Crisis, NeedRates, Services, ExposedServices, SiteCard)}
RECORDS = {**TABLE_SCHEMAS, "effects": EFFECTS_SCHEMA}
STATE = {"people": People, "neighbourhoods": Neighbourhoods, "ties": Ties, "sites": Sites}


@pytest.mark.parametrize(("owner", "old", "new"), renamed.list_renamed_names(renamed.FIELDS))
def test_fields(owner: str, old: str, new: str) -> None:
    declared = {item.name for item in fields(CLASSES[owner])}
    assert new in declared and old not in declared


@pytest.mark.parametrize(("owner", "gone", "instead"), renamed.list_renamed_names(renamed.REMOVED))
def test_removed_fields(owner: str, gone: str, instead: str) -> None:
    assert gone not in {item.name for item in fields(CLASSES[owner])} and instead
    for name in re.findall(r"model\.(\w+)\.(\w+)", instead):
        assert hasattr(getattr(Model(), name[0]), name[1])


def test_removed_settings_are_refused_with_what_there_is_instead() -> None:
    groups = {type(getattr(Model(), item.name)).__name__: item.name for item in fields(Model)
              if is_dataclass(getattr(Model(), item.name))}
    removed = [(groups[owner], *names) for owner, *names in renamed.list_renamed_names(renamed.REMOVED)
               if owner in groups]
    assert len(removed) > 10
    for group, gone, instead in removed:
        with pytest.raises(UsageError, match=re.escape(f"'model.{group}.{gone}': there is {instead} instead")):
            resolve_field_type(Model, [group, gone], f"model.{group}.{gone}", "model")


@pytest.mark.parametrize(("gone", "instead"), renamed.REMOVED_HANDLES.items())
def test_removed_handles(gone: str, instead: str) -> None:
    assert gone not in HANDLES and set(instead.split(", ")) <= set(HANDLES)
    lever = shipped("fans")
    old = replace(lever, modifiers=[replace(lever.modifiers[0], handle=gone)])
    with pytest.raises(CardError, match=f"{gone} is no longer a handle: there is {instead} instead"):
        activate_levers([old], Calendar())


def test_entries_that_were_numbers_say_what_they_are_now() -> None:
    card = read_yaml_card(CARDS / "flood.yaml")[0]
    with pytest.raises(CardError, match=r"^card: damage = 0\.15: expected \{homes: …, equipment: .*need_weight; write"):
        parse_crisis(card | {"damage": 0.15})
    with pytest.raises(CardError, match=r"^card: damage_by is no longer an entry: there is damage: \{homes: …"):
        parse_crisis(card | {"damage_by": "need"})
    fans = read_yaml_card(LEVER_CARDS / "fans.yaml")[0]
    with pytest.raises(CardError, match=r"^card: target.without_kit.* expected one of .*cooling.*; correct"):
        parse_lever(fans | {"target": {"without_kit": True}})


@pytest.mark.parametrize(("table", "old", "new"), renamed.list_renamed_names(renamed.COLUMNS))
def test_columns_of_records(table: str, old: str, new: str) -> None:
    assert new in RECORDS[table] and old not in RECORDS[table]


@pytest.mark.parametrize(("table", "old", "new"), renamed.list_renamed_names(renamed.STATE_COLUMNS))
def test_columns_of_the_world(table: str, old: str, new: str) -> None:
    assert new in STATE[table].columns() and old not in STATE[table].columns()


@pytest.mark.parametrize(("names", "known"), [(renamed.HANDLES, HANDLES), (renamed.OUTCOMES, OUTCOMES)],
                         ids=["handles", "outcomes"])
def test_handles_and_outcomes(names: dict[str, str], known: dict[str, object]) -> None:
    assert set(names.values()) <= set(known) and not set(names) & set(known)


def test_choices() -> None:
    for kind in (NeighbourhoodRule, NewSites):
        choices = next(item for item in fields(kind) if item.name == "by").metadata["choices"]
        assert set(renamed.CHOICES.values()) <= set(choices) and not set(renamed.CHOICES) & set(choices)


def test_needs_of_a_domain_have_its_name() -> None:
    assert renamed.find_renamed_column("met_institution_care") == "met_institution_assistance"
    assert renamed.find_renamed_column("new_know") in TABLE_SCHEMAS["series"]
    assert renamed.find_renamed_column("met_site_food") is None


def test_an_entry_that_is_gone_is_refused_with_what_there_is_instead() -> None:
    card = read_yaml_card(CARDS / "heatwave.yaml")[0] | {"mortality_slope": 3.5}
    with pytest.raises(CardError, match=r"^card: mortality_slope is no longer an entry: there is heat: .* instead"):
        parse_crisis(card)


def test_an_old_entry_of_a_card_is_refused_with_the_new_one() -> None:
    card = read_yaml_card(CARDS / "heatwave.yaml")[0] | {"needs": {"kit": {"base": 1.0}}}
    with pytest.raises(CardError,
                       match=r"^card: needs.kit is not known: renamed to equipment in 0.6.1; write that name"):
        parse_crisis(card)
