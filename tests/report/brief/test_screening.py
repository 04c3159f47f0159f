"""What is said of a comparison that did not measure itself what it leans on."""

from __future__ import annotations

import csv
import re
from importlib import resources

import pytest

from simulator.parameters import Model
from simulator.report.brief.screening import ABOUT, SAID, SCREENED, screened


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_comparison_that_did_not_measure_it_says_what_was_measured_once(lang) -> None:
    told = screened({"heatwave": "Été brûlant", "flood": "Crue", "unrest": "Émeutes", "mine": "À moi"}, lang)
    assert told.count("Été brûlant, ") == 1 and "Crue, " in told and "Émeutes" not in told, "the first two"
    assert "lean=40" in told and "0." in told and "{" not in told and "nan" not in told
    plain = screened({"heatwave": "Été brûlant"}, lang, plain=True)
    assert "start" not in plain.replace("start from", "") and ABOUT["start"][lang == "en"] in plain
    assert len(re.findall(r"\d(?: \([^)]*\))? (?:avec|with) ", told)) == 6, "three numbers each"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_was_never_screened_is_told_as_not_measured(lang) -> None:
    assert screened({"mine": "À moi"}, lang) == screened({}, lang) == SAID["unmeasured"][lang == "en"]


def test_every_crisis_was_screened_by_numbers_that_exist() -> None:
    with (resources.files("configs") / "screening" / "leaning.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == SCREENED
    cards = {name: {one.name.removesuffix(".yaml") for one in (resources.files("configs") / name).iterdir()
                    if one.name.endswith(".yaml")} for name in ("crisis", "lever")}
    assert {row["crisis"] for row in rows} == cards["crisis"]
    assert {row["group"].removeprefix("model.").partition(".")[0] for row in rows} <= set(ABOUT)
    assert {row["arm"] for row in rows} <= cards["lever"]
    for row in rows:
        for name in row["numbers"].split("+"):
            group, part, *rest = name.split(".")
            assert (group == "model" and hasattr(getattr(Model(), part), rest[0])) or part in cards[group], name
        assert float(row["effect"]) < 0 and int(row["seeds"]) >= 3 and row["territory"] in ("village", "sevran")


def test_both_languages_have_the_same_blanks() -> None:
    for french, english in SAID.values():
        assert french.count("{") == english.count("{")
