"""Markdown to a page: each kind of block, and nothing that a browser would take for markup."""

from __future__ import annotations

from html.parser import HTMLParser

from simulator.app.odd.page import anchor, headings, inline, page

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
    made = page(TEXT, "en", "Contents")
    seen = checked(made).seen
    assert [seen.count(tag) for tag in ("h1", "h2", "table", "tr", "ul", "pre")] == [1, 1, 1, 3, 2, 1]
    assert "<td></td><td>1 &lt; 2</td>" in made
    assert "<li>first item goes on</li>" in made
    assert "if a &lt; b:\n\n    pass" in made
    assert '<a href="#one-two">One &amp; two</a>' in made and 'id="one-two"' in made


def test_code_in_a_fence_is_no_heading():
    assert headings(TEXT) == [(1, "Title"), (2, "One & two")]


def test_inline_code_keeps_what_it_holds():
    assert inline("`**not bold** <b>`") == "<code>**not bold** &lt;b&gt;</code>"
    assert inline("**`bold code`**") == "<strong><code>bold code</code></strong>"


def test_anchors_hold_letters_only():
    assert anchor("4.10 Observation : à voir") == "4-10-observation-à-voir"


def test_nothing_is_fetched():
    assert "http" not in page("# a\n\nb\n", "fr", "Sommaire")
