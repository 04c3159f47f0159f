"""The files of the page to hand on: one page with its charts inside, the licence of their library, the workbook."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import os
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any

from ...i18n.plain_text import make_printable
from ...i18n.translation import DEFAULT_LANGUAGE, Message, list_languages
from ...records.files.parquet import replace_atomically
from ...records.results import Results
from ...report.workbook.content import collect_sheets
from .content import collect_scenes
from .texts import collect_site_texts

LIBRARY, LIBRARY_FILES = "bokeh", ("bokeh.min.js", "bokeh-api.min.js")
"""The charting library, and those of its files that the page holds; taken from the installed package."""
PAGE_NAME, LICENCE_NAME, WORKBOOK_NAME = "index.html", "LICENSE-bokeh.txt", "results.xlsx"
MARK = "<!-- resilience publish -->"
"""The first line of a page, by which a folder is known to be one that may be replaced."""
MAX_BYTES = 5_000_000
MAX_DATA_BYTES = 2_600_000
"""Bytes of scenarios on the page: with library and workbook it stays below MAX_BYTES."""


class MissingLibraryError(ValueError):
    """The charting library is not installed."""


def render_site(results: Results, lang: str = DEFAULT_LANGUAGE, worth: str | None = None) -> dict[str, bytes]:
    """File name to its bytes. lang: the language that the page opens in, and that of the workbook. worth: from which
    difference on acting counts as worthwhile; as the folder's comparison was asked by default.

    ValueError if nothing was played with and without levers; MissingLibraryError without the charting library.
    """
    from ...report.workbook.files import render_workbook

    library = read_library()
    scenes, left_out = collect_scenes(results, MAX_DATA_BYTES, lambda scene: len(encode_data(scene)),
                                      worth)
    data = {"lang": lang, "langs": list(list_languages()), "texts": collect_site_texts(), "scenes": scenes,
            "left_out": left_out, "workbook": WORKBOOK_NAME}
    out = {PAGE_NAME: b"", LICENCE_NAME: library.pop("LICENSE.txt").encode("utf-8")}
    book = render_workbook(collect_sheets(results, lang))
    out[PAGE_NAME] = render_page(data, list(library.values())).encode("utf-8")
    if sum(map(len, out.values())) + len(book) <= MAX_BYTES:
        return {**out, WORKBOOK_NAME: book}
    out[PAGE_NAME] = render_page({**data, "workbook": ""}, list(library.values())).encode("utf-8")
    return out


def read_library() -> dict[str, str]:
    """The library's licence and scripts, by file name. MissingLibraryError if they are not there."""
    found = importlib.util.find_spec(LIBRARY)
    folder = Path(next(iter(found.submodule_search_locations or ()), "")) if found else Path()
    paths = [folder / "LICENSE.txt", *(folder / "server" / "static" / "js" / name for name in LIBRARY_FILES)]
    if found is None or not all(path.is_file() for path in paths):
        raise MissingLibraryError(Message("publish needs Bokeh: pip install 'resilience-simulator[site]'"))
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


def encode_data(data: Any) -> str:
    """JSON that can stand inside a page: no sign that HTML would read."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return make_printable(text).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def render_page(data: Any, library: list[str]) -> str:
    """The page: scripts inline, each allowed by its hash, and nothing else may run or be loaded."""
    from jinja2 import Environment, StrictUndefined

    sources = files(__package__)
    page, styles, script = ((sources / name).read_text(encoding="utf-8")
                            for name in ("index.html", "explorer.css", "explorer.js"))
    scripts = [*library, f"window.RESULTS = {encode_data(data)};", script]
    if any("</script" in one.lower() or "<!--" in one for one in scripts):
        raise ValueError(Message("a script of this version of Bokeh cannot stand inside a page; install another one"))
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    texts = {name: said[data["lang"]] for name, said in data["texts"].items()}
    return MARK + "\n" + environment.from_string(page).render(
        lang=data["lang"], texts=texts, styles=styles, scripts=scripts,
        hashes=" ".join(f"'sha256-{hash_script(one)}'" for one in scripts))


def hash_script(script: str) -> str:
    """The SHA-256 of a script as a content security policy writes it."""
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")


def is_published_folder(folder: Path) -> bool:
    """True if the folder holds a page written by `write_site` and nothing that it would not replace."""
    page = folder / PAGE_NAME
    if not page.is_file() or {one.name for one in folder.iterdir()} - {PAGE_NAME, LICENCE_NAME, WORKBOOK_NAME}:
        return False
    with page.open(encoding="utf-8", errors="replace") as opened:
        return opened.readline().strip() == MARK


def write_site(content: dict[str, bytes], folder: Path) -> None:
    """Write the files into a new folder, or over an earlier page, whole or not at all. OSError if it cannot be."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    made, old = (folder.with_name(f".{folder.name}.{os.getpid()}.{kind}") for kind in ("tmp", "old"))
    try:
        made.mkdir()
        for name, data in content.items():
            temporary = made / f".{name}.tmp"
            temporary.write_bytes(data)
            replace_atomically(temporary, made / name)
        if folder.exists():
            os.replace(folder, old)
        os.replace(made, folder)
    finally:
        if old.exists() and not folder.exists():
            os.replace(old, folder)
        for one in (made, old):
            shutil.rmtree(one, ignore_errors=True)
