"""A figure as SVG inside an HTML page: no scripts, ids that are unique on the page, a text alternative."""

from __future__ import annotations

import re
from io import StringIO

from ...i18n.plain_text import make_printable
from .style import Picture, number_svg_ids, use_figure_style

HEAD = re.compile(r"^.*?(?=<svg\b)", re.DOTALL)
METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
SIZE = re.compile(r'\s(?:width|height|version|xmlns:xlink|xmlns)="[^"]*"')
ID_REFERENCES = re.compile(r'\b(id="|(?:xlink:)?href="#|url\(#)')


def render_inline_svg(picture: Picture) -> str:
    """The picture as an `<svg>` element as wide as its column, without the headline and note: they stand on the page.
    """
    page = StringIO()
    figure = picture.figure
    with use_figure_style():
        figure.suptitle("")
        figure.supxlabel("")
        figure.savefig(page, format="svg", metadata={"Date": None, "Creator": None})
    drawn = METADATA.sub("", HEAD.sub("", number_svg_ids(make_printable(page.getvalue())), count=1))
    start, rest = drawn.split(">", 1)
    rest = re.sub(r"<!--.*?-->\s*", "", rest, flags=re.DOTALL).replace("xlink:href", "href")
    content = ID_REFERENCES.sub(lambda found: f"{found[1].replace('xlink:', '')}{picture.name}-", rest)
    return f'{SIZE.sub("", start)} role="img" aria-label="{_escape(picture.alt_text)}">{content}'.strip()


def _escape(text: str) -> str:
    return make_printable(text).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
