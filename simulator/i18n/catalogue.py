"""The tool that keeps the catalogues in step with the code: `python -m simulator.i18n.catalogue [language …]`.

It finds the texts that the code says, adds new ones to every catalogue without a translation, drops those that the code
no longer says, and compiles. A language given by its code gets a catalogue if it has none.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from . import translation

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parents[2]
SOURCE_FOLDERS = ("simulator", "docs/printing")
TEXT_FUNCTIONS = ("translate", "Message", "get_page_text", "get_story_text", "UsageError", "InputError")
"""Functions and classes whose first argument is an English text."""
LOOKED_UP = {"mark": 0, "mark_all": 0, "ShownColumn": 1}
"""What declares texts that are looked up elsewhere, to the position of the text among its arguments."""
PLURAL_FUNCTIONS = ("translate_plural", "get_page_plural")
"""Functions whose first two arguments are an English text for one and for many."""
PO_LINE_WIDTH = 110

CatalogueEntry = tuple[str, str, str]
"""Context, text, and text for many; the first and the last may be empty."""


@dataclass
class SaidTexts:
    """What the code says.

    entries: each text to where it is said first. lookups: each context of texts that are looked up, to where first.
    """

    entries: dict[CatalogueEntry, str] = field(default_factory=dict)
    lookups: dict[str, str] = field(default_factory=dict)

    def list_unmarked_lookups(self) -> list[str]:
        """Where texts are looked up in a context in which none is marked: no catalogue can have them."""
        known = {context for context, _, _ in self.entries}
        return [f"{place}: no text is marked with the context {context!r}" for context, place in self.lookups.items()
                if context not in known]


def find_said_texts(root: Path = ROOT) -> SaidTexts:
    """Every text in the code below a folder that holds SOURCE_FOLDERS.

    A text said alone and as the one of a plural is one entry, the plural.
    """
    said = SaidTexts()
    for folder in SOURCE_FOLDERS:
        for file in sorted((root / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    _add_call(said, node, f"{file.relative_to(root).as_posix()}:{node.lineno}")
    plurals = {entry[:2] for entry in said.entries if entry[2]}
    said.entries = {entry: place for entry, place in said.entries.items() if entry[2] or entry[:2] not in plurals}
    return said


def _add_call(said: SaidTexts, call: ast.Call, place: str) -> None:
    """Add the texts of a call, if it is one of the functions that take any."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    position = LOOKED_UP.get(name, 0)
    if len(call.args) <= position or name not in (*TEXT_FUNCTIONS, *PLURAL_FUNCTIONS, *LOOKED_UP):
        return
    context = next((item.value for item in call.keywords if item.arg == "context"), ast.Constant(""))
    contexts, texts = list(_list_constants(context)), list(_list_constants(call.args[position]))
    many = list(_list_constants(call.args[1])) if name in PLURAL_FUNCTIONS else [""]
    for entry in ((where, one, more) for where in contexts for one in texts for more in many):
        said.entries.setdefault(entry, place)
    if not texts:
        for where in contexts:
            said.lookups.setdefault(where, place)


def _list_constants(node: ast.expr) -> Iterator[str]:
    """The text that an expression is, the two of a conditional one, the values of a dict or the items of a tuple."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    parts = {ast.IfExp: ("body", "orelse"), ast.Dict: ("values",), ast.Tuple: ("elts",)}.get(type(node), ())
    for part in parts:
        found = getattr(node, part)
        for one in found if isinstance(found, list) else [found]:
            yield from _list_constants(one)


def read_catalogue(lang: str) -> Catalog:
    """The catalogue of a language as translators edit it; an empty one if there is none."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    file = _get_file(lang, "po")
    if not file.is_file():
        return Catalog(lang, project="resilience-simulator", fuzzy=False)
    with file.open("rb") as opened:
        return read_po(opened, locale=lang)


def list_catalogue_entries(catalogue: Catalog) -> dict[CatalogueEntry, tuple[str, ...]]:
    """Each entry of a catalogue to its translations, one for each plural form; empty texts where it has none."""
    found: dict[CatalogueEntry, tuple[str, ...]] = {}
    for item in catalogue:
        if item.id:
            one, many = item.id if isinstance(item.id, (tuple, list)) else (item.id, "")
            texts = item.string if isinstance(item.string, (tuple, list)) else (item.string,)
            found[item.context or "", one, many] = tuple(str(text or "") for text in texts)
    return found


def update_catalogue(catalogue: Catalog, said: SaidTexts) -> tuple[list[CatalogueEntry], list[CatalogueEntry]]:
    """Add to a catalogue what the code says, drop what it no longer says. Returns what was added and dropped."""
    known = list_catalogue_entries(catalogue)
    added = [entry for entry in said.entries if entry not in known]
    dropped = [entry for entry in known if entry not in said.entries]
    for context, one, many in added:
        catalogue.add((one, many) if many else one, context=context or None)
    for context, one, _ in dropped:
        catalogue.delete(one, context or None)
    return added, dropped


def write_catalogue(catalogue: Catalog, lang: str) -> None:
    """Write a catalogue as translators edit it, sorted by text, and as programs read it."""
    from babel.messages.pofile import write_po

    page = BytesIO()
    catalogue.header_comment = f"# Texts of the simulator: English, and what they are in the language {lang}."
    write_po(page, catalogue, width=PO_LINE_WIDTH, no_location=True, sort_output=True)
    _get_file(lang, "po").parent.mkdir(parents=True, exist_ok=True)
    _get_file(lang, "po").write_bytes(page.getvalue())
    _get_file(lang, "mo").write_bytes(compile_catalogue(catalogue))


def compile_catalogue(catalogue: Catalog) -> bytes:
    """A catalogue as programs read it, without what is not translated."""
    from babel.messages.mofile import write_mo

    page = BytesIO()
    write_mo(page, catalogue)
    return page.getvalue()


def _get_file(lang: str, ending: str) -> Path:
    return translation.LOCALES / lang / "LC_MESSAGES" / f"{translation.DOMAIN}.{ending}"


def main(languages: list[str]) -> int:
    """Update every catalogue, and those of the languages given; print what has no translation. Returns the exit code.
    """
    said = find_said_texts()
    known = [lang for lang in translation.list_languages() if lang != translation.SOURCE_LANGUAGE]
    for lang in dict.fromkeys([*known, *languages]):
        catalogue = read_catalogue(lang)
        added, dropped = update_catalogue(catalogue, said)
        write_catalogue(catalogue, lang)
        missing = [entry for entry, texts in list_catalogue_entries(catalogue).items() if not all(texts)]
        print(f"{lang}: {len(added)} texts added, {len(dropped)} dropped, {len(missing)} without a translation")
        for entry in missing:
            print(f"  {said.entries.get(entry, '')} {entry[1]!r}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
