"""The reference screening, for comparisons without a screening of their own."""

from __future__ import annotations

import csv
import re
from importlib import resources

import pytest

from simulator.i18n.translation import translate
from simulator.parameters import Model
from simulator.report.sheets.reference_screening import (
    GROUP_MEANINGS,
    SCREENING_COLUMNS,
    _read_screening_table,
    format_reference_screening,
)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_reference_screening_of_the_first_crises_is_reported(lang) -> None:
    crises = {"heatwave": "Été brûlant", "flood": "Crue", "unrest": "Émeutes", "mine": "À moi"}
    text = format_reference_screening(crises, lang)
    assert text.count("Été brûlant, ") == 1 and "Crue, " in text and "Émeutes" not in text, "the first two"
    assert "lean=40" in text and "0." in text and "{" not in text and "nan" not in text
    plain = format_reference_screening({"heatwave": "Été brûlant"}, lang, plain=True)
    assert "start" not in plain.replace("start from", "") and translate(GROUP_MEANINGS["start"], lang) in plain
    assert len(re.findall(r"\d(?: \([^)]*\))? (?:avec|with) ", text)) == 6, "three numbers each"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_crisis_never_screened_is_reported_as_not_measured(lang) -> None:
    for crises in ({"mine": "À moi"}, {}):
        text = format_reference_screening(crises, lang)
        assert {"fr": "n'ont pas été mesurés", "en": "has not been measured"}[lang] in text


def test_every_crisis_of_today_was_screened_by_numbers_that_exist() -> None:
    with (resources.files("configs") / "screening" / "leaning.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == SCREENING_COLUMNS
    cards = {name: {one.name.removesuffix(".yaml") for one in (resources.files("configs") / name).iterdir()
                    if one.name.endswith(".yaml")} for name in ("crisis", "lever")}
    since = {"heatwave_2003", "storm_power_cut"}
    assert {row["crisis"] for row in rows} == cards["crisis"] - since, "all but those added since"
    assert {row["group"].removeprefix("model.").partition(".")[0] for row in rows} <= set(GROUP_MEANINGS)
    assert {row["arm"] for row in rows} <= cards["lever"]
    for row in rows:
        for name in row["numbers"].split("+"):
            group, part, *rest = name.split(".")
            assert (group == "model" and hasattr(getattr(Model(), part), rest[0])) or part in cards[group], name
        assert float(row["effect"]) < 0 and int(row["seeds"]) >= 3 and row["territory"] in ("village", "sevran")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_crisis_that_was_screened_has_its_sentence(lang):
    for crisis in {row["crisis"] for row in _read_screening_table()}:
        for plain in (False, True):
            assert "Une crise" in format_reference_screening({crisis: "Une crise"}, lang, plain)
