"""One name=value word of the command line, read with Hydra's own grammar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override as Parsed
from hydra.core.override_parser.types import QuotedString
from hydra.errors import HydraException

from .errors import UsageError, one_line

FREE_TEXT = ("results", "name", "lang")
"""Settings whose value is any text, so that folders with spaces or accents need no second quoting."""


@dataclass
class Override:
    """A setting and its value; `text` is what Hydra will read, empty where the value goes past it as it stands."""

    key: str
    value: Any
    text: str
    is_list: bool = False

    @staticmethod
    def of(key: str, value: str | list[str]) -> Override:
        """An override made here."""
        one = Override(key, value, "", isinstance(value, list))
        one.rewrite(value)
        return one

    def rewrite(self, value: str | list[str]) -> None:
        """Put another choice of names in place."""
        self.text = f"{self.key}={'[' + ','.join(value) + ']' if isinstance(value, list) else value}"

    def force(self) -> None:
        """Let Hydra add the entry where the YAML leaves it to its default."""
        self.text = f"++{self.text.lstrip('+')}"

    def names(self) -> list[str] | None:
        """The value as names of cards; None if it is something else."""
        found = self.value if isinstance(self.value, list) else [self.value]
        plain = [str(one.text if isinstance(one, QuotedString) else one) for one in found
                 if isinstance(one, (str, QuotedString)) or one is None]
        return ["none" if one == "None" else one for one in plain] if len(plain) == len(found) else None


def parse(word: str) -> Override:
    """The override of a word. UsageError if it is not name=value."""
    if not word.isprintable():
        raise UsageError("written_wrong", word=one_line(word), why="control characters")
    key, equals, value = word.partition("=")
    if not equals or key.startswith("~"):
        raise UsageError("not_setting", word=word)
    if key in FREE_TEXT:
        return _text(key, value.strip())
    try:
        parsed = OverridesParser.create().parse_override(word)
        if parsed.is_sweep_override():
            raise UsageError("written_wrong", word=word, why="several values")
        plain = parsed.value()
    except UsageError:
        raise
    except Exception as problem:  # the grammar's errors are of many kinds, some not even Hydra's
        raise UsageError("written_wrong", word=word, why=_why(problem)) from None
    return _checked(word, parsed, plain)


def _checked(word: str, parsed: Parsed, plain: Any) -> Override:
    key = parsed.key_or_group
    if not key or parsed.package is not None or "/" in key:
        raise UsageError("written_wrong", word=word, why="neither @ nor / belongs in a name")
    return Override(key, plain, word.lstrip("+"), isinstance(plain, list))


def _text(key: str, value: str) -> Override:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        value = value[1:-1]
    return Override(key, value, "")


def _why(problem: Exception) -> str:
    text = one_line(problem)
    if not isinstance(problem, HydraException):
        return type(problem).__name__
    return text.split(" See https")[0][:120]
