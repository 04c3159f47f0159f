import numpy as np
import pytest

from simulator.i18n.number_format import format_number
from simulator.records.record import cast_columns
from simulator.records.schema import NEIGHBOURHOODS_SCHEMA
from simulator.report.brief.case import select_case
from simulator.report.maps.comparison_maps import (
    build_map_sheets,
    build_place_table,
    draw_brief_map,
    draw_brief_tie_map,
    read_neighbourhoods,
)
from simulator.report.maps.layers import build_map_layers, loss_per_thousand, measure_by_place
from simulator.report.maps.neighbourhoods import map_to_groups
from tests.analysis.fake_runs import fake_study
from tests.report.brief.test_page import save_and_open

HELPED, SAVED = 2, 0.4
"""Neighbourhoods below the first number lose this share of what they lose without the lever."""


def make_mapped_records(seeds=4):
    """Records of one lever that helps in the first two of six neighbourhoods, which lie in pairs far apart."""
    records = fake_study(seeds, ("outreach",))
    for record in records:
        lever, seed = bool(record.content["levers"]), int(record.content["seed"])
        luck = np.random.default_rng([seed, lever]).normal(0, 1, 6)
        z = np.arange(6)
        table = {name: np.ones(6) for name in NEIGHBOURHOODS_SCHEMA if name != "run"}
        loss = 500.0 + 10 * np.random.default_rng(seed).normal(0, 1, 6) + luck
        table.update(uid=z, commune=np.full(6, 93071), x=4.0 * (z // 2) + 0.5 * (z % 2), y=np.zeros(6),
                     n=np.full(6, 2500), loss=np.where((z < HELPED) & lever, SAVED * loss, loss),
                     in_need=np.full(6, 1000), never_reached=np.full(6, 20))
        record.tables["neighbourhoods"] = cast_columns("neighbourhoods", table, record.run_id)
    return records


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    return select_case(save_and_open(tmp_path_factory.mktemp("maps"), make_mapped_records()), "en")


def test_places_add_up_and_uncertainty_is_marked(case):
    home = map_to_groups(read_neighbourhoods(case))
    found = {layer.name: layer for layer in build_map_layers(case, home)}
    change = found["loss_change"].values
    helped = home[0]
    assert len(change) == 3 and [place for place, one in change.items() if one.certain] == [helped]
    runs = [case.opened.of("neighbourhoods", str(case.baseline.runs[seed].run["run"])) for seed in case.seeds]
    expected = np.mean([1000 * run["loss"][:2].sum() / run["n"][:2].sum() for run in runs])
    assert found["loss"].values[helped].value == pytest.approx(expected)
    assert change[helped].value == pytest.approx(-(1 - SAVED) * expected, rel=0.05)
    assert all(one.value == pytest.approx(20.0) for one in found["unreached"].values.values())


def test_all_neighbourhoods_together_lose_what_the_territory_loses(case):
    everywhere = {uid: "all" for uid in map_to_groups(read_neighbourhoods(case))}
    whole = measure_by_place(case.opened, case.baseline, case.seeds, everywhere, loss_per_thousand)["all"]
    runs = [case.opened.of("neighbourhoods", str(case.baseline.runs[seed].run["run"])) for seed in case.seeds]
    assert whole == pytest.approx([1000 * run["loss"].sum() / run["n"].sum() for run in runs])


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_map_has_its_table_and_states_what_it_found(case, lang):
    case.lang = lang
    sheets = {sheet.name: sheet for sheet in build_map_sheets(case)}
    assert list(sheets) == ["map_loss", "map_unreached", "map_loss_change", "map_unreached_change", "map_ties"]
    assert ("1 of 3" if lang == "en" else "1 des 3") in sheets["map_loss_change"].picture.title
    shown = sheets["map_loss_change"].picture.figure.axes[0]
    texts = {text.get_text() for text in shown.texts}
    assert format_number(sheets["map_loss_change"].rows[0][3], lang, 0, True) in texts
    assert sum(patch.get_hatch() is not None for patch in shown.patches) == 2
    assert all(sheet.rows and sheet.picture.alt_text for sheet in sheets.values())


def test_a_brief_shows_maps_side_by_side_with_a_table(case):
    case.lang = "en"
    shown = draw_brief_map(case)
    assert shown.picture.figure.axes and "not settled" not in shown.note
    assert [row[-1] for row in build_place_table(shown, "en").rows].count("settled") == 1
    assert "within one neighbourhood" in draw_brief_tie_map(case).picture.title


def test_what_cannot_be_mapped_is_refused(tmp_path):
    small = fake_study(1, ("outreach",))
    for record in small:
        record.tables["neighbourhoods"]["n"][:] = 20
    few = select_case(save_and_open(tmp_path / "few", small), "en")
    assert draw_brief_map(few) is None
    with pytest.raises(ValueError, match="too few residents"):
        build_map_sheets(few)
    calm = make_mapped_records(1)
    for record in calm:
        record.tables["runs"]["onset"][0] = -1
    with pytest.raises(ValueError, match="no map"):
        build_map_sheets(select_case(save_and_open(tmp_path / "calm", calm), "en"))
