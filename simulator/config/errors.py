"""Errors of bad input, each one line: what, where, what was expected, what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from ..analysis.optional_libraries import describe_missing_library
from ..cards.renamed import RELEASE
from ..i18n.translation import Message, list_languages, mark

RENAMED_TEXTS = {
    "setting": mark("unknown setting {word!r}: renamed to {new} in {release}; write that name"),
    "handle": mark("unknown handle {word!r}: renamed to {new} in {release}; write that name"),
    "outcome": mark("unknown outcome {word!r}: renamed to {new} in {release}; write that name"),
    "column": mark("unknown column {word!r}: renamed to {new} in {release}; write that name"),
}
"""What is named -> what is said of a name that has a new one."""
LISTED_FACTS = ("choices", "names")
"""Facts that are lists of names, which are never cut short as a whole."""


class UsageError(Exception):
    """Bad input that the user can correct. text: an English message, a template that facts fill in."""

    def __init__(self, text: str, /, **facts: object) -> None:
        listed = {name: tuple(value.split(", ")) if name in LISTED_FACTS and isinstance(value, str) else value
                  for name, value in facts.items()}
        self.message = text if isinstance(text, Message) and not facts else Message(text, **listed)
        super().__init__(self.message)

    def line(self, lang: str) -> str:
        """The message in a language, on one line."""
        return flatten_text(self.message.in_language(lang))

    def __str__(self) -> str:
        return self.line("en")


def to_usage_error(problem: BaseException | str, where: str = "") -> UsageError:
    """A UsageError with the message of another exception. where: the file or setting, put before it."""
    text = problem.args[0] if isinstance(problem, BaseException) and problem.args else problem
    if not isinstance(text, Message):
        plain = flatten_text(text if isinstance(problem, KeyError) else problem)
        text = Message(plain.replace("{", "{{").replace("}", "}}"))
    return UsageError("{where}: {text}", where=where, text=text) if where and where not in text else UsageError(text)


def make_renamed_error(what: str, word: str, new: str, where: object = "") -> UsageError:
    """A UsageError for a name that has a new one. what: of RENAMED_TEXTS. where: put before it."""
    text = Message(RENAMED_TEXTS[what], word=word, new=new, release=RELEASE)
    return to_usage_error(Message("{where}: {problem}", where=where, problem=text) if where else text)


def missing_extra_error(problem: ModuleNotFoundError) -> UsageError:
    """The error that names the extra to install for a missing library."""
    return UsageError(describe_missing_library(problem.name or "", getattr(problem, "extra", "")))


def flatten_text(text: object) -> str:
    """A text on one line, without control characters. A number too long for Python to write is …"""
    try:
        plain = str(text)
    except ValueError:
        plain = "…"
    printable = "".join(c if c.isprintable() else " " for c in plain)
    return " ".join(printable.split())


def get_system_reason(problem: BaseException) -> str:
    """Why the system refused, in its own words; where it gives no reason, all that the exception says."""
    return getattr(problem, "strerror", None) or flatten_text(problem)


def check_language(lang: str) -> None:
    """UsageError unless there is a catalogue for `lang`."""
    if lang not in list_languages():
        raise UsageError("lang = {value!r}: expected one of {choices}", value=lang,
                         choices=", ".join(list_languages()))


def find_nearest_names(word: object, names: Iterable[str], count: int = 3) -> list[str]:
    """The names closest to a mistyped word, best first; if none is close, those that contain it."""
    known = sorted(set(names))
    low = str(word).lower()
    found = difflib.get_close_matches(low, known, n=count, cutoff=0.55)
    return found or [name for name in known if len(low) > 2 and (low in name or name in low)][:count]


def suggest_names(word: object, names: Iterable[str]) -> str:
    """What to write instead of `word`: the nearest names; if none is near, all names, at most twelve."""
    known = sorted(set(names))
    nearest = find_nearest_names(word, known)
    if nearest:
        return ", ".join(nearest)
    return ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
