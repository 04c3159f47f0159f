"""Texts in the reader's language: the catalogues hold what the code says, and a language is chosen and used."""

from __future__ import annotations

import gettext
import pickle
from collections.abc import Iterator
from io import BytesIO
from string import Formatter

import pytest

from simulator.i18n import catalogue, translation
from simulator.i18n.translation import (
    MAX_FACT_CHARS,
    Message,
    choose_language,
    list_languages,
    localise,
    translate,
    translate_plural,
)
from tests.house import tree

TRANSLATED = [lang for lang in list_languages() if lang != "en"]


@pytest.fixture(scope="module")
def said() -> catalogue.SaidTexts:
    return catalogue.find_said_texts()


@pytest.fixture
def locales(tmp_path, monkeypatch) -> Iterator[None]:
    """An empty folder of catalogues, as for a language that is added."""
    monkeypatch.setattr(translation, "LOCALES", tmp_path)
    for cached in (translation.list_languages, translation._load_catalogue):
        cached.cache_clear()
    yield
    for cached in (translation.list_languages, translation._load_catalogue):
        cached.cache_clear()


def list_blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_text_of_the_code_is_in_the_catalogue_with_the_same_blanks(said, lang):
    read = catalogue.read_catalogue(lang)
    added, dropped = catalogue.update_catalogue(read, said)
    tree.nothing(f"{said.entries[entry]}: no entry for {entry[1]!r}; run python -m simulator.i18n.catalogue"
                 for entry in added)
    tree.nothing(f"{entry[1]!r}: nothing says it any more; run python -m simulator.i18n.catalogue" for entry in dropped)
    for (_, one, many), texts in catalogue.list_catalogue_entries(read).items():
        assert all(texts), f"{one!r}: no translation"
        assert list_blanks(texts[-1]) == list_blanks(one) | list_blanks(many), one
        assert all(list_blanks(text) <= list_blanks(texts[-1]) for text in texts), one


@pytest.mark.parametrize("lang", TRANSLATED)
def test_what_programs_read_is_compiled_from_what_translators_edit(lang):
    compiled = gettext.GNUTranslations(BytesIO(catalogue.compile_catalogue(catalogue.read_catalogue(lang))))
    stored = gettext.translation(translation.DOMAIN, str(translation.LOCALES), [lang])
    shown = [{text: found for text, found in one._catalog.items() if text} for one in (compiled, stored)]
    assert shown[0] == shown[1] and shown[0]


def test_texts_are_found_where_they_are_said(tmp_path):
    for folder in catalogue.SOURCE_FOLDERS:
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "simulator" / "one.py").write_text(
        "a = f\"{translate('in a string', lang)}\"\n"
        "b = translate('yes' if a else 'no', lang, context='answer' if c else '')\n"
        "c = translate_plural('{n} run', '{n} runs', n, lang) + translate('{n} run', lang, n=1)\n"
        "D = {1: mark('looked up'), 2: mark('looked up', context='table')}\n"
        "e = translate(D[1], lang) + translate(D[2], lang, context='table')\n"
        "F = mark_all({3: 'third', 4: 'two ' 'parts'}, context='row') | mark_all(('item',))\n"
        "f = word.translate(str.maketrans('a', 'b'))\n"
        "raise ValueError(Message('two '\n 'lines'))\n")
    found = catalogue.find_said_texts(tmp_path)
    assert set(found.entries) == {
        ("", "in a string", ""), ("", "yes", ""), ("", "no", ""), ("answer", "yes", ""), ("answer", "no", ""),
        ("", "{n} run", "{n} runs"), ("", "looked up", ""), ("table", "looked up", ""), ("row", "third", ""),
        ("row", "two parts", ""), ("", "item", ""), ("", "two lines", "")}
    assert found.entries["", "two lines", ""] == "simulator/one.py:8"


def test_a_text_marked_with_and_without_a_context_needs_both_translations(locales):
    """A catalogue that has only the one with a context lacks the other, which would be shown in English."""
    said = catalogue.SaidTexts({("", "low", ""): "one.py:1", ("study", "low", ""): "two.py:1"}, {"study": "two.py:9"})
    german = catalogue.read_catalogue("de")
    german.add("low", "niedrig", context="study")
    assert catalogue.update_catalogue(german, said) == ([("", "low", "")], [])


def test_every_context_in_which_texts_are_looked_up_is_one_that_texts_are_marked_with(said, tmp_path):
    tree.nothing(said.list_unmarked_lookups())
    for folder in catalogue.SOURCE_FOLDERS:
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "simulator" / "one.py").write_text("D = mark_all({1: 'a'})\nb = translate(D[1], lang, context='row')\n")
    assert catalogue.find_said_texts(tmp_path).list_unmarked_lookups() == [
        "simulator/one.py:2: no text is marked with the context 'row'"]


