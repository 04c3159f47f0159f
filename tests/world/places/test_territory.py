"""Territories: which communes and neighbourhoods they have, and what they refuse."""

from __future__ import annotations

import pytest

from simulator.cards.reader import build as build_card
from simulator.cards.reader import read
from simulator.kernel.random import key
from simulator.parameters import Model
from simulator.world.build import build, populate
from simulator.world.places.layout import lay_out_all
from simulator.world.places.selection import keep
from simulator.world.places.territory import Territory, three_sites
from simulator.world.population.communes import communes

PUBLISHED = {"three_sites", "sevran", "pantin", "clichy_sous_bois", "seine_saint_denis", "village"}


def test_every_published_territory_names_known_communes(root, cards):
    made = {path.stem: build_card(Territory, *read(path)) for path in (root / "configs" / "territory").glob("*.yaml")}
    assert set(made) >= PUBLISHED
    for name, territory in made.items():
        assert name == territory.id and territory.label_fr and territory.label_en
        assert territory.margins()
        assert set(territory.sites) <= set(cards)
    assert made["three_sites"] == three_sites()


def test_the_default_has_about_30_000_residents_around_three_sites(around):
    assert 27_000 <= len(around.people) <= 33_000
    real = around.sites.uid >= 0x60000000
    assert real.sum() == 3
    assert set(around.communes.code[around.sites.commune[real]].tolist()) == {93071, 93055, 93014}


def test_neighbourhoods_are_kept_whole(around):
    layouts = lay_out_all(Model(), key(1))
    for row, uid in enumerate(around.neighbourhoods.uid):
        code = int(around.communes.code[around.neighbourhoods.commune[row]])
        layout = layouts[code]
        place = int(uid) - int(layout.uid[0])
        first = around.neighbourhoods.first_building[row]
        inside = slice(first, first + around.neighbourhoods.buildings[row])
        assert around.buildings.households[inside].sum() == layout.households[place + 1] - layout.households[place]


def test_the_whole_departement_has_39_communes_and_one_map_for_every_seed(cards):
    one, other = lay_out_all(Model(), key(1)), lay_out_all(Model(), key(2))
    assert list(one) == list(communes()) and len(one) == 39
    assert all((one[code].x == other[code].x).all() for code in one)
    assert any((one[code].priority != other[code].priority).any() for code in one)
    kept = [{c: v.sum() for c, v in keep(three_sites(), layouts, cards).items()} for layouts in (one, other)]
    assert kept[0] == kept[1]


@pytest.mark.parametrize("residents", [200, 500, 1500, 5000])
@pytest.mark.parametrize("code", ["93071", "93033", "93014", "93061"])
def test_a_small_territory_has_the_residents_asked_for(residents, code):
    one = populate(Territory("small", communes=[code], residents=residents), Model(), key(3), {})
    assert len(one.people) == residents


@pytest.mark.parametrize(("territory", "words"), [
    (Territory("x", communes=["75056"]), "75056"),
    (Territory("x", communes=["93071", "93055"], residents=500), "one commune"),
    (Territory("x", around_km=1.0), "at least one site"),
    (Territory("x", around_km=1.0, sites=["nowhere"]), "nowhere"),
    (Territory("x", communes=["93051"], around_km=0.5, sites=["pas_si_loin"]), "no neighbourhood"),
])
def test_a_territory_that_cannot_be_is_refused_in_words(territory, words, cards):
    with pytest.raises(ValueError, match=words):
        build(territory, Model(), 1, cards)
