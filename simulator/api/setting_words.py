"""Settings given from Python as the words that the command line takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..config.errors import UsageError, flatten_text, to_usage_error
from ..config.overrides import format_setting_word
from ..scenario.extensions import give_code

EXECUTION_WORDS = ("seed", "seeds", "workers", "threads", "results", "name", "lang", "ensemble", "retry", "executor")
"""Settings of the command line that say how something is run: arguments of the verbs, not of a scenario."""
CODE_SETTINGS = ("residents", "mechanisms", "handles")
"""Settings whose values are code, as objects or as module:object."""


def normalise_settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings with dotted names and plain values; `crisis__heatwave__severity` means crisis.heatwave.severity.

    UsageError for a setting given under both names, or one that belongs to a verb such as `run`.
    """
    found: dict[str, Any] = {}
    for key, value in settings.items():
        name = str(key).replace("__", ".")
        if name in found:
            raise UsageError("setting {name!r} is given twice; keep one", name=name)
        if name.partition(".")[0] in EXECUTION_WORDS:
            raise UsageError("setting {name!r} says how a run is made, not what is simulated; give it to run, run_many "
                             "or compare", name=name)
        found[name] = to_code_paths(value) if name in CODE_SETTINGS else to_plain_value(value)
    return found


def to_code_paths(code: Any) -> Any:
    """module:object of a class, function or mechanism, or of each in a list. UsageError for one without a source."""
    try:
        if isinstance(code, (list, tuple)):
            return [give_code(one).path for one in code]
        return None if code is None else give_code(code).path
    except ValueError as problem:
        raise to_usage_error(problem) from None


def to_plain_value(value: Any) -> Any:
    """NumPy numbers and arrays as Python's own, tuples and other sequences of values as lists."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, Mapping):
        return {str(key): to_plain_value(entry) for key, entry in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        return [to_plain_value(entry) for entry in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def format_setting_words(settings: Mapping[str, Any]) -> list[str]:
    """name=value for each setting, as on the command line. UsageError for a value that has no such form."""
    words = []
    for name, value in settings.items():
        if not isinstance(value, (str, int, float, list, type(None))):
            raise UsageError("{name} = {value!r}: expected {expected}", name=name, value=flatten_text(value),
                             expected="a number, a text, or a list of them")
        words.append(format_setting_word(name, value))
    return words
