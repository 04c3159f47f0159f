"""A card is read, or refused in one line, whatever its text."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.cards.reader import CardError, CardLocation, build_card, card_entry, check_id, read_yaml_card


@dataclass
class Part:
    much: float = card_entry(1.0, doc="how much", unit="h", low=0, high=2)


@dataclass
class Card:
    id: str = card_entry(doc="its name")
    count: int = card_entry(0, doc="how many", low=0)
    maybe: float | None = card_entry(None, doc="perhaps")
    parts: list[Part] = card_entry(list, doc="its parts")
    named: dict[str, Part] = card_entry(dict, doc="named parts")
    part: Part = card_entry(Part, doc="one part")


def load(text, folder):
    path = folder / "card.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return build_card(Card, *read_yaml_card(path))


def test_all_kinds_of_entries_are_read(tmp_path):
    card = load("id: a\ncount: 3.0\nmaybe: 2\nparts: [{much: 1}]\nnamed: {x: {much: 2}}\npart: {}\n", tmp_path)
    assert card == Card("a", 3, 2.0, [Part(1.0)], {"x": Part(2.0)}, Part()) and isinstance(card.count, int)
    assert load("id: 'on'\nmaybe: null\n", tmp_path) == Card("on")


@pytest.mark.parametrize(("text", "message"), [
    (b"id: \xff\n", "card.yaml: is not text in UTF-8"), ("id: a\n? [x]\n: 1\n", ":2: an entry's name is a list"),
    ("id: a\npart: &p\n  part: *p\n", "entries inside each other"), ("id: !!set {a}\n", ":1: "),
    ("id: !mine a\n", "expected YAML"), ("id: a\ncount: .inf\n", ":2: count = inf: expected a whole number"),
    ("id: a\nmaybe: .inf\n", ":2: maybe = inf: expected a number"), ("id: on\n", ":1: id = True: expected a text"),
    ("id: a\nmaybe: 1" + "0" * 400 + "\n", "expected a number"),
    ("id: a\nparts:\n  - much: 3\n", ":3: parts.0.much = 3"),
    ("id: a\nnamed:\n  x:\n    much: -1\n", ":4: named.x.much = -1: expected 0 to 2 h"),
    ("id: a\nnamed: [1]\n", ":2: named = \\[1\\]: expected named entries"),
    ("id: a\ncount: -1\n", "expected 0 or more"),
    ("id: a\nid: b\n", ":2: id is written twice"), ("on: 1\n", ":1: True is not known"),
])
def test_a_wrong_card_is_refused(tmp_path, text, message):
    with pytest.raises(CardError, match=message) as error:
        load(text, tmp_path)
    assert "\n" not in str(error.value)


ALIASES = "x0: &x0 [a]\n" + "".join(f"x{k}: &x{k} [{', '.join([f'*x{k - 1}'] * 9)}]\n" for k in range(1, 8))


@pytest.mark.parametrize(("text", "message"), [
    (ALIASES, "more than 500 entries"),
    ("id: a\nparts: " + "[" * 5000, ":2: more than 12 entries inside each other"),
    ("id: a\nparts:\n  " + "- " * 5000, ":3: more than 12 entries inside each other"),
    ("id: '${oc.env:HOME}'\n", ":1: found a reference"),
    ("id: a\n" + "#" * (8 << 20), "bytes: expected a card of at most"),
], ids=["aliases", "brackets", "dashes", "reference", "bytes"])
def test_a_card_cannot_grow_or_look_things_up(tmp_path, text, message, monkeypatch):
    monkeypatch.setattr("simulator.cards.yaml_nodes.MAX_ENTRIES", 500)
    with pytest.raises(CardError, match=message):
        load(text, tmp_path)


@pytest.mark.parametrize("value", ["0x_", "0b_", "!!int abc", "!!float ''", "!!bool maybe", "9" * 5000])
def test_what_only_looks_like_a_number_is_refused(tmp_path, value):
    (tmp_path / "c.yaml").write_text(f"id: a\ncount: {value}\n", encoding="utf-8")
    with pytest.raises(CardError, match=r"c\.yaml:2: .* cannot be read as what it is marked or looks like"):
        read_yaml_card(tmp_path / "c.yaml")


def test_a_card_is_a_file(tmp_path):
    with pytest.raises(CardError, match="is not a file"):
        read_yaml_card(tmp_path)


@pytest.mark.parametrize("text", ["../../x", "/srv/x", "", "A", "a" * 61, "baseline", "together", "all", "none"])
def test_an_id_that_cannot_name_results_is_refused(text):
    with pytest.raises(CardError, match="rename it"):
        check_id(CardLocation(), text)


PLAIN = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
                     lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                         st.sampled_from(["id", "count", "maybe", "parts", "named", "part", "much", "x"]), inner,
                         max_size=4), max_leaves=8)


@given(PLAIN)
def test_plain_data_is_accepted_or_refused(data):
    try:
        assert isinstance(build_card(Card, data), Card)
    except CardError as error:
        assert str(error).startswith("card")


def test_a_location_gives_the_nearest_known_line():
    location = CardLocation("f", {(): 1, ("a",): 4})
    assert [location.at(path) for path in ((), ("a", 0, "b"), ("z",))] == ["f:1", "f:4", "f:1"]


def test_a_card_read_again_is_what_its_file_says_now_and_a_copy_of_its_own(tmp_path):
    file = tmp_path / "c.yaml"
    file.write_text("id: one\nneeds: {food: 1}\n", encoding="utf-8")
    first, _ = read_yaml_card(file)
    first["needs"]["food"] = 2
    assert read_yaml_card(file)[0] == {"id": "one", "needs": {"food": 1}}
    file.write_text("id: one\nneeds: {food: 3}\n", encoding="utf-8")
    assert read_yaml_card(file)[0]["needs"] == {"food": 3}
