"""The glossary, from docs/glossary.csv: one row per term, in both languages."""

from __future__ import annotations

import csv
from pathlib import Path

TABLE = Path(__file__).resolve().parents[1] / "glossary.csv"


def read_terms() -> list[dict[str, str]]:
    """Rows of the glossary, with columns fr and en (the term), meaning_fr and meaning_en."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def render_glossary(lang: str) -> str:
    """A definition list in alphabetical order, each term with that of the other language."""
    other = "en" if lang == "fr" else "fr"
    found = sorted(read_terms(), key=lambda row: _strip_accents(row[lang]))
    return "\n".join(f"{row[lang]} *· {row[other]}*\n: {row[f'meaning_{lang}']}\n" for row in found)


def _strip_accents(word: str) -> str:
    return word.casefold().translate(str.maketrans("éèêàâîïôûç", "eeeaaiiouc"))
