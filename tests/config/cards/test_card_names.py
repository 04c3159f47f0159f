"""Cards and communes by the names people use; a refusal suggests names that help."""

from __future__ import annotations

import pytest

from simulator.config.cards.card_files import find_shipped_configs, list_card_names
from simulator.config.cards.card_names import CARD_WORDS, find_card_name, name_card_in_word, suggest_cards
from simulator.config.cards.catalogue import load_cards
from simulator.config.compose import compose_config
from simulator.config.errors import UsageError
from simulator.config.job import Job, resolve_job
from simulator.config.places.place_names import EPT_COMMUNES, find_named_place, simplify_name, suggest_places
from simulator.i18n.translation import localise
from simulator.kernel.keyed_random import make_random_key
from simulator.parameters import Model
from simulator.scenario.run import Run
from simulator.studies.run_content import rebuild_run
from simulator.world.places.layout import lay_out_all_communes
from simulator.world.places.selection import select_neighbourhoods
from simulator.world.population.communes import load_commune_counts

FOLDERS = [find_shipped_configs()]


def job(*words: str) -> Job:
    return resolve_job("compare", compose_config("compare", list(words), []))


@pytest.mark.parametrize(("group", "word", "name"), [
    ("crisis", "canicule", "heatwave"), ("crisis", "CANICULE", "heatwave"), ("crisis", "Heat wave", "heatwave"),
    ("crisis", "coupure d'électricité", "power_cut"), ("crisis", "Panne de courant", "power_cut"),
    ("crisis", "émeutes", "unrest"), ("crisis", "confinement", "lockdown"), ("crisis", "power-cut", "power_cut"),
    ("lever", "coordinateur", "coordinator"), ("lever", "Porte-à-porte", "outreach"), ("lever", "ventilateurs", "fans"),
    ("lever", "Registre des personnes vulnérables et chaîne d'appels", "phone_tree_and_register"),
    ("lever", "tous", "all"), ("crisis", "aucune", "none"), ("crisis", "tremblement de terre", ""), ("lever", "un", ""),
    ("site", "Jardin partagé", "garden"), ("territory", "Trois lieux", "three_sites"), ("territory", "Saint-Denis", ""),
])
def test_a_card_by_any_of_its_names(group: str, word: str, name: str) -> None:
    assert find_card_name(group, word, FOLDERS) == name


@pytest.mark.parametrize("group", list(CARD_WORDS))
def test_every_word_for_a_card_is_of_one_that_exists(group: str) -> None:
    known = list_card_names(group, FOLDERS)
    assert set(CARD_WORDS[group].values()) <= set(known)
    assert all(find_card_name(group, word, FOLDERS) == name for word, name in CARD_WORDS[group].items())


@pytest.mark.parametrize("group", ["lever", "crisis", "territory", "site"])
def test_the_project_s_own_cards_have_both_labels(group: str) -> None:
    for found in load_cards(group, FOLDERS):
        assert found.card.label_fr and found.card.label_en, found.name


def test_names_stand_in_settings_too() -> None:
    found = job("crisis=canicule", "crisis.Canicule.severity=1.5", "lever=[Coordinateur,outreach]",
                "lever.coordinateur.dose=2", "arms={A:[coordinateur],B:{outreach:2}}")
    assert found.baseline.scenario.crises[0].severity == 1.5 and found.levers[0].dose == 2
    assert [lever.id for lever in found.named_portfolios["A"]] == ["coordinator"]
    assert name_card_in_word("results=crisis.canicule.x=2", FOLDERS) == "results=crisis.canicule.x=2"


def test_a_refusal_suggests_cards_with_their_labels() -> None:
    assert suggest_cards("crisis", "canicul", FOLDERS) == ("heatwave (Heat wave)",)
    with pytest.raises(UsageError, match=r"heatwave \(Heat wave\)"):
        job("crisis=canicul")
    assert suggest_places("Noisy") == "Noisy-le-Grand, Noisy-le-Sec"
    with pytest.raises(UsageError, match="nearest: Noisy-le-Grand.*territory.data"):
        job("territory=Noisy")


def test_the_four_ept_hold_every_commune_once() -> None:
    codes = [code for communes in EPT_COMMUNES.values() for code in communes]
    assert sorted(map(int, codes)) == sorted(load_commune_counts())


