"""The glossary, from docs/glossary.csv: one row a term, in both languages."""

from __future__ import annotations

import csv
from pathlib import Path

TABLE = Path(__file__).resolve().parents[1] / "glossary.csv"


def rows() -> list[dict[str, str]]:
    """Columns fr, en (the term), meaning_fr, meaning_en."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def glossary(lang: str) -> str:
    """A definition list in the order of this language, with the other language's term."""
    other = "en" if lang == "fr" else "fr"
    found = sorted(rows(), key=lambda row: _plain(row[lang]))
    return "\n".join(f"{row[lang]} *· {row[other]}*\n: {row[f'meaning_{lang}']}\n" for row in found)


def _plain(word: str) -> str:
    return word.casefold().translate(str.maketrans("éèêàâîïôûç", "eeeaaiiouc"))
