"""Why a word of the command line cannot be read, and where it breaks: Hydra's grammar says it in the terms of ANTLR."""

from __future__ import annotations

from antlr4.error.Errors import LexerNoViableAltException, RecognitionException
from hydra.core.override_parser.overrides_parser import OverridesParser

from ..i18n.translation import Message
from .errors import UsageError

CLOSING_SIGNS = {"[": "]", "{": "}", "(": ")"}
QUOTES = "'\""
QUOTE_OPENS_AFTER = "=[{(,:"
"""Signs after which a quote opens a text; elsewhere it is an apostrophe."""
SHOWN_SIGNS = 20
"""Signs of what could not be read that a message repeats."""


def make_unreadable_error(word: str, why: Message | str) -> UsageError:
    """The error for a word that is no setting with one value."""
    return UsageError("setting {word!r} cannot be read: {why}; expected name=value, a list is name=[a,b]", word=word,
                      why=why)


def check_grammar(word: str) -> None:
    """UsageError for a word that Hydra's grammar cannot read, such as name=[1."""
    try:
        OverridesParser.create().parse_override(word)
    except Exception as problem:  # the grammar raises errors of many types, some not Hydra's own
        raise make_unreadable_error(word, describe_grammar_error(word, problem)) from None


def describe_grammar_error(word: str, problem: BaseException) -> Message:
    """Where a word breaks and what was expected there; places are counted from 1. problem: what the grammar raised."""
    fault = find_bracket_fault(word)
    if fault is not None:
        return fault
    text = str(problem)
    if "while evaluating" in text:
        name = text.partition("'")[2].partition("(")[0]
        return (Message("{name!r} is no function of Hydra's grammar; put text with brackets in quotes", name=name)
                if "Unknown function" in text else
                Message("{name}(…) does not take what stands between its brackets", name=name))
    place = _find_place(word, problem)
    if place is None:
        return Message("it is not written as values are; put text with other signs than letters and digits in quotes")
    if place >= len(word):
        return Message("it ends too early: a value or a sign is missing at the end")
    if word[place] in "]}),:":
        return Message("a value is missing before the {sign} at character {place}, or a comma or : before it is",
                       sign=word[place], place=place + 1)
    return Message("not understood from character {place} on: {rest!r}; put text with such signs in quotes",
                   place=place + 1, rest=_shorten(word[place:]))


def find_bracket_fault(text: str) -> Message | None:
    """The first bracket or quote without its other half; None where all have one."""
    opened: list[int] = []
    place = 0
    while place < len(text):
        sign = text[place]
        if sign in QUOTES and text[:place].rstrip()[-1:] in tuple(QUOTE_OPENS_AFTER):
            end = _find_closing_quote(text, place)
            if end < 0:
                return Message("the quote {sign} at character {place} is not closed", sign=sign, place=place + 1)
            place = end
        elif sign in CLOSING_SIGNS:
            opened.append(place)
        elif sign in CLOSING_SIGNS.values():
            if not opened:
                return Message("the {sign} at character {place} closes nothing", sign=sign, place=place + 1)
            start = opened.pop()
            if CLOSING_SIGNS[text[start]] != sign:
                return Message("{sign} at character {place} where {expected} was expected, to close the {opening} at "
                               "character {opened}", sign=sign, place=place + 1, expected=CLOSING_SIGNS[text[start]],
                               opening=text[start], opened=start + 1)
        place += 1
    if not opened:
        return None
    return Message("the {sign} at character {place} is not closed: {expected} is missing", sign=text[opened[-1]],
                   place=opened[-1] + 1, expected=CLOSING_SIGNS[text[opened[-1]]])


def _find_closing_quote(text: str, start: int) -> int:
    """Position of the quote that closes the one at `start`, -1 without one; a backslash takes the next sign with it."""
    place = start + 1
    while place < len(text):
        if text[place] == text[start]:
            return place
        place += 2 if text[place] == "\\" else 1
    return -1


def _find_place(word: str, problem: BaseException) -> int | None:
    """Position of the first sign that the grammar could not read; None where it does not say."""
    cause = problem.__cause__
    if isinstance(cause, LexerNoViableAltException):
        return int(cause.startIndex)
    if isinstance(cause, RecognitionException) and cause.offendingToken is not None:
        return int(cause.offendingToken.column) if cause.offendingToken.text != "<EOF>" else len(word)
    sign = str(problem).partition("input '")[2].partition("' expecting")[0]
    return word.index(sign, word.find("=") + 1) if sign and sign in word.partition("=")[2] else None


def _shorten(text: str) -> str:
    return text if len(text) <= SHOWN_SIGNS else text[:SHOWN_SIGNS] + "…"