def test_every_commune_by_its_name() -> None:
    for code, one in load_commune_counts().items():
        for name in (one.name, one.name.upper(), simplify_name(one.name), one.name.replace("-", " "), f"{code}"):
            place = find_named_place([name])
            assert place is not None and place.communes == [f"{code:05d}"] and place.label_fr == one.name, name


@pytest.mark.parametrize(("word", "place_id", "label", "communes"), [
    ("la_courneuve", "la_courneuve", "La Courneuve", ["93027"]),
    ("La Courneuve", "la_courneuve", "La Courneuve", ["93027"]),
    ("[pantin,La Courneuve]", "pantin__la_courneuve", "Pantin et La Courneuve", ["93055", "93027"]),
    ("Pantin et Sevran", "pantin__sevran", "Pantin et Sevran", ["93055", "93071"]),
    ("pantin__la_courneuve", "pantin__la_courneuve", "Pantin et La Courneuve", ["93055", "93027"]),
    ("[93027, 93055]", "la_courneuve__pantin", "La Courneuve et Pantin", ["93027", "93055"]),
    ("Est Ensemble", "est_ensemble", "Est Ensemble", list(EPT_COMMUNES["Est Ensemble"])),
    ("L'Île-Saint-Denis", "l_ile_saint_denis", "L'Île-Saint-Denis", ["93039"]),
    ("[Bondy,Bobigny,Drancy,Pantin]", "bondy__bobigny__drancy__pantin", "4 communes",
     ["93010", "93008", "93029", "93055"])])
def test_a_territory_by_name(word: str, place_id: str, label: str, communes: list[str]) -> None:
    territory = job(f"territory={word}").baseline.scenario.territory
    assert (territory.id, territory.label_fr, territory.communes) == (place_id, label, communes)
    assert job(f"territory={territory.id}").baseline.id == job(f"territory={word}").baseline.id


def test_the_label_follows_the_communes_chosen() -> None:
    territory = job("territory=pantin", "territory.communes=[La Courneuve, 93055]").baseline.scenario.territory
    assert territory.label_fr == "La Courneuve et Pantin" and territory.label_en == "La Courneuve and Pantin"
    kept = job("territory=pantin", "territory.communes=[93027]", "territory.label_fr=Mon quartier")
    assert kept.baseline.scenario.territory.label_fr == "Mon quartier"


def test_around_an_address_point() -> None:
    """Whole neighbourhoods near the point, in every commune they lie in, and no site that is not there."""
    found = job("territory=autour d'un lieu", "territory.point=2.4012, 48.8934", "territory.around_km=0.5").baseline
    territory = found.scenario.territory
    assert territory.points == [[2.4012, 48.8934]] and "0,5 km" in territory.label_fr and not territory.sites
    layouts = lay_out_all_communes(Model(), make_random_key(1))
    masks = select_neighbourhoods(territory, layouts, {})
    assert 93055 in masks and sum(int(mask.sum()) for mask in masks.values()) >= 1
    for code, mask in masks.items():
        near = [(x, y) for x, y in zip(layouts[code].x[mask], layouts[code].y[mask])]
        assert near and code in territory.margins()
    assert rebuild_run(found.content(), found.id) == found
    assert job("territory.point=48.8934 2.4012", "territory.around_km=0.5").baseline.scenario.territory == territory


@pytest.mark.parametrize(("point", "says"), [("5.37 43.3", "outside Seine-Saint-Denis"),
                                             ("Pantin", "expected longitude"),
                                             ("100 200", "outside France"), ("2,4 48,9", "expected longitude")])
def test_no_address_point(point: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        job(f"territory.point={point}")


def test_a_territory_without_points_keeps_its_id() -> None:
    run: Run = job("territory=pantin").baseline
    assert "points" not in run.content()["scenario"]["territory"]


def test_a_refusal_shows_labels_in_the_reader_s_language() -> None:
    with pytest.raises(UsageError) as refusal:
        job("crisis=canicul")
    assert "heatwave (Canicule)" in localise(refusal.value, "fr")
    assert "Canicule" not in localise(refusal.value, "en") and "(Heat wave)" in localise(refusal.value, "en")
