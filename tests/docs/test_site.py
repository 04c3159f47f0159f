"""The site is built without a warning, its links and anchors lead somewhere, and it fetches nothing."""

from __future__ import annotations

import io
import sys
import warnings
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.house import tree
from tests.house.tree import ROOT

FETCHED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


class Page(HTMLParser):
    """Ids, links, what is fetched, and the language of one page."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.unnamed: list[str] = []
        self.language = ""
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids |= {given["id"]} if "id" in given else set()
        if tag == "html":
            self.language = given.get("lang", "")
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag in FETCHED and FETCHED[tag] in given:
            self.fetched.append(given[FETCHED[tag]])
        if tag == "img" and "alt" not in given:
            self.unnamed.append(given.get("src", ""))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Page]:
    """Every page of a fresh build, by its file. Built in this process: it knows the package already."""
    application = pytest.importorskip("sphinx.application")
    folder, docs, said = tmp_path_factory.mktemp("site"), str(ROOT / "docs"), io.StringIO()
    found = list(sys.path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # other projects' own deprecations; the builder's warnings are in `said`
        builder = application.Sphinx(docs, docs, str(folder / "html"), str(folder / "trees"), "html", status=None,
                                     warning=said, warningiserror=True)
        builder.build()
    sys.path[:] = found
    assert builder.statuscode == 0 and not said.getvalue(), said.getvalue()
    return {file: Page(file) for file in sorted((folder / "html").rglob("*.html"))}


pytestmark = pytest.mark.slow


def test_links_and_anchors_lead_somewhere(site: dict[Path, Page]) -> None:
    wrong = []
    for file, page in site.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            there = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            anchor = unquote(parts.fragment)
            if not there.exists() or (anchor and there in site and anchor not in site[there].ids):
                wrong.append(f"{file.name}: {link}")
    tree.nothing(wrong)


def test_nothing_is_fetched_from_elsewhere(site: dict[Path, Page]) -> None:
    tree.nothing(f"{file.name}: {what}" for file, page in site.items() for what in page.fetched
                 if urlsplit(what).netloc)
    styles = [file for file in next(iter(site)).parent.rglob("*.css")]
    assert styles
    tree.nothing(file.name for file in styles if "url(http" in file.read_text(encoding="utf-8")
                 or "@import" in file.read_text(encoding="utf-8"))


def test_pages_say_their_language_and_pictures_what_they_show(site: dict[Path, Page]) -> None:
    french = [page for file, page in site.items() if file.parent.name == "fr"]
    assert len(french) == 5 and all(page.language == "fr" for page in french)
    tree.nothing(f"{file.name}: lang={page.language!r}" for file, page in site.items()
                 if file.parent.name != "fr" and page.language != "en")
    tree.nothing(f"{file.name}: {what} has no text" for file, page in site.items() for what in page.unnamed)


def test_nothing_is_left_to_print(site: dict[Path, Page]) -> None:
    tree.nothing(file.name for file in site if "<!-- print:" in file.read_text(encoding="utf-8"))
