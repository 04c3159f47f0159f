"""Renders a Markdown document as one self-contained HTML page that prints on A4."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

PAGE_STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; color: #1c2330; background: #fff;
  margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 76rem; }
h1 { font-size: 1.9rem; line-height: 1.2; } h2 { margin-top: 3rem; padding-top: .6rem; border-top: 2px solid #2b5c8a; }
h3 { margin-top: 2.2rem; } h4 { margin: 1.8rem 0 .4rem; }
p, li { max-width: 52rem; overflow-wrap: anywhere; }
code { font: .88em ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; background: #f1f4f8;
  padding: .05em .25em; border-radius: 3px; overflow-wrap: anywhere; }
pre { background: #f6f8fb; border-left: 3px solid #2b5c8a; padding: .6rem .9rem; overflow-x: auto; max-width: 60rem; }
pre code { background: none; padding: 0; white-space: pre-wrap; }
figure { margin: 1.2rem 0; max-width: 52rem; break-inside: avoid; }
table { border-collapse: collapse; font-size: .82rem; line-height: 1.35; margin: 1rem 0; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-bottom: 1px solid #dbe2ea;
  overflow-wrap: break-word; }
td code { overflow-wrap: break-word; }
th { background: #eaf0f6; border-bottom: 2px solid #b9c7d6; position: sticky; top: 0; }
nav { columns: 2; background: #f6f8fb; padding: .8rem 1.2rem; margin: 1.5rem 0; }
nav ul { margin: 0; padding-left: 1rem; }
a { color: #1f5a92; }
@media print { body { font-size: 9.5pt; padding: 0; max-width: none; } th { position: static; }
  h2 { break-before: page; } h2, h3, h4 { break-after: avoid; } tr, pre { break-inside: avoid; } }
@page { size: A4; margin: 15mm; }
"""
SHORT_STYLE = """
body { font-size: 13px; line-height: 1.35; max-width: 52rem; } h1 { font-size: 1.6em; margin: 0; }
h2 { font-size: 1.25em; margin: .8em 0 .3em; padding-top: .3em; border-width: 1px; }
p, ul { margin: .35em 0; } table { margin: .4em 0; font-size: .9em; line-height: 1.22; } th { position: static; }
th, td { padding: .1em .4em; } td code { background: none; padding: 0; }
figure { margin: .5em auto; }
@media print { body { font-size: 8pt; } h2 { break-before: auto; } figure { max-width: 146mm; } }
@page { margin: 11mm 13mm; }
"""
"""Added to the style of a page without a table of contents."""
PICTURE_FENCE = "mermaid"
BREAKABLE_DOT = re.compile(r"\.(?=\w)")
CONTENTS_LEVEL = 2
"""Level of the headings in the table of contents."""


def render_html_page(markdown: str, lang: str, contents: str | None, pictures: Mapping[str, str] | None = None) -> str:
    """The whole page. contents: heading of the table of contents; None leaves it out and sets the page small.

    pictures: source of a chart in a Mermaid block to the SVG that stands in its place.
    """
    headings = list_headings(markdown)
    title = next((text for level, text in headings if level == 1), "")
    body = _render_blocks(markdown, pictures or {})
    if contents is not None:
        body = body.replace("</h1>\n", f"</h1>\n{_render_contents(headings, contents)}\n", 1)
    style = PAGE_STYLE if contents is not None else PAGE_STYLE + SHORT_STYLE
    return (f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<style>{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n")


def list_headings(markdown: str) -> list[tuple[int, str]]:
    """(level, text) of every heading outside code blocks, in order."""
    tokens = _make_parser().parse(markdown)
    return [(int(token.tag[1]), inline.content) for token, inline in zip(tokens, tokens[1:])
            if token.type == "heading_open"]


def make_anchor(text: str) -> str:
    """The id of a heading in the page."""
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-")


def _make_parser() -> MarkdownIt:
    """CommonMark with tables; markup of HTML is shown as text, and dotted names may break behind a dot."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("code_inline", _render_inline_code)
    return parser


def _render_inline_code(renderer: Any, tokens: Sequence[Token], place: int, *_: Any) -> str:
    return f"<code>{BREAKABLE_DOT.sub('.<wbr>', escape(tokens[place].content, quote=False))}</code>"


def _render_blocks(markdown: str, pictures: Mapping[str, str]) -> str:
    parser = _make_parser()
    tokens = parser.parse(markdown)
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", make_anchor(tokens[place + 1].content))
        elif token.type == "fence" and token.info.strip() == PICTURE_FENCE:
            _insert_picture(token, pictures)
    return str(parser.renderer.render(tokens, parser.options, {}))


def _insert_picture(fence: Token, pictures: Mapping[str, str]) -> None:
    picture = pictures.get(fence.content.strip())
    if picture is not None:
        fence.type, fence.content = "html_block", f"<figure>{picture}</figure>\n"


def _render_contents(headings: list[tuple[int, str]], contents: str) -> str:
    parser = _make_parser()
    items = "".join(f'<li><a href="#{make_anchor(text)}">{parser.renderInline(text)}</a></li>'
                    for level, text in headings if level == CONTENTS_LEVEL)
    return f'<nav aria-label="{escape(contents)}"><strong>{escape(contents)}</strong><ul>{items}</ul></nav>'
