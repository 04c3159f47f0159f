"""A page as PDF, with the `pdf` extra: the same page, laid out on A4."""

from __future__ import annotations

import logging
from importlib import import_module


def pdf(page: str) -> bytes:
    """The PDF of an HTML page that needs no other file. ImportError without WeasyPrint, OSError without Pango."""
    library = import_module("weasyprint")
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return bytes(library.HTML(string=page, url_fetcher=Nothing()).write_pdf())


class Nothing:
    """Fetches no address: the page stands alone."""

    _fail_on_errors = False

    def __call__(self, url: str, *_: object, **__: object) -> dict[str, object]:
        """ValueError, always; WeasyPrint then leaves out what stood there."""
        raise ValueError(f"{url}: a page must not need another file")
