"""HTML pages as PDF on A4, with the `pdf` extra."""

from __future__ import annotations

import logging
from importlib import import_module


def render_pdf(page: str) -> bytes:
    """The PDF of an HTML page that needs no other file. ImportError without WeasyPrint, OSError without Pango."""
    library = import_module("weasyprint")
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return bytes(library.HTML(string=page, url_fetcher=RefusingUrlFetcher()).write_pdf())


class RefusingUrlFetcher:
    """A URL fetcher that refuses every address: pages must need no other file."""

    _fail_on_errors = False

    def __call__(self, url: str, *_: object, **__: object) -> dict[str, object]:
        """Raise ValueError; WeasyPrint then leaves out the picture or style."""
        raise ValueError(f"{url}: a page must not need another file")
