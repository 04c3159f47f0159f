"""Cards are read strictly; an error is one line with file and line number."""

import pytest

from simulator.cards.reader import read_yaml_card
from simulator.levers.card import CardError, Lever, parse_lever

GOOD = """\
# @package lever.example
id: example
label_fr: un
label_en: one
explanation_fr: un
explanation_en: one
mechanism: m
modifiers:
  - {handle: site.staff, op: add, value: 1}
window:
  start: 2026-01-05
  ramp_days: 7
target:
  communes: [93001]
dose: 2
"""
WORDS = ("id", "label_fr", "label_en", "explanation_fr", "explanation_en", "mechanism")


def load(text, folder):
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return parse_lever(*read_yaml_card(path))


def test_a_good_card(tmp_path):
    lever = load(GOOD, tmp_path)
    assert isinstance(lever, Lever) and isinstance(lever.dose, float) and lever.window.start == "2026-01-05"
    assert lever.modifiers[0].value == 1.0 and lever.modifiers[0].low is None and lever.target.communes == [93001]


@pytest.mark.parametrize(("old", "new", "line", "message"), [
    ("dose: 2", "doze: 2", 15, "doze is not known: expected one of id, label_fr"),
    ("dose: 2", "dose: -1", 15, "dose = -1: expected 0 to 1000; correct this number"),
    ("dose: 2", "dose: much", 15, "dose = 'much': expected a number"),
    ("dose: 2", "dose: .nan", 15, "dose = nan: expected a number"),
    ("dose: 2", "dose: yes", 15, "dose = True: expected a number"),
    ("dose: 2", "dose: 2\ndose: 3", 16, "dose is written twice"),
    ("dose: 2", "dose_low: 3", 15, "dose_low = 3: expected at most dose_high = 2"),
    ("dose: 2", "handed_over: 1", 15, "handed_over = 1: expected true or false"),
    ("mechanism: m\n", "", 2, "mechanism is missing: expected through what it acts"),
    ("id: example", "id: My Lever", 2, "id = 'My Lever': expected small letters"),
    ("id: example", "id: 7", 2, "id = 7: expected a text"),
    ("  ramp_days: 7", "  ramp_days: -3", 12, "window.ramp_days = -3: expected 0 to 1825 days"),
    ("  ramp_days: 7", "  ramp_days: 1.5", 12, "window.ramp_days = 1.5: expected a whole number"),
    ("start: 2026-01-05", "start: soon", 11, "window.start = 'soon': expected 'levers' or a date"),
    ("op: add", "op: multiply", 9, "modifiers.0.op = 'multiply': expected one of add, scale, set"),
    ("op: add, value: 1", "op: scale, value: 0", 9, "modifiers.0.value = 0: expected a factor above 0"),
    ("  - {handle: site.staff, op: add, value: 1}", "  - {handle: site.staff, op: add}", 9,
     "modifiers.0.value is missing"),
    ("  - {handle: site.staff, op: add, value: 1}", "  {handle: site.staff}", 8, "expected a list"),
    ("  communes: [93001]", "  communes: [Pantin]", 14, "target.communes.0 = 'Pantin': expected a whole number"),
    ("  communes: [93001]", "  gender: women and men", 14, "target.gender = 'women and men': expected one of all"),
    ("  communes: [93001]", "  age_low: 70\n  age_high: 60", 14, "target.age_low = 70: expected at most age_high = 60"),
    ("target:\n  communes: [93001]", "target: everybody", 13, "target = 'everybody': expected entries of LeverTarget"),
])
def test_errors_name_file_and_line(tmp_path, old, new, line, message):
    with pytest.raises(CardError) as error:
        load(GOOD.replace(old, new), tmp_path)
    text = str(error.value)
    assert text.startswith(f"{tmp_path / 'mine.yaml'}:{line}: ") and message in text and "\n" not in text


def test_files_that_are_no_cards(tmp_path):
    for text, message in (("a: [", "expected YAML"), ("- 1", "expected entries such as"), ("", "found no entries")):
        with pytest.raises(CardError, match=message):
            load(text, tmp_path)
    with pytest.raises(CardError, match="cannot be read"):
        read_yaml_card(tmp_path / "none.yaml")


def test_plain_data_without_a_file():
    with pytest.raises(CardError, match="^lever coordinator: dose = -1: expected 0 to 1000"):
        parse_lever({**dict.fromkeys(WORDS, "x"), "dose": -1}, "lever coordinator")
    with pytest.raises(CardError, match="= 3: expected entries of Lever"):
        parse_lever(3)
