"""Territories: their communes and neighbourhoods, and invalid ones."""

from __future__ import annotations

import pytest

from simulator.cards.reader import build_card, read_yaml_card
from simulator.kernel.keyed_random import make_random_key
from simulator.parameters import Model
from simulator.world.build import build_world, generate_population
from simulator.world.places.layout import lay_out_all_communes
from simulator.world.places.selection import select_neighbourhoods
from simulator.world.places.territory import Territory, make_default_territory
from simulator.world.population.communes import load_commune_counts

PUBLISHED = {"three_sites", "sevran", "pantin", "clichy_sous_bois", "seine_saint_denis", "village"}


def test_every_published_territory_names_known_communes(root, cards):
    territories = {path.stem: build_card(Territory, *read_yaml_card(path))
                   for path in (root / "configs" / "territory").glob("*.yaml")}
    assert set(territories) >= PUBLISHED
    for name, territory in territories.items():
        assert name == territory.id and territory.label_fr and territory.label_en
        assert territory.margins()
        assert set(territory.sites) <= set(cards)
    assert territories["three_sites"] == make_default_territory()


def test_the_default_has_about_30_000_residents_around_three_sites(around):
    assert 27_000 <= len(around.people) <= 33_000
    real = around.sites.uid >= 0x60000000
    assert real.sum() == 3
    assert set(around.communes.code[around.sites.commune[real]].tolist()) == {93071, 93055, 93014}


def test_neighbourhoods_are_kept_whole(around):
    layouts = lay_out_all_communes(Model(), make_random_key(1))
    for row, uid in enumerate(around.neighbourhoods.uid):
        code = int(around.communes.code[around.neighbourhoods.commune[row]])
        layout = layouts[code]
        k = int(uid) - int(layout.uid[0])
        first = around.neighbourhoods.first_building[row]
        buildings = slice(first, first + around.neighbourhoods.buildings[row])
        assert around.buildings.households[buildings].sum() == layout.households[k + 1] - layout.households[k]


def test_the_whole_departement_has_39_communes_and_one_map_for_every_seed(cards):
    one, other = lay_out_all_communes(Model(), make_random_key(1)), lay_out_all_communes(Model(), make_random_key(2))
    assert list(one) == list(load_commune_counts()) and len(one) == 39
    assert all((one[code].x == other[code].x).all() for code in one)
    assert any((one[code].priority != other[code].priority).any() for code in one)
    masks = [select_neighbourhoods(make_default_territory(), layouts, cards) for layouts in (one, other)]
    sizes = [{code: mask.sum() for code, mask in each.items()} for each in masks]
    assert sizes[0] == sizes[1]


@pytest.mark.parametrize("residents", [200, 500, 1500, 5000])
@pytest.mark.parametrize("code", ["93071", "93033", "93014", "93061"])
def test_a_small_territory_has_the_requested_residents(residents, code):
    territory = Territory("small", communes=[code], residents=residents)
    assert len(generate_population(territory, Model(), make_random_key(3), {}).people) == residents


@pytest.mark.parametrize(("territory", "message"), [
    (Territory("x", communes=["75056"]), "75056"),
    (Territory("x", communes=["93071", "93055"], residents=500), "one commune"),
    (Territory("x", around_km=1.0), "at least one site"),
    (Territory("x", around_km=1.0, sites=["nowhere"]), "nowhere"),
    (Territory("x", communes=["93051"], around_km=0.5, sites=["pas_si_loin"]), "no neighbourhood"),
])
def test_an_invalid_territory_is_refused(territory, message, cards):
    with pytest.raises(ValueError, match=message):
        build_world(territory, Model(), 1, cards)
