"""Schemas of cards: those shipped say what the program reads, and every shipped card agrees with its own."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from simulator.cards.json_schema import format_schema
from simulator.cards.reader import CardError, read_yaml_card
from simulator.config.cards.card_files import find_shipped_configs
from simulator.config.cards.card_schemas import SCHEMA_FOLDER, build_schemas
from simulator.crises.card import parse_crisis
from simulator.levers.card import parse_lever
from tests.house import tree

jsonschema = pytest.importorskip("jsonschema")

KINDS = tuple(build_schemas())
CONFIGS = find_shipped_configs()
CARDS = [(kind, file) for kind in KINDS for file in sorted((CONFIGS / kind).glob("*.yaml"))]


def complaints(kind: str, mapping: Any) -> list[str]:
    """What the schema of a kind has against a card."""
    return [error.message for error in jsonschema.Draft202012Validator(build_schemas()[kind]).iter_errors(mapping)]


@pytest.mark.parametrize("kind", KINDS)
def test_shipped_schemas_are_those_of_the_declarations(kind: str) -> None:
    """After a change: python -m simulator.config.cards.card_schemas."""
    text = (CONFIGS / SCHEMA_FOLDER / f"{kind}.json").read_text(encoding="utf-8")
    assert text == format_schema(build_schemas()[kind])
    jsonschema.Draft202012Validator.check_schema(json.loads(text))


@pytest.mark.parametrize(("kind", "file"), CARDS, ids=[f"{kind}-{file.stem}" for kind, file in CARDS])
def test_shipped_cards_name_their_schema_and_agree_with_it(kind: str, file: Any) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema=../{SCHEMA_FOLDER}/{kind}.json"
    assert complaints(kind, read_yaml_card(file)[0]) == []


WRONG = [
    ("lever", ("target", "gender"), "everybody"), ("lever", ("dose",), -1), ("lever", ("window", "days"), "long"),
    ("lever", ("target", "colour"), "red"), ("lever", ("modifiers",), {"handle": "site.staff"}),
    ("crisis", ("mode",), "flood"), ("crisis", ("days",), -3), ("crisis", ("exposure", "children"), 0.5),
]


@pytest.mark.parametrize(("kind", "path", "value"), WRONG, ids=lambda value: str(value))
def test_what_the_reader_refuses_the_schema_refuses(kind: str, path: tuple[str, ...], value: Any) -> None:
    file = next(file for card_kind, file in CARDS if card_kind == kind)
    mapping = copy.deepcopy(read_yaml_card(file)[0])
    entry = mapping
    for name in path[:-1]:
        entry = entry.setdefault(name, {})
    entry[path[-1]] = value
    with pytest.raises(CardError):
        (parse_lever if kind == "lever" else parse_crisis)(mapping)
    assert complaints(kind, mapping)


def test_every_entry_says_what_it_means() -> None:
    missing = []
    for kind, schema in build_schemas().items():
        for holder in (schema, *schema.get("$defs", {}).values()):
            missing += [f"{kind}: {name}" for name, entry in holder.get("properties", {}).items()
                        if not entry.get("description") and "$ref" not in entry]
    tree.nothing(missing)
