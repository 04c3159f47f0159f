"""Nothing of the model is missing from its description: what is declared anywhere is looked for in the text."""

from __future__ import annotations

import ast
import re
from dataclasses import fields

import pytest
import yaml

import simulator.agents.model  # noqa: F401  (every table and group is declared once all is imported)
from simulator.analysis.effects.outcomes import OUTCOMES
from simulator.app.odd.document import document
from simulator.app.odd.headings import HEADINGS
from simulator.app.odd.page import headings
from simulator.config.source import home
from simulator.kernel.stream import names
from simulator.kernel.table import Column, Table
from simulator.levers.catalogue import HANDLES
from simulator.parameters.quantity import Group
from simulator.phases.order import PHASES
from simulator.records.schema import TABLES
from simulator.scenario.run import MODEL_VERSION
from tests.house import tree
from tests.house.tree import ROOT


@pytest.fixture(scope="module")
def english() -> str:
    return document([home()], "en")


def lacking(text: str, wanted) -> list[str]:
    """Those of the names that do not stand in the text as whole words."""
    words = set(re.findall(r"[\w.]+", text))
    return sorted(name for name in wanted if name not in words)


def ours(kind: type) -> bool:
    return kind.__module__.startswith("simulator.")


def test_every_column(english):
    wanted = [f"{table.__name__.lower()}.{name}" for table in Table.__subclasses__() if ours(table)
              for name in table.columns()]
    assert len(wanted) > 100
    assert lacking(english, wanted) == []


def test_a_column_added_later_would_be_missed(english, monkeypatch):
    from simulator.world.population.people import People

    monkeypatch.setattr(People, "columns", classmethod(lambda cls: {"brand_new": Column("f4", "new")}))
    assert lacking(english, ["people.brand_new"]) == ["people.brand_new"]
    assert "people.brand_new" in document([home()], "en")


def test_every_phase_its_columns_and_stages(english):
    assert lacking(english, PHASES) == []
    assert lacking(english, {column for phase in PHASES.values() for column in phase.WRITES}) == []
    for name, phase in PHASES.items():
        assert f"#### `{name}`" in english
        assert " ".join((phase.__doc__ or "").split("\n")[0].split()) in english


def test_every_rule_with_its_documentation(english):
    for path in tree.sources("simulator/rules"):
        for node in tree.parsed(path).body:
            if isinstance(node, ast.FunctionDef) and tree.is_compiled(node):
                assert f"def {node.name}(" in english, node.name
                assert " ".join((ast.get_docstring(node) or "").split()) in english, node.name


def test_every_number_with_its_grade_and_source(english):
    lines = english.splitlines()
    for group in filter(ours, Group.__subclasses__()):
        for item in fields(group):
            if "unit" in item.metadata:
                row = next((line for line in lines if re.match(rf"\| `[\w.]*\.{item.name}` \|", line)
                            and item.metadata["doc"] in line), None)
                assert row is not None, f"{group.__name__}.{item.name}"
                assert item.metadata["grade"] in row


def test_every_handle_stream_outcome_and_recorded_column(english):
    recorded = [name for table in TABLES.values() for name in table]
    assert lacking(english, [*HANDLES, *names(), *OUTCOMES, *recorded]) == []


@pytest.mark.parametrize("group", ["lever", "crisis", "territory", "site"])
def test_every_card(english, group):
    cards = sorted((ROOT / "configs" / group).glob("*.yaml"))
    assert cards
    assert lacking(english, [card.stem for card in cards]) == []
    for card in cards if group in ("lever", "crisis") else ():
        told = yaml.safe_load(card.read_text(encoding="utf-8"))["explanation_en"]
        assert " ".join(told.split()) in english, card.stem


def test_headings_are_those_of_the_standard_in_both_languages(english):
    french = document([home()], "fr")
    for text, place in ((english, 0), (french, 1)):
        told = [words for _, words in headings(text)]
        assert [words for key, (*words,) in HEADINGS.items() if key != "contents" and words[place] not in told] == []
    assert MODEL_VERSION in english
    assert "Registre des personnes vulnérables" in french


def test_it_does_not_depend_on_where_one_stands(english, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert document([home()], "en") == english
    assert str(ROOT) not in english
