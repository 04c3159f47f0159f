"""Texts in the reader's language: English in the code, every other language in one gettext catalogue.

A text is written in English where it is used, `translate("{n} runs played", lang, n=3)`, and is the key of its
translation in `locales/<language>/LC_MESSAGES/simulator.po`. Errors carry a `Message`, whose language is chosen when it
is shown.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, TypeVar

from .decimals import format_decimals

DOMAIN = "simulator"
LOCALES = Path(__file__).with_name("locales")
SOURCE_LANGUAGE, DEFAULT_LANGUAGE = "en", "fr"
LANGUAGE_VARIABLE = "RESILIENCE_LANG"
MAX_FACT_CHARS = 160
"""Characters of one fact that a message repeats."""
Texts = TypeVar("Texts", dict[str, str], tuple[str, ...])


@cache
def list_languages() -> tuple[str, ...]:
    """Languages a text can be had in: the default one first, then English, then others by name."""
    found = sorted(path.name for path in LOCALES.iterdir() if (path / "LC_MESSAGES" / f"{DOMAIN}.mo").is_file())
    return tuple(dict.fromkeys((DEFAULT_LANGUAGE, SOURCE_LANGUAGE, *found)))


@cache
def _load_catalogue(lang: str) -> gettext.NullTranslations:
    """The catalogue of a language; one that translates nothing for English, or for a language there is none for."""
    if lang == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, str(LOCALES), [lang], fallback=True)


def translate(text: str, lang: str, /, context: str = "", **facts: Any) -> str:
    """An English text in a language, with its facts filled in.

    context: tells apart two uses of one English text that other languages say differently.
    """
    catalogue = _load_catalogue(lang)
    found = catalogue.pgettext(context, text) if context else catalogue.gettext(text)
    return _fill_in(found, lang, facts)


def translate_page(text: str, lang: str, /) -> str:
    """A whole page of English text, braces included, in a language: nothing is filled in."""
    return _load_catalogue(lang).gettext(text)


def translate_plural(one: str, many: str, n: int, lang: str, /, **facts: Any) -> str:
    """One of two English texts, by the number `n`, in a language; {n} and the other facts are filled in."""
    return _fill_in(_load_catalogue(lang).ngettext(one, many, n), lang, {"n": n, **facts})


def mark(text: str, /, context: str = "") -> str:
    """Mark an English text for the catalogue where it is written down; `translate` is called on it later.

    context: the one that `translate` is then called with.
    """
    del context  # the catalogue tool reads it in the code
    return text


def mark_all(texts: Texts, /, context: str = "") -> Texts:
    """Mark every value of a dict, or every item of a tuple, as `mark` does one text."""
    del context
    return texts


class Message(str):
    """A sentence whose language is chosen when it is shown. As a str it is English.

    The text is a template; facts fill it in, shortened and without control characters. A fact may be a Message too, an
    exception that holds one, or a tuple or list, shown item by item between commas. A fact named context is that of
    `translate`.
    """

    text: str
    facts: dict[str, Any]

    def __new__(cls, text: str, /, **facts: Any) -> Message:
        shown = {name: shorten_fact(value) for name, value in facts.items()}
        message = super().__new__(cls, text.format(**_localise_facts(shown, SOURCE_LANGUAGE)))
        message.text, message.facts = text, shown
        return message

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore_message, (self.text, self.facts)

    def in_language(self, lang: str) -> str:
        """The sentence in a language."""
        return translate(self.text, lang, **self.facts)


def _restore_message(text: str, facts: dict[str, Any]) -> Message:
    return Message(text, **facts)


def localise(problem: object, lang: str) -> str:
    """What an exception says, or any text, in a language: translated where it is a Message, else as it stands."""
    text = problem.args[0] if isinstance(problem, BaseException) and problem.args else problem
    return text.in_language(lang) if isinstance(text, Message) else str(problem)


def choose_language(words: Iterable[str], environment: dict[str, str] | None = None) -> str:
    """The language of help, errors and results: lang=…, else RESILIENCE_LANG, else a French or English locale.

    Without any of these, and in the locales C and POSIX, French. A language there is no catalogue for is passed over;
    whoever reads lang=… as a setting refuses it.
    """
    variables = dict(os.environ) if environment is None else environment
    asked = [word.partition("=")[2].strip("'\"") for word in words if word.startswith("lang=")]
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := variables.get(name))), "")
    for name in (*reversed(asked), variables.get(LANGUAGE_VARIABLE, ""), locale.partition("_")[0].partition(".")[0]):
        if name in list_languages():
            return name
    return DEFAULT_LANGUAGE


class _NumberFormatter(Formatter):
    """Fills in a text whose numbers ask for separators, such as {euros:,.0f}, with those of a language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        """A number as its language writes it; anything else as str.format does."""
        if "," not in format_spec:
            return str(super().format_field(value, format_spec))
        return format_decimals(value, self.lang, int(format_spec.partition(".")[2].rstrip("f") or 0))


def _fill_in(text: str, lang: str, facts: dict[str, Any]) -> str:
    """The text with its facts, in a language: 163,417 is a number of three decimals to a French reader."""
    shown = _localise_facts(facts, lang)
    return _NumberFormatter(lang).vformat(text, (), shown) if ":," in text else text.format(**shown)


def _localise_facts(facts: dict[str, Any], lang: str) -> dict[str, Any]:
    return {name: _localise_fact(value, lang) for name, value in facts.items()}


def _localise_fact(value: Any, lang: str) -> Any:
    if isinstance(value, (tuple, list)):
        return ", ".join(str(_localise_fact(item, lang)) for item in value)
    return value.in_language(lang) if isinstance(value, Message) else value


def shorten_fact(value: Any) -> Any:
    """What a message repeats of a value: its text without control characters, cut at MAX_FACT_CHARS.

    Numbers and messages as they are; items of a list each.
    """
    if isinstance(value, (tuple, list)):
        return tuple(map(shorten_fact, value))
    if isinstance(value, BaseException) and value.args and isinstance(value.args[0], Message):
        return value.args[0]
    if isinstance(value, (int, float, Message)) and not (isinstance(value, int) and abs(value) >= 10**MAX_FACT_CHARS):
        return value
    if isinstance(value, int):
        return "…"
    text = "".join(sign if sign.isprintable() else " " for sign in str(value))
    return text if len(text) <= MAX_FACT_CHARS else text[:MAX_FACT_CHARS] + "…"
