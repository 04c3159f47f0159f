"""Markdown as this project's documents write it, as one HTML file that needs nothing else and prints on A4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

STYLE = """
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
table { border-collapse: collapse; font-size: .82rem; line-height: 1.35; margin: 1rem 0; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-bottom: 1px solid #dbe2ea;
  overflow-wrap: break-word; }
th { background: #eaf0f6; border-bottom: 2px solid #b9c7d6; position: sticky; top: 0; }
nav { columns: 2; background: #f6f8fb; padding: .8rem 1.2rem; margin: 1.5rem 0; }
nav ul { margin: 0; padding-left: 1rem; }
a { color: #1f5a92; }
@media print { body { font-size: 9.5pt; padding: 0; max-width: none; } th { position: static; }
  h2 { break-before: page; } tr, pre { break-inside: avoid; } }
@page { size: A4; margin: 15mm; }
"""
FENCE, RULE = "```", re.compile(r"^\|[-|: ]+\|$")
INLINE = re.compile(r"`([^`]+)`|\*\*(.+?)\*\*|\[([^\]]+)\]\(([^)\s]+)\)")
CONTENTS = 2
"""Level of the headings listed at the top."""


def page(markdown: str, lang: str, contents: str) -> str:
    """The whole page. contents: heading of the list of sections."""
    blocks = list(_blocks(markdown))
    title = next((text for level, text in headings(markdown) if level == 1), "")
    listed = "".join(f'<li><a href="#{anchor(text)}">{inline(text)}</a></li>' for level, text in headings(markdown)
                     if level == CONTENTS)
    nav = f'<nav aria-label="{escape(contents)}"><strong>{escape(contents)}</strong><ul>{listed}</ul></nav>'
    return (f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{STYLE}</style>\n</head>\n'
            f"<body>\n{blocks[0]}\n{nav}\n" + "\n".join(blocks[1:]) + "\n</body>\n</html>\n")


def headings(markdown: str) -> list[tuple[int, str]]:
    """(level, text) of every heading outside code."""
    outside = re.sub(r"^```.*?^```$", "", markdown, flags=re.MULTILINE | re.DOTALL)
    return [(len(marks), text) for marks, text in re.findall(r"^(#+) (.+)$", outside, re.MULTILINE)]


def anchor(text: str) -> str:
    """A heading's place in the page."""
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-")


def inline(text: str) -> str:
    """Code, bold and links inside a line; everything else as it stands."""
    out, at = [], 0
    for found in INLINE.finditer(text):
        out.append(escape(text[at:found.start()], quote=False))
        code, bold, words, address = found.groups()
        if code is not None:
            out.append(f"<code>{escape(code, quote=False)}</code>")
        elif bold is not None:
            out.append(f"<strong>{inline(bold)}</strong>")
        else:
            out.append(f'<a href="{escape(address)}">{escape(words, quote=False)}</a>')
        at = found.end()
    return "".join(out) + escape(text[at:], quote=False)


def _blocks(markdown: str) -> Iterator[str]:
    """Every block as HTML: heading, code, table, list or paragraph."""
    lines = iter([*markdown.splitlines(), ""])
    held: list[str] = []
    for line in lines:
        if line.startswith(FENCE):
            yield from _flush(held)
            code = list(iter(lambda: next(lines), FENCE))
            yield f"<pre><code>{escape(chr(10).join(code), quote=False)}</code></pre>"
        elif not line.strip():
            yield from _flush(held)
        else:
            held.append(line)


def _flush(held: list[str]) -> Iterator[str]:
    if held:
        yield _block(held)
        held.clear()


def _block(lines: list[str]) -> str:
    marks = re.match(r"(#+) (.+)", lines[0])
    if marks:
        level, text = len(marks[1]), marks[2]
        rest = f"\n{_block(lines[1:])}" if lines[1:] else ""
        return f'<h{level} id="{anchor(text)}">{inline(text)}</h{level}>{rest}'
    if lines[0].startswith("|"):
        return _table(lines)
    if lines[0].startswith("- "):
        items = re.split(r"^- ", "\n".join(lines), flags=re.MULTILINE)[1:]
        return "<ul>" + "".join(f"<li>{inline(' '.join(item.split()))}</li>" for item in items) + "</ul>"
    return f"<p>{inline(' '.join(lines))}</p>"


def _table(lines: list[str]) -> str:
    rows = [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in lines if not RULE.match(line)]
    head = "".join(f"<th>{inline(cell)}</th>" for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{inline(cell)}</td>" for cell in row) + "</tr>" for row in rows[1:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