@pytest.mark.parametrize(("words", "variables", "chosen"), [
    ([], {}, "fr"), ([], {"LANG": "C"}, "fr"), ([], {"LC_ALL": "POSIX"}, "fr"), ([], {"LANG": "C.UTF-8"}, "fr"),
    ([], {"LANG": "en_GB.UTF-8"}, "en"), ([], {"LANG": "fr_FR.UTF-8"}, "fr"), ([], {"LANG": "xx_XX"}, "fr"),
    ([], {"LANG": "fr_FR", "LC_MESSAGES": "en_GB"}, "en"), ([], {"LANG": "fr_FR", "LC_ALL": "en"}, "en"),
    ([], {"LANG": "fr_FR", "RESILIENCE_LANG": "en"}, "en"), ([], {"LANG": "en_GB", "RESILIENCE_LANG": "xx"}, "en"),
    (["compare", "lang=fr"], {"LANG": "en_GB", "RESILIENCE_LANG": "en"}, "fr"), (["lang=fr", "lang=en"], {}, "en"),
    (["lang=xx"], {"RESILIENCE_LANG": "en"}, "en")])
def test_the_language_is_asked_for_else_that_of_the_environment_else_french(words, variables, chosen):
    assert choose_language(words, variables) == chosen


def test_the_environment_is_that_of_the_process(monkeypatch):
    monkeypatch.setenv("RESILIENCE_LANG", "en")
    assert choose_language([]) == "en"


def test_a_third_language_is_one_catalogue(locales, said):
    assert list_languages() == ("fr", "en")
    german = catalogue.read_catalogue("de")
    german.add("{n} runs played", "{n} Läufe gerechnet")
    german.add(("one day", "{n} days"), ("ein Tag", "{n} Tage"))
    german.add("kin", "Familie", context="story")
    german.add("no place", "kein Ort")
    catalogue.write_catalogue(german, "de")
    translation.list_languages.cache_clear()
    assert list_languages() == ("fr", "en", "de") and choose_language(["lang=de"]) == "de"
    assert translate("{n} runs played", "de", n=3) == "3 Läufe gerechnet"
    assert [translate_plural("one day", "{n} days", n, "de") for n in (1, 2)] == ["ein Tag", "2 Tage"]
    assert translate("kin", "de", context="story") == "Familie"
    assert Message("no place").in_language("de") == "kein Ort"
    assert translate("kin", "de") == "kin" and translate("{n} seeds", "de", n=2) == "2 seeds"
    assert translate_plural("{n} seed", "{n} seeds", 2, "de") == "2 seeds"


def test_a_language_without_a_catalogue_is_english(locales):
    assert translate("{n} runs", "fr", n=2) == "2 runs" and translate_plural("{n} run", "{n} runs", 1, "xx") == "1 run"


def test_the_tool_adds_what_is_new_and_drops_what_is_gone(locales, said, capsys):
    assert catalogue.main(["de"]) == 0
    assert f"de: {len(said.entries)} texts added, 0 dropped, {len(said.entries)} without" in capsys.readouterr().out
    german = catalogue.read_catalogue("de")
    entry = next(iter(said.entries))
    german.get(entry[1], entry[0] or None).string = "Wort"
    german.add("gone", "weg")
    catalogue.write_catalogue(german, "de")
    assert catalogue.update_catalogue(german, said) == ([], [("", "gone", "")])
    assert catalogue.list_catalogue_entries(german)[entry] == ("Wort",)


def test_a_message_is_english_as_a_text():
    message = Message("{name} = {value:.1f}: expected {what}", name="days", value=2.25, what=Message("a date"))
    assert isinstance(message, str) and message == "days = 2.2: expected a date" and str(message) == message
    assert message.in_language("en") == message and localise(ValueError(message), "en") == message
    assert localise(ValueError("plain"), "fr") == localise("plain", "fr") == "plain"


def test_a_message_and_those_within_it_are_in_the_readers_language(locales):
    french = catalogue.read_catalogue("fr")
    french.add("{what} is missing", "{what} manque")
    french.add("the date of {card}", "la date de {card}")
    catalogue.write_catalogue(french, "fr")
    message = Message("{what} is missing", what=Message("the date of {card}", card="flood"))
    assert localise(ValueError(message), "fr") == "la date de flood manque"
    again = pickle.loads(pickle.dumps(ValueError(message)))
    assert localise(again, "fr") == "la date de flood manque" and str(again) == "the date of flood is missing"


def test_a_fact_is_on_one_line_and_not_too_long():
    message = Message("{word} is unknown", word="a\nb\x1b" + "c" * 1000)
    assert message == f"a b {'c' * (MAX_FACT_CHARS - 4)}… is unknown" and message.facts["word"] in message


@pytest.mark.parametrize("lang, space", [("en", ","), ("fr", "\u202f")])
def test_separators_that_a_text_asks_for_are_those_of_the_reader(lang, space):
    shown = Message("{euros:,.0f} EUR, {share}", euros=1234567.4, share=0.5).in_language(lang)
    assert shown == f"1{space}234{space}567 EUR, 0.5"
    assert translate_plural("{n:,} euro", "{n:,} euros", 1234, lang) == f"1{space}234 euros"
