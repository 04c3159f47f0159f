import pytest

from simulator.i18n.figure_texts import TITLES, WORDS, say
from simulator.i18n.summary_texts import SENTENCES
from simulator.records.folder import opened
from simulator.report.terminal.run_summary import run_text
from simulator.report.terminal.summary import comparison_text
from simulator.report.terminal.table import fixed
from tests.analysis.fake_runs import fake_record, fake_study

FORECAST = ("will ", "predict", "prévoi", "prédi", "garanti", "guarantee")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_comparison_is_told_without_forecasting(lang):
    text = comparison_text(opened(fake_study(6)), lang)
    assert "{" not in text and "nan" not in text
    assert not any(word in text.lower() for word in FORECAST)
    assert max(map(len, text.splitlines())) <= 130
    lead = {"fr": "« Chaîne d'appels et registre", "en": "“Phone tree and register"}[lang]
    assert lead in text and {"fr": "pas mieux que rien", "en": "no better than nothing"}[lang] in text


def test_the_answer_says_when_there_is_none():
    assert "no lever clearly" in comparison_text(opened(fake_study(4, ("mixing",), strength=0.0)), "en")
    assert "Only one seed" in comparison_text(opened(fake_study(1)), "en")
    twins = opened(fake_study(3, ("outreach", "open_project"), wide=3.0))
    assert "told apart" in comparison_text(twins, "en") or "lowers" in comparison_text(twins, "en")


def test_a_lever_that_harms_is_named():
    text = comparison_text(opened(fake_study(6, ("mixing",), strength=12.0)), "en")
    assert "“Mix publics” increases losses" in text


def test_a_recovery_that_is_not_seen_is_not_averaged():
    records = fake_study(3, ("outreach",))
    for record in records:
        record.tables["series"]["functioning"][:] = 0.7
        record.tables["series"]["functioning"][100] = 0.6
    text = comparison_text(opened(records), "en")
    assert "recovery not complete in 3 of 3" in text and "3/3 > 365" in text


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_one_run_is_told(lang):
    text = run_text(opened([fake_record(("outreach",), 1)]), lang)
    assert "{" not in text and "nan" not in text and "75+" in text
    calm = fake_record((), 1)
    calm.tables["runs"]["onset"][0] = -1
    assert "2" in run_text(opened([calm]), lang).splitlines()[2]


def test_every_sentence_has_both_languages_and_the_same_blanks():
    import string

    for table in (SENTENCES, WORDS, TITLES):
        for key, pair in table.items():
            blanks = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in pair]
            assert all(pair) and blanks[0] - {"unit"} == blanks[1] - {"unit"}, key
    with pytest.raises(KeyError):
        say("nothing", "fr")


def test_a_table_wraps_its_first_column():
    text = fixed(["name", "value"], [["a very long name indeed", "1"], ["b", "22"]], label=12)
    assert text.splitlines()[0] == "name         value"
    assert text.splitlines()[2].endswith("    1") and text.splitlines()[-1] == "b               22"
