"""A card that is not YAML: the line, the column and the reason, in French and in English, in our own words."""

from __future__ import annotations

import pytest

from simulator.cards.reader import CardError, read_yaml_card

FAULTS = [
    ("a: b: c\n", 1, "column 5: a second ':' in one entry", "un second « : »"),
    ("a: 1\nbare\nb: 2\n", 2, "a name without ':'", "qui n'est pas suivi de « : »"),
    ("a: [1, 2\nb: 3\n", 1, "column 4: a bracket that is not closed", "un crochet ou une accolade"),
    ("x: 1\na: {b: 1\n", 2, "column 4: a bracket that is not closed", "un crochet ou une accolade"),
    ("a: 'l\nb: 1\n", 1, "column 4: a quote that is opened", "un guillemet ouvert et jamais fermé"),
    ("a: 1\n\tb: 2\n", 2, "column 1: a tab", "une tabulation"),
    ("a: @b\n", 1, "column 4: a text may not begin with this sign", "ne peut pas commencer par ce signe"),
    ("a: *b\n", 1, "column 4: a text may not begin with *", "ne peut pas commencer par *"),
    ("a:\n  - 1\n b: 2\n", 3, "not indented", "n'a pas le même retrait"),
    ("a: 1\n  b: 2\n", 2, "a second ':'", "un second « : »"),
    ('a: "\\q"\n', 1, "a backslash in double quotes", "une barre oblique inverse"),
    ("a: 1 ]\nb: ]\n", 2, "a value is missing here, or this sign", "ce signe est de trop"),
]


@pytest.mark.parametrize(("text", "line", "english", "french"), FAULTS, ids=[text[:9] for text, *_ in FAULTS])
def test_line_column_and_reason(tmp_path, text, line, english, french):
    file = tmp_path / "card.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CardError) as refusal:
        read_yaml_card(file)
    message = refusal.value.args[0]
    assert str(message).startswith(f"{file}:{line}: line {line}, column ") and english in str(message)
    said = message.in_language("fr")
    assert french in said and f"ligne {line}, colonne" in said and "expected" not in said


def test_a_sign_that_no_text_may_hold(tmp_path):
    (tmp_path / "card.yaml").write_text("a: \x07\n", encoding="utf-8")
    with pytest.raises(CardError, match="a sign that no text may hold"):
        read_yaml_card(tmp_path / "card.yaml")
