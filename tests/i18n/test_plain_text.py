"""Free text is shown as it was typed: no escape sequence, no formula, no Markdown."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from simulator.i18n.plain_text import (
    INVISIBLE,
    PrintableStream,
    escape_markdown,
    make_plain_cell,
    make_printable,
    write_csv,
)

HOSTILE = ["$x$", "5 $ et 3 $", "$\\frac", "![](http://evil/x.png)", "[a](javascript:x)", "<img src=x>", "**a** `c`",
           "# titre", "> cité", "- point", "+ point", "1. un", "2) deux", "=== ", "---", "    code", "\ttab", "a | b",
           ":smile:", ":material/home:", ":red[x]", "a -> b -- c", "~~non~~", "&amp;", "<!-- x -->", "http://evil/x.png",
           "=1+1", "@SUM(A1)", "ligne\nsuite", "l'été « à » l'œil"]


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_it_as_typed(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(escape_markdown(text))
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    assert kinds <= {"text", "softbreak"}
    typed = make_printable(text).replace("\t", " ")
    shown = "\n".join("".join("\n" if child.type == "softbreak" else child.content for child in token.children or ())
                      for token in tokens)
    assert shown.replace(INVISIBLE, "").replace("\u00a0", " ").strip() == typed.strip()


@given(st.text())
def test_no_text_becomes_a_picture_a_link_or_html(text: str) -> None:
    tokens = MarkdownIt("commonmark", {"html": True}).parse(escape_markdown(text))
    kinds = {child.type for token in tokens for child in token.children or ()} | {token.type for token in tokens}
    assert not kinds & {"image", "link_open", "html_inline", "html_block", "code_inline", "em_open", "strong_open"}


def test_streamlits_own_signs_are_kept_apart() -> None:
    for text in ("a -> b", "a <- b", "a -- b", "a >= b", ":smile:", ":material/home:"):
        assert text not in escape_markdown(text).replace("\\", "")
    assert escape_markdown("1 200 € (3 %)") == "1 200 € (3 %)" and escape_markdown("12:30:45") == "12:30:45"


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "-x", "=cmd|' /C x'!A0",
                                  "＝1", "+33 1 23", "\n=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    cell = make_plain_cell(text)
    assert cell.startswith("'") and make_printable(text) in cell


@pytest.mark.parametrize("cell", ["-1", "+2.5", "-1,5", "-3e-05", "-inf", ".5", "a=b", "l'été", "", 3, None, "1-2"])
def test_numbers_and_plain_words_stay(cell: object) -> None:
    assert make_plain_cell(cell) == cell


def test_csv_is_read_back(tmp_path) -> None:
    page = StringIO()
    write_csv(page, [("a", "=b"), ('x;"y"', "deux\nlignes"), (1, None)])
    assert list(csv.reader(StringIO(page.getvalue()))) == [["a", "'=b"], ['x;"y"', "deux\nlignes"], ["1", ""]]


@given(st.text(st.characters(exclude_categories=())))
def test_no_control_character_reaches_a_terminal(text: str) -> None:
    stream = StringIO()
    PrintableStream(stream).write(text)
    shown = stream.getvalue()
    assert not any(ord(sign) < 32 and sign not in "\n\t" or 127 <= ord(sign) < 160 for sign in shown)
    shown.encode("utf-8")


def test_an_escape_sequence_is_shown() -> None:
    assert make_printable("\x1b[31mé\u202e\x9b2J") == "\\x1b[31mé\\u202e\\x9b2J"
    stream = PrintableStream(StringIO())
    stream.writelines(["a\x07", "\n"])
    assert stream.getvalue() == "a\\x07\n" and not stream.isatty() and stream.raw_stream.getvalue() == "a\\x07\n"
