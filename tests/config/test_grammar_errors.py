"""Words that Hydra cannot read are refused in one line of the reader's language that says where they break."""

from __future__ import annotations

import re

import pytest

from simulator.app.cli.main import main
from simulator.config.grammar_errors import find_bracket_fault

LIBRARY_WORDS = re.compile(r"viable|mismatched|expecting|token|extraneous|evaluating|nterpolation|Optional|ListConfig|"
                           r"DictConfig|convert|literal|hydra\.cc|Traceback|Structured|full_key|expected",
                           re.IGNORECASE)
WORDS = [
    ("arms={A:[outreach}", "} au caractère 18, où ] était attendu pour fermer le [ du caractère 9"),
    ("arms={A:[outreach]", "le { au caractère 6 n'est pas fermé : il manque }"),
    ("arms={A:[outreach]]}", "] au caractère 19, où } était attendu"),
    ("arms=A:[outreach]}", "le } au caractère 18 ne ferme rien"),
    ('arms={"A:[outreach]}', 'le guillemet " au caractère 7 n\'est pas fermé'),
    ("arms={A:}", "il manque une valeur, une virgule ou « : » avant le } au caractère 9"),
    ("arms={{}}", "incompréhensible à partir du caractère 7"),
    ("seeds=[1,2", "le [ au caractère 7 n'est pas fermé"),
    ("seeds=(1)", "incompréhensible à partir du caractère 7"),
    ("seeds=1 # x", "incompréhensible à partir du caractère 9 : '# x'"),
    ("seeds=foo(1)", "'foo' n'est pas une fonction"),
    ("seeds=int(x)", "int(…) n'accepte pas"),
    ("seeds='1", "le guillemet ' au caractère 7 n'est pas fermé"),
    ("seeds=€", "incompréhensible à partir du caractère 7"),
    ("model.joining.rate=${nowhere}", "aucun réglage ne s'appelle 'nowhere'"),
    ("model.joining.rate=${oc.env:NOPE}", "model.joining.rate = '${oc.env:NOPE}' : l'environnement"),
    ("model.joining.rate=${odd:1}", "ne connaît pas cette source"),
    ("model.joining.rate=${model.joining.rate}", "il renvoie à lui-même"),
    ("model.joining.rate=???", "attendu une valeur, et non ???"),
    ("model.joining.rate=null", "attendu une valeur, et non null"),
    ("model.joining.rate={a:1}", "attendu un nombre"),
    ("calendar.start=[1]", "attendu un texte"),
    ("observe=people", "attendu une liste"),
    ("observe=[[people]]", "attendu une liste de noms"),
    ("territory.site_columns={name: *a}", "ligne 1, colonne 8 : un texte ne peut pas commencer par *"),
    ("territory.communes={a: [}", "} au caractère 25, où ] était attendu"),
]


@pytest.mark.parametrize(("word", "says"), WORDS, ids=[word for word, _ in WORDS])
def test_the_line_says_where_in_french(word, says, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["compare", "territory=village", "lever=outreach", word, "lang=fr"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert says in line and not LIBRARY_WORDS.search(line) and not list(tmp_path.iterdir())


@pytest.mark.parametrize(("argv", "says"), [
    (["portfolio", "lever=all", "budget=1", "plays='${x'"], "plays = '${x' : son renvoi ${…} est mal écrit"),
    (["run", "-m", "lever=glob("], "le ( au caractère 11 n'est pas fermé"),
    (["run", "-m", "seed=range(a,b)"], "range(…) n'accepte pas"),
    (["hydra", "-m", "seed=range(1"], "le ( au caractère 11 n'est pas fermé"),
    (["hydra", "seed=[1"], "le [ au caractère 6 n'est pas fermé"),
    (["hydra", "-m", "seed=1", "hydra.sweep.dir=${x}"], "hydra.sweep.dir = '${…}' : aucun réglage"),
])
def test_so_do_other_commands(argv, says, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main([*argv, "lang=fr"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert says in line and not LIBRARY_WORDS.search(line)


@pytest.mark.parametrize("text", ["a=1", "a=[1,{b:(2)}]", "a='[('", 'a="it\'s ]"', "a=l'eau", "a=['x\\'y]',z]", "a="])
def test_whole_brackets_and_apostrophes_are_no_fault(text):
    assert find_bracket_fault(text) is None


@pytest.mark.parametrize("query", ["select", "select x from runs", "select * from nope", "select 'a",
                                   "select cast('x' as int)", "select * from read_csv('/etc/passwd')"])
def test_what_is_wrong_with_a_query_is_told_in_french_first(query, capsys, tmp_path):
    (tmp_path / "runs").mkdir()
    assert main(["table", str(tmp_path), "--sql", query, "lang=fr"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    ours, _, theirs = line.partition(" (DuckDB : ")
    assert re.search("requête", ours) and len(theirs.partition(") ; attendu")[0]) <= 81
