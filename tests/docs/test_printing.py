"""Text of the site that is generated from the code: it is complete, in both languages."""

from __future__ import annotations

import re
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

import simulator
from simulator.analysis.validation.pattern_checks import check_patterns
from simulator.analysis.validation.pattern_targets import TARGETS
from simulator.app.cli.manual import COMMAND_HELP
from simulator.config.cards.card_files import find_shipped_configs, list_card_names
from simulator.config.cards.catalogue import load_cards
from simulator.levers.handles import HANDLES
from simulator.parameters import Model
from simulator.records.schema import EFFECTS_SCHEMA, TABLE_SCHEMAS
from simulator.report.sheets.analysis_sheet import format_sheet_csv
from simulator.report.validation_page import build_validation_sheet
from tests.house import tree
from tests.house.tree import ROOT

sys.path.append(str(ROOT / "docs"))

import printing
from printing import architecture, copied, measured, names, terms, words


@pytest.fixture(scope="module", params=["fr", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.mark.parametrize("group", ["lever", "crisis"])
def test_every_card_is_in_the_gallery_in_full(group: str, lang: str) -> None:
    page = printing.replace_marks(f"<!-- print: {'levers' if group == 'lever' else 'crises'} {lang} -->")
    for found in load_cards(group, [find_shipped_configs()]):
        card, anchor = found.card, words.format_anchor(group, found.card.id, lang)
        assert f"({anchor})=" in page and f'href="#{anchor}"' in page
        assert getattr(card, f"explanation_{lang}") in page
        assert re.search(rf"resilience compare .*{group}={found.name}\b", page)
        if group == "lever":
            for name in ("capacity", "limits", "side_effects", "personal_data", "mechanism"):
                assert (getattr(card, f"{name}_fr") if lang == "fr" else getattr(card, name)) in page
            assert all(f"`{modifier.handle}`" in page for modifier in card.modifiers) and card.cost.source in page


def test_french_galleries_are_in_french() -> None:
    page = printing.replace_marks("<!-- print: levers fr -->") + printing.replace_marks("<!-- print: crises fr -->")
    assert page.count("**Touche :**") == len(load_cards("lever", [find_shipped_configs()]))
    assert not re.search(r"mortality_slope|institution_delay|trust_loss", page)
    assert not re.search(r"\*\*(Acts|Reaches|Hits|Costs|Limits|Evidence|Dose|Delay|Sources|Grades):\*\*", page)
    english = (*words.PHRASES.values(), *words.LABELS.values())
    tree.nothing(text for text in english if "{" not in text and re.search(rf"[-,;] {re.escape(text)}[,;\n]", page))


def test_every_number_handle_and_column_is_printed() -> None:
    settings, model = printing.replace_marks("<!-- print: parameters -->"), Model()
    for group in fields(model):
        if is_dataclass(getattr(model, group.name)):
            assert f"## model.{group.name}\n" in settings
            assert all(f"| `{item.name}` |" in settings for item in fields(getattr(model, group.name))
                       if "unit" in item.metadata)
    handles = printing.replace_marks("<!-- print: handles -->")
    tree.nothing(name for name in HANDLES if name not in handles)
    dictionary = printing.replace_marks("<!-- print: dictionary -->")
    tree.nothing(name for table in (*TABLE_SCHEMAS.values(), EFFECTS_SCHEMA) for name in table
                 if f"| `{name}` |" not in dictionary)


def test_every_command_and_public_name_has_its_place(lang: str) -> None:
    page = printing.replace_marks(f"<!-- print: commands {lang} -->")
    tree.nothing(name for name in COMMAND_HELP if f"## resilience {name}\n" not in page)
    public = names.render_public_names()
    tree.nothing(name for name in simulator.__all__ if f"## {name}\n" not in public)
    assert "dares_to_ask(need: int) -> bool" in public and "method: str = 'lhs'" in public
    agents, tables = names.render_agent_names(), names.render_record_tables()
    assert "accepts(request: Request) -> bool" in public and "shuffle_do(method: str | Callable" in agents
    assert not [name for name in names.INTERNAL if f"{{py:method}} {name}(" in public + agents]
    tree.nothing(name for name in TABLE_SCHEMAS if f'record.tables["{name}"]' not in tables)
    assert "| `ablate` | `()` |  | Channels that are switched off" in public, "Run has a table of its entries"


def test_every_mark_of_a_page_has_its_printer() -> None:
    marks = [(mark, page) for page in (ROOT / "docs").rglob("*.md")
             for mark, _ in printing.MARK.findall(page.read_text(encoding="utf-8"))]
    tree.nothing(f"{page.name}: {mark}" for mark, page in marks if mark not in printing.PRINTERS)
    assert set(printing.PRINTERS) == {mark for mark, _ in marks}


COUNTED = {9: ("nine", "neuf"), 10: ("ten", "dix"), 11: ("eleven", "onze"), 12: ("twelve", "douze"),
           13: ("thirteen", "treize"), 14: ("fourteen", "quatorze"), 28: ("twenty-eight", "vingt-huit"),
           29: ("twenty-nine", "vingt-neuf"), 30: ("thirty", "trente"), 31: ("thirty-one", "trente et un"),
           32: ("thirty-two", "trente-deux"), 33: ("thirty-three", "trente-trois")}
"""Number to its word in English and French."""


def test_pages_count_cards_as_they_are() -> None:
    """Numbers of levers and crises that pages say in words."""
    levers, crises = (len(list_card_names(group, [find_shipped_configs()])) for group in ("lever", "crisis"))
    words = {"README.md": (f"{COUNTED[levers][0]} levers", f"{COUNTED[crises][0]} crises"),
             "docs/index.md": (f"{COUNTED[levers][0]} cards", f"{COUNTED[crises][0]} cards"),
             "docs/fr/index.md": (f"{COUNTED[levers][1]} leviers", f"{COUNTED[crises][1]} crises")}
    tree.nothing(f"{page}: {text}" for page, texts in words.items() for text in texts
                 if text not in (ROOT / page).read_text(encoding="utf-8"))


def test_notebooks_have_pages() -> None:
    numbers = [book.stem[:2] for book in copied.list_notebooks()]
    assert len(numbers) == len(set(numbers))
    tree.nothing(f"{book.name}: no page in docs/notebooks" for book in copied.list_notebooks()
                 if not (ROOT / "docs" / "notebooks" / f"{book.stem[:2]}.md").exists())
    first = copied.render_notebook("01")
    assert first.startswith("# ") and "```python\n" in first and "# %%" not in first


def test_a_copied_page_leads_to_pages_of_the_site() -> None:
    text = copied.rewrite_links("[a](DESIGN.md) ![b](experiments/first_study/effects.png) [c](tests/conftest.py)", ROOT)
    assert text == "[a](/design.md) ![b](/../experiments/first_study/effects.png) c (`tests/conftest.py`)"
    assert copied.render_file("CONTRIBUTING.md").count("](/design.md)") >= 1
    with pytest.raises(KeyError, match="no section"):
        copied.render_section("README.md", "Nowhere")


def test_the_glossary_has_both_languages() -> None:
    rows = terms.read_terms()
    assert len(rows) >= 30 and all(all(row.values()) for row in rows)
    for lang in ("fr", "en"):
        assert len({row[lang] for row in rows}) == len(rows)


def test_an_unknown_mark_is_refused() -> None:
    with pytest.raises(KeyError):
        printing.replace_marks("<!-- print: nothing -->")


def test_no_mark_is_misspelt() -> None:
    """A misspelt mark would stay on the page."""
    loose = re.compile(r"<!--\s*print")
    for path in Path(ROOT / "docs").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert len(loose.findall(text)) == len(printing.MARK.findall(text)) or path.name == "developer.md", path


def test_the_table_of_validate_is_printed_as_it_was_written(tmp_path, monkeypatch) -> None:
    runs = [{one.pattern: (one.low + one.high) / 2 for one in TARGETS[1:]} | {TARGETS[0].pattern: 0.9}] * 3
    monkeypatch.setattr(measured, "FILE", tmp_path / "validation.csv")
    assert "no such table" in printing.replace_marks("<!-- print: validation -->")
    (tmp_path / "validation.csv").write_text(format_sheet_csv(build_validation_sheet(check_patterns(runs))),
                                             encoding="utf-8")
    page = printing.replace_marks("<!-- print: validation -->")
    assert f"{len(TARGETS) - 1} of {len(TARGETS)} published figures are met**, over 3 seeds" in page
    assert "| P1 | isolated, 15 and over | 9% – 16% | 90% [90% – 90%] | missed |" in page
    assert page.count("| met |") == len(TARGETS) - 1
    assert ("· not calibrated" in page) == any(target.use == "known" for target in TARGETS)


def test_the_picture_of_packages_is_that_of_the_imports() -> None:
    graph, layers = architecture.build_import_graph(), architecture.list_layers()
    level = {name: row for row, layer in enumerate(layers) for name in layer}
    assert {path.parent.name for path in (ROOT / "simulator").glob("*/__init__.py")} == set(graph)
    assert all(level[source] < level[target] for source, target in graph.edges)
    page = printing.replace_marks("<!-- print: architecture -->")
    assert all(f">{name}<" in page for name in graph) and page.count("<rect") == len(graph)
