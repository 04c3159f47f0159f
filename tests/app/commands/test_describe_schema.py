"""`resilience describe schema`: the schemas that are shipped, for one's own folder of cards."""

from __future__ import annotations

import json

import pytest

from simulator.app.cli.main import main
from simulator.config.cards.card_files import find_shipped_configs
from simulator.config.cards.card_schemas import SCHEMA_FOLDER, build_schemas


@pytest.mark.parametrize("kind", ["lever", "crisis", "site", "territory", "study"])
def test_printed_as_shipped(kind, capsys):
    assert main(["describe", "schema", kind]) == 0
    shipped = find_shipped_configs() / SCHEMA_FOLDER / f"{kind}.json"
    assert capsys.readouterr().out == shipped.read_text(encoding="utf-8")


def test_all_kinds_without_a_name(capsys):
    assert main(["describe", "schema"]) == 0
    assert list(json.loads(capsys.readouterr().out)) == list(build_schemas())


def test_unknown_kinds_are_refused(refused):
    assert "lever" in refused("describe", "schema", "levr")
    assert "leave it out" in refused("describe", "schema", "lever", "crisis")
