"""The ODD document is complete: every declared column, parameter, handle, phase, rule and card is in its text."""

from __future__ import annotations

import ast
import re
from dataclasses import fields

import pytest
import yaml

import simulator.agents.model  # noqa: F401  (every table and group is declared once all is imported)
from simulator.analysis.effects.outcomes import OUTCOMES
from simulator.app.odd.document import render_odd_document
from simulator.app.odd.headings import HEADINGS, get_odd_heading
from simulator.app.odd.html_page import list_headings
from simulator.config.cards.card_files import find_shipped_configs
from simulator.kernel.random_streams import list_streams
from simulator.kernel.table import Column, Table
from simulator.levers.handles import HANDLES
from simulator.parameters.parameter import ParameterGroup
from simulator.phases.order import PHASES
from simulator.records.schema import TABLE_SCHEMAS
from simulator.scenario.run import MODEL_VERSION
from tests.house import tree
from tests.house.tree import ROOT


@pytest.fixture(scope="module")
def english() -> str:
    return render_odd_document([find_shipped_configs()], "en")


def find_missing(text: str, wanted) -> list[str]:
    """The names that are not in the text as whole words."""
    words = set(re.findall(r"[\w.]+", text))
    return sorted(name for name in wanted if name not in words)


def is_ours(kind: type) -> bool:
    return kind.__module__.startswith("simulator.")


def test_every_column(english):
    wanted = [f"{table.__name__.lower()}.{name}" for table in Table.__subclasses__() if is_ours(table)
              for name in table.columns()]
    assert len(wanted) > 100
    assert find_missing(english, wanted) == []


def test_a_column_added_later_would_be_missed(english, monkeypatch):
    from simulator.world.population.people import People

    monkeypatch.setattr(People, "columns", classmethod(lambda cls: {"brand_new": Column("f4", "new")}))
    assert find_missing(english, ["people.brand_new"]) == ["people.brand_new"]
    assert "people.brand_new" in render_odd_document([find_shipped_configs()], "en")


def test_every_phase_its_columns_and_stages(english):
    assert find_missing(english, PHASES) == []
    assert find_missing(english, {column for phase in PHASES.values() for column in phase.WRITES}) == []
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
    for group in filter(is_ours, ParameterGroup.__subclasses__()):
        for item in fields(group):
            if "unit" in item.metadata:
                row = next((line for line in lines if re.match(rf"\| `[\w.]*\.{item.name}` \|", line)
                            and item.metadata["doc"] in line), None)
                assert row is not None, f"{group.__name__}.{item.name}"
                assert item.metadata["grade"] in row


def test_every_handle_stream_outcome_and_recorded_column(english):
    recorded = [name for table in TABLE_SCHEMAS.values() for name in table]
    assert find_missing(english, [*HANDLES, *list_streams(), *OUTCOMES, *recorded]) == []


@pytest.mark.parametrize("group", ["lever", "crisis", "territory", "site"])
def test_every_card(english, group):
    cards = sorted((ROOT / "configs" / group).glob("*.yaml"))
    assert cards
    assert find_missing(english, [card.stem for card in cards]) == []
    for card in cards if group in ("lever", "crisis") else ():
        explanation = yaml.safe_load(card.read_text(encoding="utf-8"))["explanation_en"]
        assert " ".join(explanation.split()) in english, card.stem


def test_headings_are_those_of_the_standard_in_both_languages(english):
    french = render_odd_document([find_shipped_configs()], "fr")
    for text, lang in ((english, "en"), (french, "fr")):
        found = [heading for _, heading in list_headings(text)]
        assert [key for key in HEADINGS if key != "contents" and get_odd_heading(key, lang) not in found] == []
    assert "## 2. Entités, variables d'état et échelles" in french and "Document produit à partir" in french
    assert MODEL_VERSION in english
    assert "Registre des personnes vulnérables" in french


def test_it_does_not_depend_on_where_one_stands(english, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert render_odd_document([find_shipped_configs()], "en") == english
    assert str(ROOT) not in english
