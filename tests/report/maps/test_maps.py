import numpy as np
import pytest

from simulator.i18n.map_texts import MAP
from simulator.i18n.number import number
from simulator.records.record import cast
from simulator.records.schema import NEIGHBOURHOODS
from simulator.report.brief.case import case
from simulator.report.maps.layers import by_place, layers, loss_per_thousand
from simulator.report.maps.maps import maps, place_table, places, ties, where
from simulator.report.maps.places import in_groups
from tests.analysis.fake_runs import fake_study
from tests.report.brief.test_page import kept

HELPED, SAVED = 2, 0.4
"""Neighbourhoods from this one on gain nothing; the others lose so much less."""


def mapped(seeds=4):
    """Records of one lever that helps in the first two of six neighbourhoods, which lie in pairs far apart."""
    records = fake_study(seeds, ("outreach",))
    for record in records:
        lever, seed = bool(record.content["levers"]), int(record.content["seed"])
        luck = np.random.default_rng([seed, lever]).normal(0, 1, 6)
        z = np.arange(6)
        table = {name: np.ones(6) for name in NEIGHBOURHOODS if name != "run"}
        loss = 500.0 + 10 * np.random.default_rng(seed).normal(0, 1, 6) + luck
        table.update(uid=z, commune=np.full(6, 93071), x=4.0 * (z // 2) + 0.5 * (z % 2), y=np.zeros(6),
                     n=np.full(6, 2500), loss=np.where((z < HELPED) & lever, SAVED * loss, loss),
                     in_need=np.full(6, 1000), never_reached=np.full(6, 20))
        record.tables["neighbourhoods"] = cast("neighbourhoods", table, record.run_id)
    return records


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    return case(kept(tmp_path_factory.mktemp("maps"), mapped()), "en")


def test_places_add_up_and_doubt_is_marked(told):
    home = in_groups(places(told))
    found = {layer.name: layer for layer in layers(told, home)}
    change = found["loss_change"].values
    helped = home[0]
    assert len(change) == 3 and [place for place, one in change.items() if one.sure] == [helped]
    runs = [told.opened.of("neighbourhoods", str(told.baseline.runs[seed].run["run"])) for seed in told.seeds]
    expected = np.mean([1000 * run["loss"][:2].sum() / run["n"][:2].sum() for run in runs])
    assert found["loss"].values[helped].value == pytest.approx(expected)
    assert change[helped].value == pytest.approx(-(1 - SAVED) * expected, rel=0.05)
    assert all(one.value == pytest.approx(20.0) for one in found["unreached"].values.values())


def test_all_neighbourhoods_together_lose_what_the_territory_loses(told):
    everywhere = {uid: "all" for uid in in_groups(places(told))}
    whole = by_place(told.opened, told.baseline, told.seeds, everywhere, loss_per_thousand)["all"]
    runs = [told.opened.of("neighbourhoods", str(told.baseline.runs[seed].run["run"])) for seed in told.seeds]
    assert whole == pytest.approx([1000 * run["loss"].sum() / run["n"].sum() for run in runs])


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_map_has_its_table_and_states_what_it_found(told, lang):
    told.lang = lang
    sheets = {sheet.name: sheet for sheet in maps(told)}
    assert list(sheets) == ["map_loss", "map_unreached", "map_loss_change", "map_unreached_change", "map_ties"]
    assert ("1 of 3" if lang == "en" else "1 des 3") in sheets["map_loss_change"].picture.title
    shown = sheets["map_loss_change"].picture.figure.axes[0]
    texts = {text.get_text() for text in shown.texts}
    assert number(sheets["map_loss_change"].rows[0][3], lang, 0, True) in texts
    assert sum(patch.get_hatch() is not None for patch in shown.patches) == 4
    assert all(sheet.rows and sheet.picture.alt for sheet in sheets.values())


def test_a_brief_shows_maps_side_by_side_with_a_table(told):
    told.lang = "en"
    shown = where(told)
    assert shown.picture.figure.axes and "not settled" not in shown.note
    assert [row[-1] for row in place_table(shown, "en").rows].count("settled") == 1
    assert "within one neighbourhood" in ties(told).picture.title


def test_what_cannot_be_mapped_is_refused(tmp_path):
    small = fake_study(1, ("outreach",))
    for record in small:
        record.tables["neighbourhoods"]["n"][:] = 20
    few = case(kept(tmp_path / "few", small), "en")
    assert where(few) is None
    with pytest.raises(ValueError, match="too few residents"):
        maps(few)
    calm = mapped(1)
    for record in calm:
        record.tables["runs"]["onset"][0] = -1
    with pytest.raises(ValueError, match="no map"):
        maps(case(kept(tmp_path / "calm", calm), "en"))


def test_every_word_of_a_map_has_both_languages_and_the_same_blanks():
    import string

    for key, pair in MAP.items():
        blanks = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in pair]
        assert len(pair) == 2 and all(pair) and blanks[0] == blanks[1], key
