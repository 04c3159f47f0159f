"""A page as PDF, with the `pdf` extra: the same page, laid out on A4."""

from __future__ import annotations

import logging


def pdf(page: str) -> bytes:
    """The PDF of an HTML page that needs no other file. ImportError without WeasyPrint, OSError without Pango."""
    from weasyprint import HTML

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return bytes(HTML(string=page, url_fetcher=_nothing).write_pdf())


def _nothing(url: str, *_: object, **__: object) -> dict[str, object]:
    """No address is ever opened: the page stands alone."""
    raise ValueError(f"{url}: the page must not need another file")
