"""A figure as SVG that stands inside a page: no scripts, ids of its own, words for the blind."""

from __future__ import annotations

import re
from io import StringIO

from .style import Picture, look

HEAD = re.compile(r"^.*?(?=<svg\b)", re.DOTALL)
METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
SIZE = re.compile(r'\s(?:width|height|version|xmlns:xlink|xmlns)="[^"]*"')
NAMED = re.compile(r'\b(id="|(?:xlink:)?href="#|url\(#)')


def inline(picture: Picture) -> str:
    """The picture as an `<svg>` element as wide as its column. Heading and foot are left to the page around it."""
    page = StringIO()
    figure = picture.figure
    with look():
        figure.suptitle("")
        figure.supxlabel("")
        figure.savefig(page, format="svg", metadata={"Date": None, "Creator": None})
    drawn = METADATA.sub("", HEAD.sub("", page.getvalue(), count=1))
    start, rest = drawn.split(">", 1)
    rest = re.sub(r"<!--.*?-->\s*", "", rest, flags=re.DOTALL).replace("xlink:href", "href")
    own = NAMED.sub(lambda found: f"{found[1].replace('xlink:', '')}{picture.name}-", rest)
    return f'{SIZE.sub("", start)} role="img" aria-label="{_plain(picture.alt)}">{own}'.strip()


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
