"""Sphinx configuration of the documentation site. Reference pages are generated from the code (docs/printing)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from docutils import nodes

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import printing  # noqa: E402
from printing import words  # noqa: E402

import simulator  # noqa: E402

project = "Resilience simulator"
author = "The authors of the resilience simulator"
copyright = "the authors, Apache-2.0"
version = release = simulator.__version__

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist", "attrs_block"]
myst_heading_anchors = 3
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "printing"]
nitpicky = False
keep_warnings = False
python_maximum_signature_line_length = 80

html_theme = "furo"
html_title = f"Resilience simulator {release}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {"navigation_with_keys": True}
pygments_style = "friendly"
highlight_language = "text"

FRENCH = "fr/"


def expand_marks(app: Any, name: str, source: list[str]) -> None:
    """Replace the print marks of a page with generated text; a page with marks is read again at every build."""
    text = printing.replace_marks(source[0])
    if text != source[0]:
        app.env.note_reread()
    source[0] = text


def set_language(app: Any, name: str, template: str, context: dict[str, Any], tree: Any) -> None:
    """Declare pages under fr/ as French, which screen readers and hyphenation need."""
    if name.startswith(FRENCH):
        context["language"] = "fr"


def add_french_spaces(app: Any, tree: Any) -> None:
    """Keep punctuation with its word on French pages, by no-break spaces; code is left as it is."""
    if app.env.docname.startswith(FRENCH):
        for text in list(tree.findall(nodes.Text)):
            if not isinstance(text.parent, nodes.literal | nodes.literal_block | nodes.raw):
                text.parent.replace(text, nodes.Text(words.add_nbsp(str(text))))


def setup(app: Any) -> dict[str, Any]:
    """Connect the functions above to Sphinx, which calls this once."""
    app.connect("source-read", expand_marks)
    app.connect("doctree-read", add_french_spaces)
    app.connect("html-page-context", set_language)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
