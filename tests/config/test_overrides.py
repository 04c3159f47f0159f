"""Words of the command line: free text as typed, names with accents, lists of texts; nothing refers to anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from omegaconf import OmegaConf

from simulator.config.compose import compose_config
from simulator.config.errors import UsageError
from simulator.config.overrides import escape_references, parse_override, split_names
from tests.config.official import insee_files

TEXTS = ["données", "d'été", "mes données [2021], v2", "C:" + "\\Users\\Élodie\\données", "\\\\serveur\\partage",
         "a=b", "x{y}", "100 %", "${HOME}", "\\${x}", "[données]", "#1", "~/fichiers", "l'« été »", "a, b", "null",
         "true", "1e3", "%s", 'dit "oui"', "a\u00a0b\u202fc", "été\u0301", "$x^2$", "@all", "k:v", "(x)"]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("key", ["territory.data", "territory.label_fr", "crisis.lockdown.label_fr",
                                 "lever.outreach.explanation_fr", "name", "results", "territory.sites"])
def test_free_text_is_taken_as_typed(key: str, text: str) -> None:
    if key == "territory.sites" and text.startswith("["):
        pytest.skip("a list of sites")
    config = compose_config("compare", [f"{key}={text}"], [])
    plain = OmegaConf.to_container(config, resolve=True)
    for part in key.split("."):
        plain = plain[part]  # type: ignore[index, call-overload]
    assert plain == text


def test_a_folder_is_read_whatever_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from simulator.config.job import resolve_job

    monkeypatch.chdir(tmp_path)
    for name in ("données", "d'été [2021], v2", "a=b", "${x}", "[1]"):
        insee_files.write(tmp_path / name)
        config = compose_config("run", ["territory=pantin", f"territory.data={name}", "territory.communes=[37999]"], [])
        assert resolve_job("run", config).baseline.scenario.territory.label_fr == "Bourg-Neuf"


@pytest.mark.parametrize(("word", "value"), [("'données'", "données"), ('"d\'été"', "d'été"),
                                             ("'a' et 'b'", "'a' et 'b'")])
def test_quotes_around_a_text_are_not_of_it(word: str, value: str) -> None:
    assert parse_override(f"territory.data={word}").value == value


@pytest.mark.parametrize(("value", "names"), [
    ("coordinator", ["coordinator"]), ("[a,b]", ["a", "b"]), ("[ a , 'b c' ]", ["a", "b c"]), ("[]", []),
    ("coupure d'électricité", ["coupure d'électricité"]), ("[l'île, d'été]", ["l'île", "d'été"]),
    ('["a, b",c]', ["a, b", "c"]), ("a,b", None)])
def test_names_of_cards(value: str, names: list[str] | None) -> None:
    assert split_names(value) == names


def test_codes_keep_their_zeros() -> None:
    assert parse_override("territory.communes=[01004, 2A004, 93055]").value == ["01004", "2A004", "93055"]
    assert parse_override("territory.site_columns={name: nom structure, type: catégorie}").value == {
        "name": "nom structure", "type": "catégorie"}


@pytest.mark.parametrize("word", ["territory.data=a\x1b[31mb", "name=a\nb", "territory.communes=[a, {b]", "lever=a,b"])
def test_unreadable_words(word: str) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        parse_override(word)


@pytest.mark.parametrize("text", ["${x}", "\\${x}", "\\\\${x}", "a${b}c${d}", "$x", "{x}"])
def test_escaped_text_comes_back(text: str) -> None:
    config = OmegaConf.create({"a": escape_references({"b": [text]})})
    assert OmegaConf.to_container(config, resolve=True) == {"a": {"b": [text]}}
