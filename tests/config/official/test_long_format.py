"""The long format: levels, years and confidential values told apart, ages in bands that differ from ours."""

from __future__ import annotations

import io

import pytest

from simulator.config.official.long_format import build_wide_tables
from simulator.config.official.official_table import OfficialTable
from simulator.config.official.table_rows import read_text_table

HEAD = "GEO;GEO_OBJECT;FILOSOFI_MEASURE;UNIT_MEASURE;UNIT_MULT;CONF_STATUS;OBS_STATUS;TIME_PERIOD;OBS_VALUE\n"


def tables(text: str, *communes: str) -> list[OfficialTable]:
    return build_wide_tables(read_text_table(io.StringIO(text), "data.csv"), frozenset(communes))


def test_levels_years_and_status_are_told_apart() -> None:
    (table,) = tables(HEAD + "93055;COM;MED_SL;EUR_YR;0;F;A;2021;17000\n93055;COM;MED_SL;EUR_YR;0;F;A;2020;16000\n"
                      "93;DEP;MED_SL;EUR_YR;0;F;A;2021;19000\n200054781;EPCI;MED_SL;EUR_YR;0;F;A;2021;1\n"
                      "93055;COM;PR_MD60;PT;0;C;O;2021;\n93055;COM;MED_SL;EUR_YR;0;F;K;2021;99\n")
    assert not table.by_iris and list(table.rows) == ["93055"]
    assert table.read_figure("93055", "MED21") == 17000 and table.read_figure("93055", "MED20") == 16000
    assert table.read_figure("93055", "TP6021") is None


def test_arrondissements_iris_and_prefixed_codes() -> None:
    found = tables("GEO;FILOSOFI_MEASURE;TIME_PERIOD;OBS_VALUE\n2025-ARM-75101;MED_SL;2021;30000\n"
                   "2025-IRIS-751010101;MED_SL;2021;31000\n2025-EPCI-200054781;MED_SL;2021;2\n")
    assert [(table.by_iris, list(table.rows)) for table in found] == [(True, ["751010101"]), (False, ["75101"])]


def test_units_of_a_thousand() -> None:
    (table,) = tables(HEAD + "93055;COM;MED_SL;EUR_YR;3;F;A;2021;17,5\n")
    assert table.read_figure("93055", "MED21") == 17500


def test_only_communes_asked_for_are_kept_and_all_are_known() -> None:
    (table,) = tables(HEAD + "93055;COM;MED_SL;EUR_YR;0;F;A;2021;1\n93048;COM;MED_SL;EUR_YR;0;F;A;2021;2\n", "93048")
    assert list(table.rows) == ["93048"] and table.codes == {"93048", "93055"}


@pytest.mark.parametrize(("bands", "wide", "is_even"), [
    ({"Y_LT15": 20, "Y15T29": 20, "Y30T44": 20, "Y45T59": 20, "Y60T74": 10, "Y75T89": 8, "Y_GE90": 2},
     (20, 20, 20, 20, 10, 10), False),
    ({"Y_LT5": 5, "Y5T9": 5, "Y10T14": 10, "Y15T19": 10, "Y20T24": 5, "Y25T29": 5, "Y30T44": 20, "Y45T59": 20,
      "Y60T74": 10, "Y_GE75": 10, "Y_LT20": 30}, (20, 20, 20, 20, 10, 10), False),
    ({"Y_LT15": 20, "Y15T24": 10, "Y25T39": 30, "Y40T54": 15, "Y55T64": 10, "Y65T79": 12, "Y_GE80": 3},
     (20, 20, 25, 15, 13, 7), True),
])
def test_ages(bands: dict[str, int], wide: tuple[int, ...], is_even: bool) -> None:
    text = "AGE;GEO;GEO_OBJECT;RP_MEASURE;SEX;TIME_PERIOD;OBS_VALUE\n" + "".join(
        f"{age};93055;COM;POP;{sex};2022;{n}\n" for age, n in {**bands, "_T": 100}.items() for sex in ("_T", "F"))
    (table,) = tables(text)
    names = ("POP0014", "POP1529", "POP3044", "POP4559", "POP6074", "POP75P")
    assert [table.read_figure("93055", f"P22_{name}") for name in names] == pytest.approx(list(wide))
    assert table.even_ages == is_even and table.read_figure("93055", "P22_POP") == 100


def test_a_gap_in_the_ages_gives_none() -> None:
    (table,) = tables("AGE;GEO;GEO_OBJECT;RP_MEASURE;SEX;TIME_PERIOD;OBS_VALUE\nY_LT15;93055;COM;POP;_T;2022;20\n"
                      "Y_GE20;93055;COM;POP;_T;2022;80\n_T;93055;COM;POP;_T;2022;100\n")
    assert not table.columns
