"""What the site prints from the project: all of it, in both languages."""

from __future__ import annotations

import re
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

import simulator
from simulator.analysis.validation.scores import judged
from simulator.analysis.validation.targets import TARGETS
from simulator.app.cli.manual import COMMANDS
from simulator.config.catalogue import every
from simulator.config.source import home
from simulator.levers.catalogue import HANDLES
from simulator.parameters import Model
from simulator.records.schema import EFFECTS, TABLES
from simulator.report.analysis_sheet import csv_text
from simulator.report.validation import table
from tests.house import tree
from tests.house.tree import ROOT

sys.path.append(str(ROOT / "docs"))

import printing
from printing import copied, measured, names, terms, words


@pytest.fixture(scope="module", params=["fr", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.mark.parametrize("group", ["lever", "crisis"])
def test_every_card_is_in_the_gallery_in_full(group: str, lang: str) -> None:
    page = printing.printed(f"<!-- print: {'levers' if group == 'lever' else 'crises'} {lang} -->")
    for found in every(group, [home()]):
        one, anchor = found.card, words.anchor(group, found.card.id, lang)
        assert f"({anchor})=" in page and f'href="#{anchor}"' in page
        assert getattr(one, f"explanation_{lang}") in page
        assert re.search(rf"resilience compare .*{group}={found.name}\b", page)
        if group == "lever":
            for name in ("capacity", "limits", "side_effects", "personal_data", "mechanism"):
                assert (getattr(one, f"{name}_fr") if lang == "fr" else getattr(one, name)) in page
            assert all(f"`{turn.handle}`" in page for turn in one.turns) and one.cost.source in page


def test_french_galleries_speak_french() -> None:
    page = printing.printed("<!-- print: levers fr -->") + printing.printed("<!-- print: crises fr -->")
    assert page.count("**Touche :**") == len(every("lever", [home()]))
    assert not re.search(r"mortality_slope|institution_delay|trust_loss", page)
    tree.nothing(english for english, french in words.WORDS.values() if english != french
                 and (f"**{english}**" in page or f"\n{english} " in page))


def test_every_number_handle_and_column_is_printed() -> None:
    settings, model = printing.printed("<!-- print: parameters -->"), Model()
    for group in fields(model):
        if is_dataclass(getattr(model, group.name)):
            assert f"## model.{group.name}\n" in settings
            assert all(f"| `{item.name}` |" in settings for item in fields(getattr(model, group.name))
                       if "unit" in item.metadata)
    handles = printing.printed("<!-- print: handles -->")
    tree.nothing(name for name in HANDLES if name not in handles)
    dictionary = printing.printed("<!-- print: dictionary -->")
    tree.nothing(name for table in (*TABLES.values(), EFFECTS) for name in table if f"| `{name}` |" not in dictionary)


def test_every_command_and_public_name_has_its_place(lang: str) -> None:
    page = printing.printed(f"<!-- print: commands {lang} -->")
    tree.nothing(name for name in COMMANDS if f"## resilience {name}\n" not in page)
    public = names.public()
    tree.nothing(name for name in simulator.__all__ if f"## {name}\n" not in public)
    assert "dares_to_ask(need)" in public


def test_notebooks_have_pages() -> None:
    numbers = [book.stem[:2] for book in copied.books()]
    assert len(numbers) == len(set(numbers))
    tree.nothing(f"{book.name}: no page in docs/notebooks" for book in copied.books()
                 if not (ROOT / "docs" / "notebooks" / f"{book.stem[:2]}.md").exists())
    first = copied.notebook("01")
    assert first.startswith("# ") and "```python\n" in first and "# %%" not in first


def test_a_copied_page_leads_to_pages_of_the_site() -> None:
    text = copied.linked("[a](DESIGN.md) ![b](experiments/first_study/effects.png) [c](tests/conftest.py)", ROOT)
    assert text == "[a](/design.md) ![b](/../experiments/first_study/effects.png) c (`tests/conftest.py`)"
    assert copied.file("CONTRIBUTING.md").count("](/design.md)") >= 1
    with pytest.raises(KeyError, match="no section"):
        copied.section("README.md", "Nowhere")


def test_the_glossary_says_everything_twice() -> None:
    rows = terms.rows()
    assert len(rows) >= 30 and all(all(row.values()) for row in rows)
    for lang in ("fr", "en"):
        assert len({row[lang] for row in rows}) == len(rows)


def test_a_mark_nobody_prints_is_refused() -> None:
    with pytest.raises(KeyError):
        printing.printed("<!-- print: nothing -->")


def test_pages_are_all_marked_rightly() -> None:
    """No mark is misspelt so that it would stay as it is."""
    loose = re.compile(r"<!--\s*print")
    for path in Path(ROOT / "docs").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert len(loose.findall(text)) == len(printing.MARK.findall(text)) or path.name == "developer.md", path


def test_the_table_of_validate_is_printed_as_it_was_written(tmp_path, monkeypatch) -> None:
    runs = [{one.pattern: (one.low + one.high) / 2 for one in TARGETS[1:]} | {TARGETS[0].pattern: 0.9}] * 3
    monkeypatch.setattr(measured, "FILE", tmp_path / "validation.csv")
    assert "no such table" in printing.printed("<!-- print: validation -->")
    (tmp_path / "validation.csv").write_text(csv_text(table(judged(runs))), encoding="utf-8")
    page = printing.printed("<!-- print: validation -->")
    assert f"{len(TARGETS) - 1} of {len(TARGETS)} published figures are met**, over 3 seeds" in page
    assert "| P1 | isolated, 15 and over | 9% – 16% | 90% [90% – 90%] | missed |" in page
    assert page.count("| met |") == len(TARGETS) - 1 and "not calibrated" in page
