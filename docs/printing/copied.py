"""Files of the project that are pages of the site too; their links lead to pages where there are some."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = {"README.md": "/index.md", "DESIGN.md": "/design.md", "CONTRIBUTING.md": "/contributing.md",
         "CHANGELOG.md": "/changelog.md"}
LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:|#|mailto:)([^)\s]+)\)")


def linked(text: str, folder: Path) -> str:
    """The text with its links led to pages of the site, to pictures where they lie, or made plain names."""
    def lead(link: re.Match[str]) -> str:
        target = (folder / link[3]).resolve()
        if target.is_relative_to(ROOT) and target.relative_to(ROOT).as_posix() in PAGES:
            return f"[{link[2]}]({PAGES[target.relative_to(ROOT).as_posix()]})"
        if link[1] and target.is_file():
            return f"![{link[2]}](/../{target.relative_to(ROOT).as_posix()})"
        return f"`{link[3]}`" if link[2] == link[3] else f"{link[2]} (`{link[3]}`)"

    return LINK.sub(lead, text)


def file(name: str) -> str:
    """A file of the root as a page, its heading included."""
    return linked((ROOT / name).read_text(encoding="utf-8"), ROOT)


def section(name: str, *words: str) -> str:
    """One section of a file of the root, without its heading. KeyError if it has no such section."""
    text = (ROOT / name).read_text(encoding="utf-8")
    head = " ".join(words)
    found = re.search(rf"^## {re.escape(head)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise KeyError(f"{name} has no section {head!r}")
    return linked(found[1].strip(), ROOT) + "\n"


def studies() -> str:
    """The published studies: the README of each."""
    found = sorted(ROOT.glob("experiments/*/README.md"))
    return "\n".join(_deeper(linked(one.read_text(encoding="utf-8"), one.parent)) for one in found)


def cluster() -> str:
    """How to play a study on several machines, without its heading."""
    one = ROOT / "tools" / "cluster" / "README.md"
    return linked(one.read_text(encoding="utf-8").partition("\n")[2], one.parent)


def _deeper(text: str) -> str:
    return re.sub(r"(?m)^(#+) ", r"#\1 ", text)


def books() -> list[Path]:
    """The notebooks, in order."""
    return sorted((ROOT / "notebooks").glob("[0-9]*.py"))


def cells(book: Path) -> Iterator[tuple[str, str]]:
    """("text" or "code", contents) of each cell of a notebook in percent format."""
    body = book.read_text(encoding="utf-8")
    for part in re.split(r"(?m)^# %%", body)[1:]:
        head, _, rest = part.partition("\n")
        if "[markdown]" in head:
            yield "text", textwrap.dedent("\n".join(line[2:] if line.startswith("# ") else line.lstrip("#")
                                                    for line in rest.strip().splitlines()))
        elif rest.strip():
            yield "code", rest.strip()


def title(book: Path) -> str:
    """The heading of a notebook."""
    return next((text for kind, text in cells(book) if kind == "text"), book.stem).splitlines()[0].lstrip("# ")


def notebook(number: str) -> str:
    """A notebook as a page: text and code, without what the code gives."""
    found = [book for book in books() if book.stem.startswith(number)]
    if not found:
        return f"# Notebook {number}\n\nThis notebook is not part of this version.\n"
    parts = [text if kind == "text" else f"```python\n{text}\n```" for kind, text in cells(found[0])]
    where = f"notebooks/{found[0].name}"
    note = (f":::{{note}}\nThe file is `{where}`. Open it in Jupyter with the extra `notebooks` (jupytext), or run it: "
            f"`python {where}`. Every check of the project plays it from the first cell to the last.\n:::")
    first, _, rest = parts[0].partition("\n")
    return "\n\n".join([first, note, rest.strip(), *parts[1:]]) + "\n"


def notebooks() -> str:
    """The list of notebooks, each with its page."""
    rows = [f"{place}. [{title(book)}]({book.stem[:2]}.md) (`notebooks/{book.name}`)"
            for place, book in enumerate(books(), 1)]
    return "\n".join(rows) + "\n"


def description() -> str:
    """The ODD+D document that `resilience describe odd` prints; what it is made of where there is none."""
    from simulator.app.commands.describe import command

    if "odd" not in command.TOPICS:
        return "This version prints no such document; the pages beside this one hold what it would be made of.\n"
    import contextlib
    import io

    from simulator.app.cli.main import main

    with contextlib.redirect_stdout(io.StringIO()) as said:
        main(["describe", "odd", "--markdown", "lang=en"])
    return said.getvalue().partition("\n")[2]
