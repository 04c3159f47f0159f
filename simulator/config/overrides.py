"""Parses one name=value word of the command line with Hydra's own grammar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import QuotedString
from hydra.errors import HydraException

from ..i18n.translation import Message
from .errors import UsageError, flatten_text, to_usage_error

FREE_TEXT_SETTINGS = ("results", "name", "lang")
"""Settings whose value may be any text, so that folders with spaces or accents need no second quoting."""
UNQUOTED_TEXT = re.compile(r"[A-Za-z_][\w./-]*|\d{4}-\d\d-\d\d")
"""Texts that need no quotes in Hydra's grammar."""
HYDRA_PREFIXES = ("hydra.", "hydra/")
"""How the names of Hydra's own settings begin."""


@dataclass
class Override:
    """A setting and its value. text: the word as Hydra reads it; empty if the value is set without Hydra."""

    key: str
    value: Any
    text: str
    is_list: bool = False
    adds: bool = False
    """True for +group=card, which adds to the choice instead of replacing it."""

    @staticmethod
    def of(key: str, value: str | list[str]) -> Override:
        """An override that stands on no command line."""
        override = Override(key, value, "", isinstance(value, list))
        override.set_choice(value)
        return override

    def set_choice(self, value: str | list[str]) -> None:
        """Replace the text by this choice of names."""
        self.text = f"{self.key}={'[' + ','.join(value) + ']' if isinstance(value, list) else value}"

    def allow_new_entry(self) -> None:
        """Let Hydra add the entry if the YAML does not have it."""
        self.text = f"++{self.text.lstrip('+')}"

    def card_names(self) -> list[str] | None:
        """The value as names of cards; None if it is no name or list of names."""
        values = self.value if isinstance(self.value, list) else [self.value]
        names = [str(one.text if isinstance(one, QuotedString) else one) for one in values
                 if isinstance(one, (str, QuotedString)) or one is None]
        return ["none" if name == "None" else name for name in names] if len(names) == len(values) else None


def parse_override(word: str) -> Override:
    """The override of a word. UsageError if it is not name=value with one value."""
    if not word.isprintable():
        raise UsageError("setting {word!r} cannot be read: {why}; expected name=value, a list is name=[a,b]",
                         word=word, why=Message("control characters"))
    key, equals, value = word.partition("=")
    if key.lstrip("+~").startswith(HYDRA_PREFIXES):
        raise UsageError("setting {name!r} is one of Hydra itself, which only the command hydra takes: resilience "
                         "hydra -m … {word}", name=key, word=word)
    if not equals or key.startswith("~"):
        raise UsageError("unexpected word {word!r}: settings are written name=value, for example territory=pantin",
                         word=word)
    if key in FREE_TEXT_SETTINGS:
        return _build_text_override(key, value.strip())
    try:
        parsed = OverridesParser.create().parse_override(word)
        if parsed.is_sweep_override():
            raise UsageError("setting {word!r} cannot be read: {why}; expected name=value, a list is name=[a,b]",
                             word=word, why=Message("several values"))
        parsed_value = parsed.value()
    except UsageError:
        raise
    except Exception as problem:  # the grammar raises errors of many types, some not Hydra's own
        raise UsageError("setting {word!r} cannot be read: {why}; expected name=value, a list is name=[a,b]",
                         word=word, why=_explain_parse_error(problem)) from None
    key = parsed.key_or_group
    if not key or parsed.package is not None or "/" in key:
        raise UsageError("setting {word!r} cannot be read: {why}; expected name=value, a list is name=[a,b]",
                         word=word, why=Message("neither @ nor / belongs in a name"))
    adds = word.startswith("+") and not word.startswith("++")
    return Override(key, parsed_value, word.lstrip("+"), isinstance(parsed_value, list), adds)


def _build_text_override(key: str, value: str) -> Override:
    """An override of a free-text setting, without the quotes around its value."""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        value = value[1:-1]
    return Override(key, value, "")


def _explain_parse_error(problem: Exception) -> str:
    text = flatten_text(problem)
    if not isinstance(problem, HydraException):
        return type(problem).__name__
    return text.split(" See https")[0][:120]


def format_override_value(value: Any, where: str) -> str:
    """A value of YAML as it is written on the command line. UsageError, at `where`, for a mapping."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, list):
        return f"[{','.join(format_override_value(one, where) for one in value)}]"
    if not isinstance(value, str):
        raise to_usage_error(Message("{where}: expected a value, found a mapping; write dotted names, such as "
                                     "model.joining.rate: 0.2", where=where))
    if UNQUOTED_TEXT.fullmatch(value) and value.lower() not in ("true", "false", "null", "none", "nan", "inf"):
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'" if value != "none" else value
