"""Files of the repository that are also pages of the site, with their links rewritten; notebooks as pages."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = {"README.md": "/index.md", "DESIGN.md": "/design.md", "CONTRIBUTING.md": "/contributing.md",
         "CHANGELOG.md": "/changelog.md"}
"""File to its page on the site."""
LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:|#|mailto:)([^)\s]+)\)")


def rewrite_links(text: str, folder: Path) -> str:
    """The text of a file in a folder, with links to pages of the site and to pictures; other links become plain text.
    """
    def rewrite(link: re.Match[str]) -> str:
        target = (folder / link[3]).resolve()
        if target.is_relative_to(ROOT) and target.relative_to(ROOT).as_posix() in PAGES:
            return f"[{link[2]}]({PAGES[target.relative_to(ROOT).as_posix()]})"
        if link[1] and target.is_file():
            return f"![{link[2]}](/../{target.relative_to(ROOT).as_posix()})"
        return f"`{link[3]}`" if link[2] == link[3] else f"{link[2]} (`{link[3]}`)"

    return LINK.sub(rewrite, text)


def render_file(name: str) -> str:
    """A file of the repository's root as a page, with its heading."""
    return rewrite_links((ROOT / name).read_text(encoding="utf-8"), ROOT)


def render_section(name: str, *words: str) -> str:
    """One section of a file of the root, without its heading. words: of the heading. KeyError for no such section."""
    text = (ROOT / name).read_text(encoding="utf-8")
    head = " ".join(words)
    found = re.search(rf"^## {re.escape(head)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise KeyError(f"{name} has no section {head!r}")
    return rewrite_links(found[1].strip(), ROOT) + "\n"


def render_studies() -> str:
    """The published studies: the README of each."""
    files = sorted(ROOT.glob("experiments/*/README.md"))
    return "\n".join(_lower_headings(rewrite_links(file.read_text(encoding="utf-8"), file.parent)) for file in files)


def render_cluster() -> str:
    """The README on running a study on several machines, without its heading."""
    readme = ROOT / "tools" / "cluster" / "README.md"
    return rewrite_links(readme.read_text(encoding="utf-8").partition("\n")[2], readme.parent)


def _lower_headings(text: str) -> str:
    """The text with each heading one level lower."""
    return re.sub(r"(?m)^(#+) ", r"#\1 ", text)


def list_notebooks() -> list[Path]:
    """Files of the notebooks, in order."""
    return sorted((ROOT / "notebooks").glob("[0-9]*.py"))


def read_cells(book: Path) -> Iterator[tuple[str, str]]:
    """("text" or "code", contents) of each cell of a notebook in percent format."""
    body = book.read_text(encoding="utf-8")
    for part in re.split(r"(?m)^# %%", body)[1:]:
        head, _, rest = part.partition("\n")
        if "[markdown]" in head:
            yield "text", textwrap.dedent("\n".join(line[2:] if line.startswith("# ") else line.lstrip("#")
                                                    for line in rest.strip().splitlines()))
        elif rest.strip():
            yield "code", rest.strip()


def read_title(book: Path) -> str:
    """The heading of a notebook."""
    return next((text for kind, text in read_cells(book) if kind == "text"), book.stem).splitlines()[0].lstrip("# ")


def render_notebook(number: str) -> str:
    """A notebook as a page: text and code, without output. number: its first digits."""
    book = next((book for book in list_notebooks() if book.stem.startswith(number)), None)
    if book is None:
        return f"# Notebook {number}\n\nThis notebook is not part of this version.\n"
    parts = [text if kind == "text" else f"```python\n{text}\n```" for kind, text in read_cells(book)]
    path = f"notebooks/{book.name}"
    note = (f":::{{note}}\nThe file is `{path}`. It is there as `.ipynb` too: open either with `jupyter lab` (extra "
            "`notebooks`), or run it: "
            f"`python {path}`. Every check of the project plays it from the first cell to the last.\n:::")
    first, _, rest = parts[0].partition("\n")
    return "\n\n".join([first, note, rest.strip(), *parts[1:]]) + "\n"


def render_notebook_list() -> str:
    """The list of notebooks, each with its page."""
    rows = [f"{number}. [{read_title(book)}]({book.stem[:2]}.md) (`notebooks/{book.name}`)"
            for number, book in enumerate(list_notebooks(), 1)]
    return "\n".join(rows) + "\n"


def render_odd_description() -> str:
    """The ODD+D document that `resilience describe odd` prints, with its charts as pictures."""
    from simulator.app.odd.chart_blocks import draw_chart_pictures

    text = _print_description("odd")
    for source, picture in draw_chart_pictures("en").items():
        text = text.replace(f"```mermaid\n{source}\n```", f"<figure>\n{picture}\n</figure>")
    return text


def render_trace_document() -> str:
    """The page that `resilience describe trace` prints."""
    return _print_description("trace")


def _print_description(topic: str) -> str:
    """What `resilience describe` prints on a topic, without its title."""
    import contextlib
    import io

    from simulator.app.cli.main import main

    with contextlib.redirect_stdout(io.StringIO()) as printed:
        main(["describe", topic, "--markdown", "lang=en"])
    return printed.getvalue().partition("\n")[2]
