"""Parses one name=value word of the command line: free text as typed, everything else with Hydra's own grammar."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import QuotedString

from ..cards.yaml_errors import describe_yaml_error
from ..i18n.translation import Message
from .arm_words import parse_arm_words
from .cards.card_types import is_free_text, is_plain_collection
from .errors import UsageError, to_usage_error
from .grammar_errors import describe_grammar_error, find_bracket_fault, make_unreadable_error
from .settings import CARD_GROUPS

NAMED_GROUPS = (*CARD_GROUPS, "territory")
"""Groups whose choices may be given by any name: accents, spaces, apostrophes."""
UNREADABLE_CATEGORIES = ("Cc", "Cs")
"""Kinds of characters that no word may hold: control characters, halves of characters."""
UNQUOTED_TEXT = re.compile(r"[A-Za-z_][\w./-]*|\d{4}-\d\d-\d\d")
"""Texts that need no quotes in Hydra's grammar."""
LARGEST_INTEGER = 10**308
"""No float holds a whole number of this size."""
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
        if self.text:
            self.text = f"++{self.text.lstrip('+')}"

    def value_list(self) -> list[Any]:
        """The items of a list; a single value as a list of one."""
        return self.value if isinstance(self.value, list) else [self.value]

    def card_names(self) -> list[str] | None:
        """The value as names of cards; None if it is no name or list of names."""
        values = self.value_list()
        names = [str(one.text if isinstance(one, QuotedString) else one) for one in values
                 if isinstance(one, (str, QuotedString)) or one is None]
        return ["none" if name in ("None", "null") else name for name in names] if len(names) == len(values) else None


def parse_override(word: str) -> Override:
    """The override of a word. UsageError if it is not name=value with one value."""
    if any(unicodedata.category(sign) in UNREADABLE_CATEGORIES for sign in word):
        raise make_unreadable_error(word, Message("control characters"))
    key, equals, value = word.partition("=")
    if key.lstrip("+~").startswith(HYDRA_PREFIXES):
        raise UsageError("setting {name!r} is one of Hydra itself, which only the command hydra takes: resilience "
                         "hydra -m … {word}", name=key, word=word)
    if not equals or key.startswith("~"):
        raise UsageError("unexpected word {word!r}: settings are written name=value, for example territory=pantin",
                         word=word)
    adds = key.startswith("+") and not key.startswith("++")
    plain = _parse_plainly(key.lstrip("+"), value.strip(), word)
    if plain is not None:
        plain.adds = adds
        return plain
    arms = parse_arm_words(value) if key == "arms" else None
    if arms:
        return Override(key, arms, "")
    try:
        parsed = OverridesParser.create().parse_override(word)
        if parsed.is_sweep_override():
            raise make_unreadable_error(word, Message("several values"))
        parsed_value = parsed.value()
    except UsageError:
        raise
    except Exception as problem:  # the grammar raises errors of many types, some not Hydra's own
        raise make_unreadable_error(word, describe_grammar_error(word, problem)) from None
    key = parsed.key_or_group
    if not key or parsed.package is not None or "/" in key:
        raise make_unreadable_error(word, Message("neither @ nor / belongs in a name"))
    return Override(key, parsed_value, word.lstrip("+"), isinstance(parsed_value, list), adds)


def _parse_plainly(key: str, value: str, word: str) -> Override | None:
    """The override of a setting whose value is taken as typed, or is a list of such texts; None for any other."""
    if key in NAMED_GROUPS:
        if value.startswith("[") != value.endswith("]"):
            raise make_unreadable_error(word, find_bracket_fault(word) or Message("a bracket without its other half"))
        names = split_names(value)
        if names is None:
            raise make_unreadable_error(word, Message("several values"))
        is_list = value.startswith("[")
        return Override(key, names if is_list else names[0] if names else None, "", is_list)
    if is_free_text(key):
        return Override(key, strip_quotes(value), "")
    if is_plain_collection(key) and (value[:1] + value[-1:] not in ("[]", "{}") or Path(value).exists()):
        return Override(key, strip_quotes(value), "")
    return Override(key, _parse_collection(value, word), "") if is_plain_collection(key) else None


def strip_quotes(value: str) -> str:
    """The text without the quotes around it, unless quotes of that kind stand inside it too."""
    quote = value[:1]
    is_quoted = len(value) > 1 and quote in ("'", '"') and value[-1] == quote and value.count(quote) == 2
    return value[1:-1] if is_quoted else value


def split_names(value: str) -> list[str] | None:
    """The names of `a`, `[a,b]` or `[]`, without quotes; None for `a,b`, which is a choice of several values.

    Names may hold spaces, accents, apostrophes and hyphens.
    """
    inner = value[1:-1] if value[:1] + value[-1:] == "[]" else value
    parts = [strip_quotes(part.strip()) for part in _split_at_commas(inner)]
    if inner is value:
        return None if len(parts) > 1 else [part for part in parts if part] or [""]
    return parts if inner.strip() else []


def _split_at_commas(text: str) -> list[str]:
    """The text cut at commas that stand outside double quotes, and outside single quotes that open a part."""
    parts, start, quote = [], 0, ""
    for place, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"" and not text[start:place].strip() and text.count(sign, place + 1):
            quote = sign
        elif sign == ",":
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def _parse_collection(value: str, word: str) -> Any:
    """A list or mapping of texts, as YAML has it; codes keep their zeros. UsageError for any other text."""
    import yaml

    try:
        return yaml.load(value, Loader=yaml.BaseLoader)
    except yaml.YAMLError as problem:
        raise make_unreadable_error(word, find_bracket_fault(word) or describe_yaml_error(problem)) from None


def escape_references(value: Any) -> Any:
    """Plain data in which no text refers to another setting: OmegaConf reads `${…}` otherwise."""
    if isinstance(value, str):
        return re.sub(r"(\\*)\$\{", lambda found: f"{found[1] * 2}\\${{", value)
    if isinstance(value, list):
        return [escape_references(one) for one in value]
    if isinstance(value, dict):
        return {name: escape_references(one) for name, one in value.items()}
    return value


def format_setting_word(name: str, value: Any, where: str = "") -> str:
    """name=value as on the command line; names of cards and free text stand as they are, since accents need no quotes.

    UsageError, at `where` or the name, for a mapping.
    """
    if value is None and is_free_text(name):
        return f"{name}="
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        if name in NAMED_GROUPS:
            return f"{name}=[{','.join(value)}]"
        if is_plain_collection(name):
            return f"{name}={json.dumps(value, ensure_ascii=False)}"
    is_plain = isinstance(value, str) and (name in NAMED_GROUPS or is_free_text(name) or is_plain_collection(name))
    return f"{name}={value if is_plain else format_override_value(value, where or name)}"


def format_override_value(value: Any, where: str) -> str:
    """A value of YAML as it is written on the command line. UsageError, at `where`, for a mapping."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int) and abs(value) >= LARGEST_INTEGER:
        raise UsageError("{name} = {value!r}: expected {expected}", name=where, value="…",
                         expected=Message("a number below 1e308"))
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
