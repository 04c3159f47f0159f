import pytest

from simulator.records.files.run_files import combine_records
from simulator.report.terminal.comparison_summary import format_comparison
from simulator.report.terminal.run_summary import format_run_summary
from simulator.report.terminal.text_table import format_fixed_width_table
from tests.analysis.fake_runs import fake_record, fake_study

FORECAST = ("will ", "predict", "prévoi", "prédi", "garanti", "guarantee")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_comparison_makes_no_forecast(lang):
    text = format_comparison(combine_records(fake_study(6)), lang)
    assert "{" not in text and "nan" not in text
    assert not any(word in text.lower() for word in FORECAST)
    assert max(map(len, text.splitlines())) <= 130
    lead = {"fr": "« Chaîne d'appels et registre", "en": "“Phone tree and register"}[lang]
    assert lead in text.replace("\xa0", " ").replace("\u202f", " ")
    assert {"fr": "pas mieux que rien", "en": "no better than nothing"}[lang] in text


def test_the_answer_says_when_there_is_none():
    text = format_comparison(combine_records(fake_study(4, ("mixing",), strength=0.0)), "en")
    assert "Too small to matter: “Mix" in text
    assert "Only one seed" in format_comparison(combine_records(fake_study(1)), "en")
    similar = format_comparison(combine_records(fake_study(3, ("outreach", "open_project"), wide=3.0)), "en")
    assert "Not known yet: “Reach out" in similar or "cannot be told apart yet" in similar


def test_a_lever_that_harms_is_named():
    text = format_comparison(combine_records(fake_study(6, ("mixing",), strength=12.0)), "en")
    assert "“Mix publics” increases losses" in text


def test_censored_recoveries_are_not_averaged():
    records = fake_study(3, ("outreach",))
    for record in records:
        record.tables["runs"]["back_80"][:] = float("inf")
    text = " ".join(format_comparison(combine_records(records), "en").split())
    assert "80% of those hit not back by day 365 in 3 of 3" in text and "3/3 > 365" in text


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_one_run_has_a_summary(lang):
    text = format_run_summary(combine_records([fake_record(("outreach",), 1)]), lang)
    assert "{" not in text and "nan" not in text and "75+" in text
    calm = fake_record((), 1)
    calm.tables["runs"]["onset"][0] = -1
    assert "2" in format_run_summary(combine_records([calm]), lang).splitlines()[2]



def test_a_table_wraps_its_first_column():
    text = format_fixed_width_table(["name", "value"], [["a very long name indeed", "1"], ["b", "22"]], label=12)
    assert text.splitlines()[0] == "name         value"
    assert text.splitlines()[2].endswith("    1") and text.splitlines()[-1] == "b               22"
