"""Markdown to HTML: each kind of block, and text that a browser must not take for markup."""

from __future__ import annotations

from html.parser import HTMLParser

from simulator.app.odd.html_page import list_headings, make_anchor, render_html_page

TEXT = """# Title

First *a < b* line
and **second** with `x < y`.

## One & two

| name | value |
|---|---|
| `a` | - |
|  | 1 < 2 |

- first item
  goes on
- second, [a link](https://example.org)

```python
# no heading
if a < b:

    pass
```
"""


class Checker(HTMLParser):
    """Counts tags and finds what was left open."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def checked(text: str) -> Checker:
    one = Checker()
    one.feed(text)
    assert one.open == []
    return one


def test_every_kind_of_block_is_there_once():
    page = render_html_page(TEXT, "en", "Contents")
    seen = checked(page).seen
    assert [seen.count(tag) for tag in ("h1", "h2", "table", "tr", "ul", "pre")] == [1, 1, 1, 3, 2, 1]
    assert "<td></td>\n<td>1 &lt; 2</td>" in page
    assert "<li>first item\ngoes on</li>" in page
    assert '<h2 id="one-two">' in page
    assert "if a &lt; b:\n\n    pass" in page
    assert '<a href="#one-two">One &amp; two</a>' in page and 'id="one-two"' in page


def test_code_in_a_fence_is_no_heading():
    assert list_headings(TEXT) == [(1, "Title"), (2, "One & two")]


def test_inline_code_keeps_what_it_holds():
    page = render_html_page("# a\n\n`**not bold** <b>` **`bold code`**\n", "en", None)
    assert "<code>**not bold** &lt;b&gt;</code> <strong><code>bold code</code></strong>" in page


def test_dotted_names_break_behind_a_dot_only():
    page = render_html_page("`model.joining.rate <`", "en", None)
    assert "<code>model.<wbr>joining.<wbr>rate &lt;</code>" in page


def test_markup_in_the_text_is_shown_and_addresses_that_run_something_are_no_links():
    page = render_html_page("# a <i>\n\n<script>x</script>\n\n[b](javascript:alert(1))\n", "en", "Contents")
    assert "<script" not in page and "&lt;script&gt;" in page and "<h1 id=\"a-i\">a &lt;i&gt;</h1>" in page
    assert 'href="javascript' not in page


def test_a_chart_takes_the_place_of_its_source():
    text = "# a\n\n```mermaid\nflowchart TD\n```\n\n```mermaid\nunknown\n```\n"
    page = render_html_page(text, "en", None, {"flowchart TD": "<svg></svg>"})
    assert "<figure><svg></svg></figure>" in page and "flowchart TD" not in page
    assert "unknown\n</code></pre>" in page and "<nav" not in page


def test_anchors_hold_letters_only():
    assert make_anchor("4.10 Observation : à voir") == "4-10-observation-à-voir"


def test_nothing_is_fetched():
    assert "http" not in render_html_page("# a\n\nb\n", "fr", "Sommaire")
