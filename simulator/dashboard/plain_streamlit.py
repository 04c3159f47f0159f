"""Streamlit, to which every text goes as it was typed: `from .plain_streamlit import st` in place of Streamlit itself.

Streamlit reads texts as Markdown, also those of buttons and lists: a label may hold a picture, and the browser would
fetch it. Here each text is escaped on its way, unless it is marked as `Markdown` by whoever wrote it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Any

from ..i18n.plain_text import escape_markdown

TEXT_FUNCTIONS = {"markdown", "caption", "title", "header", "subheader", "error", "warning", "info", "success", "write",
                  "button", "download_button", "form_submit_button", "selectbox", "multiselect", "radio", "slider",
                  "segmented_control", "pills", "text_input", "text_area", "number_input", "date_input", "checkbox",
                  "toggle", "select_slider", "file_uploader", "metric", "progress", "toast", "link_button", "status"}
"""Functions whose text, the first one given, is read as Markdown."""
CONTAINERS = {"columns", "container", "expander", "form", "popover", "tabs", "empty", "spinner", "sidebar"}
"""Functions that return places to draw in."""
MARKDOWN_OPTIONS = {"segmented_control", "pills", "radio"}
"""Functions that read their options as Markdown too."""
PLACES_WITH_TEXT = {"expander", "popover", "spinner", "status"}
MARKDOWN_ARGUMENTS = ("help", "label", "body", "text")


class Markdown(str):
    """Text of the page's own with Markdown in it; what others wrote is escaped inside it."""


def show_plain(value: Any) -> Any:
    """A text as Markdown that shows it as typed; `Markdown`, and all that is no text, as it is."""
    return escape_markdown(value) if isinstance(value, str) and not isinstance(value, Markdown) else value


class PlainStreamlit:
    """Streamlit, or a place on its page, with escaped texts."""

    def __init__(self, find: Callable[[], Any]) -> None:
        self._find = find

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._find(), name)
        if name == "table":
            return lambda rows, **more: found([_show_row_plain(row) for row in rows], **more)
        if name in TEXT_FUNCTIONS or name in CONTAINERS:
            return partial(_call_plain, name, found) if callable(found) else _wrap_place(found)
        return found

    def __enter__(self) -> PlainStreamlit:
        return _wrap_place(self._find().__enter__())

    def __exit__(self, *problem: Any) -> Any:
        return self._find().__exit__(*problem)


def _call_plain(name: str, function: Callable[..., Any], *words: Any, **more: Any) -> Any:
    if name in TEXT_FUNCTIONS or name in PLACES_WITH_TEXT:
        words = tuple(show_plain(word) if k == (name == "progress") else word for k, word in enumerate(words))
    more |= {key: show_plain(more[key]) for key in MARKDOWN_ARGUMENTS if key in more}
    if name in MARKDOWN_OPTIONS:
        more["format_func"] = partial(_format_plain, more.get("format_func", str))
    found = function(*words, **more)
    if name not in CONTAINERS and name != "status":
        return found
    return [_wrap_place(place) for place in found] if isinstance(found, (list, tuple)) else _wrap_place(found)


def _format_plain(format_option: Callable[[Any], str], option: Any) -> Any:
    return show_plain(format_option(option))


def _wrap_place(place: Any) -> PlainStreamlit:
    return PlainStreamlit(lambda: place)


def _show_row_plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {show_plain(name): show_plain(value) for name, value in row.items()}


st = PlainStreamlit(lambda: import_module("streamlit"))
"""The page."""
